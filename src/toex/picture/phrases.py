"""How what the analyses say is put on a page: practitioners' words for links, plain numbers, no brackets of plurals."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

_PLURAL = re.compile(r"(\d+)((?: [a-z-]+)*?) ([a-z]+)\(s\)")
_POUNDS = re.compile(r"(\d+) pounds")
_MOBILE = re.compile(r"\+44(7\d{3})(\d{6})\b")


def tidy(text: str) -> str:
    """Write counts, sums and British mobile numbers as people do: 3 episodes, £50,162, 07700 900016."""
    plural = _PLURAL.sub(lambda m: f"{m[1]}{m[2]} {m[3]}{'' if m[1] == '1' else 's'}", text)
    money = _POUNDS.sub(lambda m: f"£{int(m[1]):,}", plural)
    return _MOBILE.sub(r"0\1 \2", money)


def counted(number: int, one: str, many: str = "") -> str:
    """Write a number with its noun: 1 record, 2 records."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str], *, most: int = 0) -> str:
    """Write words as a list: a, b and c; with `most`, the rest are counted."""
    shown = list(words[:most] if most and len(words) > most + 1 else words)
    if len(shown) < len(words):
        shown.append(counted(len(words) - len(shown), "other"))
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def ways(kinds: Iterable[str], on: str) -> list[Mapping[str, Any]]:
    """Give what the kinds of a link are called, the most telling first, without what another covers.

    `on` is the kind of the thing at the far end (phone, vehicle, place, account, person ...).
    """
    held = set(kinds)
    rules = [rule for rule in _rules() if rule["kind"] in held and rule.get("on", on) == on]
    first = list({rule["kind"]: rule for rule in reversed(rules)}.values())[::-1]
    covered = {kind for rule in first for kind in rule.get("covers", ())}
    unnamed = [{"kind": k, "words": f"linked ({k}) to", "short": k} for k in sorted(held - {r["kind"] for r in rules})]
    return [rule for rule in (*first, *unnamed) if rule["kind"] not in covered]


def short(kinds: Iterable[str], on: str) -> str:
    """Give the word or two that stand on the chart."""
    return ", ".join(dict.fromkeys(way["short"] for way in ways(kinds, on)[:2]))


@cache
def _rules() -> Sequence[Mapping[str, Any]]:
    rules: Sequence[Mapping[str, Any]] = tomllib.loads(
        files("toex.picture").joinpath("phrases.toml").read_text(encoding="utf-8")
    )["link"]
    return rules
