"""Indicators that the data shows, as prompts with source, dates and records; each is a statement in sql/indicators."""

import tomllib
from collections.abc import Collection, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from toex.analysis.facts import Prompt
from toex.analysis.statements import View, held, rows


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: its sentence, who may be at risk where it shows, and with what it counts as one reason."""

    code: str
    statement: str
    sentence: str
    source: str
    areas: tuple[str, ...]
    at_risk: Literal["node", "others", "nobody"]
    family: str
    weight: Literal["strong", "supporting"]
    params: Mapping[str, Any]
    words: str = ""


@cache
def indicators() -> Mapping[str, Indicator]:
    """Give every indicator of `indicators.toml` by its code."""
    return {code: _indicator(code, given) for code, given in _read("indicators.toml").items()}


def prompts(view: View, *, today: date, codes: Collection[str] | None = None) -> tuple[Prompt, ...]:
    """Look for the indicators (all, or those of `codes`) in what the view shows; `today` says who is a child."""
    chosen = [i for i in indicators().values() if codes is None or i.code in codes]
    of_held = len(chosen) > _FEW
    with held(view) if of_held else nullcontext():
        return tuple(prompt for indicator in chosen for prompt in _look(view, indicator, today, of_held=of_held))


def _look(view: View, indicator: Indicator, today: date, *, of_held: bool) -> list[Prompt]:
    params = dict(indicator.params)
    if indicator.words:
        params["pattern"] = pattern(indicator.words)
    if indicator.code in _AGED:
        params["today"] = today
    found = rows(view, f"indicators/{indicator.statement}", of_held=of_held, **params)
    return [
        Prompt(
            indicator.code, row["node"], indicator.sentence.format(n=row["n"], detail=row["detail"]).strip(),
            indicator.source, row["moment"], row["until"], tuple(row["record_ids"]), tuple(row["others"] or ()),
        )
        for row in found
    ]  # fmt: skip


_FEW = 4  # indicators, for which to keep the common parts costs more than to work them out each time
_AGED = frozenset({"crowded_address", "children_contact", "children_vehicle"})


@cache
def pattern(words: str) -> str:
    """Write the word list of that name as one regular expression over text in small letters without accents."""
    lists = _read("words.toml")[words]
    return r"\b(?:" + "|".join(word for language in sorted(lists) for word in lists[language]) + r")\b"


def _indicator(code: str, given: Mapping[str, Any]) -> Indicator:
    return Indicator(
        code=code,
        statement=given.get("statement", code),
        sentence=given["sentence"],
        source=given["source"],
        areas=tuple(given["areas"]),
        at_risk=given["at_risk"],
        family=given["family"],
        weight=given["weight"],
        params=given.get("params", {}),
        words=given.get("words", ""),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
