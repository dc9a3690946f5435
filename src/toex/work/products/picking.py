"""Records to cite, found by search or read from the version's own sealed copies, each told in one line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from toex import search
from toex.picture import Sealed, chain, sealed_copies, source_of
from toex.publishing import SourceRow
from toex.search import Answer
from toex.work.judgements.seat import UnitSeat

MOST = 40
_LONGEST = 160
_TOLD = ("name", "dob", "kind", "value", "raw", "reference", "start", "summary", "title", "text", "address", "place_name",
         "postcode", "note")  # fmt: skip
_DAY = 10  # of YYYY-MM-DD


@dataclass(frozen=True, slots=True)
class Pick:
    """A record that can be cited, or is: what it says in one line, and where it comes from."""

    record_id: str
    told: str
    source: SourceRow
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a search for records to cite found: the result in words, and the records."""

    result: str
    picks: tuple[Pick, ...]


def find(seat: UnitSeat, text: str, *, at: datetime) -> Found:
    """Find records to cite by one typed line, at most forty; the search is logged before its result is given."""
    with seat.view() as view:
        answer = search.find(view, text)
        ids = _ids(answer)[:MOST]
        copies = sealed_copies(seat.home, view, ids)
    seat.note(
        "consultation",
        "products.find",
        at,
        asked=seat.digest(text),
        found=answer.found,
        answer=chain.digest(sorted(ids)),
    )
    return Found(answer.result, tuple(pick(ref, copies[ref]) for ref in ids if ref in copies))


def _ids(answer: Answer) -> list[str]:
    """Give the records of an answer: what was hit first, then the rest of each subject, then mentions."""
    hits = [hit.record_id for subject in answer.subjects for hit in subject.hits]
    rest = [ref for subject in answer.subjects for ref in subject.record_ids]
    mentioned = [ref for mention in answer.mentions for ref in mention.record_ids]
    return list(dict.fromkeys((*hits, *rest, *mentioned)))


def picks(refs: Iterable[str], copies: Mapping[str, Sealed]) -> list[Pick]:
    """Tell the records of a version from its sealed copies."""
    return [pick(ref, copies[ref]) for ref in refs if ref in copies]


def pick(record_id: str, copy: Sealed) -> Pick:
    """Tell a record from its sealed copy: one line, its source, and all that it states."""
    values: Mapping[str, Any] = copy.get("values", {})
    said = [_short(name, values[name]) for name in _TOLD if values.get(name)]
    told = ", ".join(dict.fromkeys(said))[:_LONGEST] or copy.get("what", "") or "erased"
    stated = tuple(
        (name.replace("_", " "), _short(name, value)) for name, value in values.items() if not _of_keys(name)
    )
    return Pick(record_id, told, source_of(record_id, copy), stated)


def _short(name: str, value: Any) -> str:
    text = str(value)
    return (
        text[:_DAY]
        if name == "dob"
        else text[:16].replace("T", " ")
        if name in ("start", "finish", "written")
        else text
    )


def _of_keys(name: str) -> bool:
    """Say whether a value is one that the workbench made to compare by, and that nobody stated."""
    return name.endswith(("_key", "_root", "_sound", "_id", "_table", "_domain", "_swapped", "_default", "_precision"))
