"""Lines of enquiry that the indicators open, and the checks outside the workbench that a package asks for."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from toex.analysis import Prompt
from toex.picture.cast import Cast
from toex.publishing import LineOfEnquiry, OutsideCheck, Sentence

_ORDER = {"High": 0, "Medium": 1, "Low": 2}


def lines_of_enquiry(prompts: Iterable[Prompt], cast: Cast, *, new: Iterable[Prompt]) -> tuple[LineOfEnquiry, ...]:
    """Give one line for each thing and indicator, those of high priority first."""
    fresh = {(p.code, p.node) for p in new}
    found: dict[tuple[str, str], LineOfEnquiry] = {}
    for prompt in prompts:
        rule = _rules()["line"].get(prompt.code)
        key = (prompt.code, prompt.node)
        if rule and key not in found:
            why = Sentence(told(prompt, cast), prompt.record_ids, new=key in fresh)
            what = rule["what"].format(who=cast.label(prompt.node))
            found[key] = LineOfEnquiry(what, why, rule["priority"], new=key in fresh)
    return tuple(sorted(found.values(), key=lambda line: (_ORDER[line.priority], line.what)))


def told(prompt: Prompt, cast: Cast) -> str:
    """Tell an indicator of the thing that bears it."""
    when = ""
    if prompt.at and prompt.until:
        same = prompt.at.date() == prompt.until.date()
        when = f" ({prompt.at:%d/%m/%Y})" if same else f" ({prompt.at:%d/%m/%Y} to {prompt.until:%d/%m/%Y})"
    return f"{cast.label(prompt.node)}: {prompt.sentence.rstrip('. ')}{when}."


def outside_checks() -> tuple[OutsideCheck, ...]:
    """Give the systems that the workbench cannot ask."""
    return tuple(OutsideCheck(c["system"], c["about"]) for c in _rules()["check"])


@cache
def _rules() -> Mapping[str, Any]:
    return tomllib.loads(files("toex.picture").joinpath("lines.toml").read_text(encoding="utf-8"))
