"""Lines of enquiry that the indicators open, what is not known, and the checks outside that a package asks for."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from toex.analysis import Network, Prompt
from toex.picture.cast import NO_NAME, Cast
from toex.picture.phrases import listed, tidy
from toex.publishing import Gap, LineOfEnquiry, OutsideCheck, Sentence

MOST = 20
_ORDER = {"High": 0, "Medium": 1, "Low": 2}
_TOLD = 2  # of one enquiry: further ones of the same kind are named, not told


def lines_of_enquiry(prompts: Iterable[Prompt], cast: Cast, *, new: Iterable[Prompt]) -> tuple[LineOfEnquiry, ...]:
    """Give at most twenty lines, one for each indicator with everybody whom it concerns, high priority first."""
    fresh = {(p.code, p.node) for p in new}
    groups: dict[str, dict[str, Prompt]] = defaultdict(dict)
    for prompt in prompts:
        if prompt.code in _rules()["line"]:
            groups[prompt.code].setdefault(prompt.node, prompt)
    lines = [_line(code, list(held.values()), cast, fresh) for code, held in groups.items()]
    order = list(_rules()["line"].values())
    first = {rule["what"].partition("{who}")[0]: place for place, rule in enumerate(order)}
    ranked = sorted(lines, key=lambda line: (_ORDER[line.priority], _place(line.what, first)))
    return tuple(ranked[:MOST])


def _place(what: str, order: Mapping[str, int]) -> int:
    return min((place for head, place in order.items() if what.startswith(head)), default=len(order))


def _line(code: str, prompts: Sequence[Prompt], cast: Cast, fresh: set[tuple[str, str]]) -> LineOfEnquiry:
    rule = _rules()["line"][code]
    new = any((p.code, p.node) in fresh for p in prompts)
    who = listed([cast.label(p.node) for p in prompts])
    why = " ".join(told(p, cast) for p in prompts[:_TOLD])
    if len(prompts) > _TOLD:
        why += f" The same kind of indicator is borne by {listed([cast.label(p.node) for p in prompts[_TOLD:]])}."
    refs = tuple(dict.fromkeys(r for p in prompts for r in p.record_ids))
    return LineOfEnquiry(rule["what"].format(who=who), Sentence(why, refs, new=new), rule["priority"], new=new)


def told(prompt: Prompt, cast: Cast) -> str:
    """Tell an indicator of the thing that bears it."""
    when = ""
    if prompt.at and prompt.until:
        same = prompt.at.date() == prompt.until.date()
        when = f" ({prompt.at:%d/%m/%Y})" if same else f" ({prompt.at:%d/%m/%Y} to {prompt.until:%d/%m/%Y})"
    said = tidy(prompt.sentence).rstrip(". ")
    return f"{cast.label(prompt.node)}: {said[0].lower()}{said[1:]}{when}."


def gaps(questions: Iterable[str], network: Network | None, cast: Cast) -> Iterable[Gap]:
    """Give what is not known: the request's questions, then what the network's people and numbers lack, each kind once."""
    for question in questions:
        yield Gap(question, "asked by the request; for the analyst to answer from the lines of enquiry")
    if network is None:
        return
    people = [cast.people[n.key] for n in network.nodes if n.key in cast.people]
    unborn = [cast.people[n.key].ref for n in network.nodes if n.key in cast.people and n.born is None]
    unnamed = [p.ref for p in people if p.name == NO_NAME]
    phones = [tidy(n.label) for n in network.nodes if n.kind == "phone" and not _has_holder(n.key, network, cast)]
    found = (
        (unborn, "The date of birth is not recorded of: {}.", "custody, PNC, school or GP"),
        (unnamed, "The name is not recorded of: {}.", "the reporting force; images; fingerprints"),
        (phones, "Nobody is recorded as the holder of: {}.", "subscriber check, top-ups, handset data"),
    )
    for who, what, tells in found:
        if who:
            yield Gap(what.format(", ".join(sorted(who, key=_natural))), tells)


def _natural(word: str) -> tuple[str, int]:
    digits = "".join(c for c in word if c.isdigit())
    return word[:1], int(digits or 0)


def _has_holder(key: str, network: Network, cast: Cast) -> bool:
    ends = [(c.b if c.a == key else c.a) for c in network.connections if key in (c.a, c.b) and "holder" in c.kinds]
    return any(end in cast.people for end in ends)


def outside_checks() -> tuple[OutsideCheck, ...]:
    """Give the systems that the workbench cannot ask."""
    return tuple(OutsideCheck(c["system"], c["about"]) for c in _rules()["check"])


@cache
def _rules() -> Mapping[str, Any]:
    return tomllib.loads(files("toex.picture").joinpath("lines.toml").read_text(encoding="utf-8"))
