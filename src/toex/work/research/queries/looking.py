"""One box over what the grant shows: what was found, why, and in what it can be narrowed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from toex import search
from toex.picture import chain
from toex.reference import Code, load
from toex.search import Answer, InTexts, Mention, Subject
from toex.work.access.sitting import Sitting, Standing
from toex.work.research.policies import kind_of_line, takes

FACETS = ("kind", "supplier", "dataset", "category")


@dataclass(frozen=True, slots=True)
class Facet:
    """One value by which what was found can be narrowed, and how many of the results have it."""

    of: str
    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What this workbench holds on what was asked, as far as the reader's choice of facets lets through."""

    answer: Answer
    subjects: tuple[Subject, ...]
    mentions: tuple[Mention, ...]
    facets: Mapping[str, tuple[Facet, ...]]
    unasked: tuple[Code, ...]


def find(
    seat: Sitting, text: str, *, at: datetime, chosen: Mapping[str, Sequence[str]] | None = None,
    standing: Standing | None = None,
) -> Found:  # fmt: skip
    """Search under the seat, logged before it is shown; victims stand before others who come equally near.

    `standing` is the seat's own, where it was just read.
    """
    with seat.lend(standing or seat.check_shows("records")) as view:
        answer = search.find(view, text)
    shown = chain.digest(sorted(_records(answer)))
    seat.note("consultation", "search", at, asked=seat.digest(text), found=answer.found, answer=shown)
    wanted = {facet: set((chosen or {}).get(facet, ())) for facet in FACETS}
    subjects = sorted(answer.subjects, key=lambda s: (s.hits[0].rank, "victim" not in s.categories))
    every: list[tuple[Subject | Mention, Mapping[str, set[str]]]] = [(s, _of_subject(s)) for s in subjects]
    every += [(m, _of_mention(m)) for m in answer.mentions]
    let = [one for one, has in every if _passes(has, wanted)]
    return Found(
        answer, tuple(one for one in let if isinstance(one, Subject)), tuple(one for one in let if isinstance(one, Mention)),
        {facet: tuple(_counted(facet, every, wanted)) for facet in FACETS},
        unasked([kind_of_line(answer.reading)], on=at.date()),
    )  # fmt: skip


def find_texts(
    seat: Sitting, text: str, *, at: datetime, near: bool = False, most: int = 20, skip: int = 0,
    chosen: Mapping[str, Sequence[str]] | None = None, standing: Standing | None = None,
) -> InTexts:  # fmt: skip
    """Search texts under the seat, logged before it is shown; `chosen` narrows by `dataset` and `kind`."""
    narrowed = chosen or {}
    with seat.lend(standing or seat.check_shows("records")) as view:
        answer = search.find_texts(
            view, text, near=near, most=most, skip=skip,
            datasets=narrowed.get("dataset", ()), kinds=narrowed.get("kind", ()),
        )  # fmt: skip
    shown = chain.digest(sorted(passage.record_id for passage in answer.passages))
    seat.note("consultation", "search texts", at, asked=seat.digest(text), found=answer.found, answer=shown)
    return answer


def _records(answer: Answer) -> set[str]:
    subjects = {r for s in answer.subjects for r in s.record_ids}
    return subjects | {r for m in answer.mentions for r in m.record_ids}


def _of_subject(subject: Subject) -> Mapping[str, set[str]]:
    return {
        "kind": {subject.kind},
        "supplier": {h.supplier for h in subject.holdings},
        "dataset": {d for h in subject.holdings for d in h.datasets},
        "category": set(subject.categories),
    }


def _of_mention(mention: Mention) -> Mapping[str, set[str]]:
    return {"kind": {mention.kind}, "supplier": {mention.supplier}, "dataset": set(mention.datasets), "category": set()}


def _passes(has: Mapping[str, set[str]], wanted: Mapping[str, set[str]], *, but: str = "") -> bool:
    return all(has[facet] & values for facet, values in wanted.items() if values and facet != but)


def _counted(
    facet: str, every: Iterable[tuple[Subject | Mention, Mapping[str, set[str]]]], wanted: Mapping[str, set[str]]
) -> list[Facet]:
    """Count the values of a facet among what the other facets let through."""
    among = [(one, has) for one, has in every if _passes(has, wanted, but=facet)]
    counts: Counter[str] = Counter()
    for one, has in among:
        for value in has[facet] - {""}:
            counts[value] += one.records if isinstance(one, Mention) else 1
    order = sorted(counts, key=lambda v: (v != "victim", -counts[v], v))
    return [Facet(facet, value, counts[value], value in wanted[facet]) for value in order]


def unasked(kinds: Iterable[str], *, on: date) -> tuple[Code, ...]:
    """List the systems outside this workbench that are asked about things of these kinds."""
    wanted = set(kinds)
    return tuple(s for s in load("research_systems").at(on) if any(takes(s.code, kind) for kind in wanted))
