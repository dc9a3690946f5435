"""Search of every text that records hold: what answers, in which order, where it stands, and the passage."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from toex.pole import FITS, Wanted, categories
from toex.search.answers import NIL
from toex.search.passages import Piece, passage
from toex.search.wording import Asked, read_words
from toex.store import TextHit, TextsFound

DEEPEST = 1_000  # answers that can be paged to; beyond that a question wants more words
_K = 60  # of reciprocal rank fusion


class Looks(Protocol):
    """What a search of texts needs of a store's view."""

    def look(
        self, wanted: Wanted, *, most: int, datasets: Collection[str] | None = None, sorts: Collection[str] | None = None
    ) -> tuple[TextsFound, ...]:  # fmt: skip
        """Say what the visible texts of each domain answer."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A record whose text answers: where it stands, why it answers, and the pieces of its title and of the passage."""

    record_id: str
    table: str
    kind: str
    dataset: str
    supplier: str
    where: str  # in its document, report or delivery
    why: str
    at: datetime | None
    label: str  # of whom or what a note is
    title: tuple[Piece, ...]
    pieces: tuple[Piece, ...]
    handling: str
    deleted: bool
    categories: tuple[str, ...]  # of the record, victim first (rule 10)


@dataclass(frozen=True, slots=True)
class InTexts:
    """What the texts of this workbench answer. `found` counts every visible record that does; `passages` are some.

    `datasets` and `kinds` count what answers under the other's choice; `unread` says that some texts have no index yet and were
    read through, which is slower and gives the same.
    """

    asked: str
    said: str
    found: int
    passages: tuple[Passage, ...]
    datasets: Mapping[str, int]
    kinds: Mapping[str, int]
    unread: bool

    @property
    def result(self) -> str:
        """The result in words; a nil return says where it is nil."""
        return f"{self.found:,} record{'s' * (self.found != 1)}" if self.found else NIL


def find_texts(
    view: Looks, typed: str, *, near: bool = False, most: int = 20, skip: int = 0, datasets: Collection[str] = (),
    kinds: Collection[str] = (),
) -> InTexts:  # fmt: skip
    """Find records by the words of their texts; `datasets` and `kinds` narrow what is given.

    The best answers come first (see `pole.FITS`); among equally good ones each dataset gives its newest in turn.
    """
    asked = read_words(typed, near=near)
    depth = min(skip + most, DEEPEST)
    found = view.look(asked.wanted, most=depth, datasets=datasets or None, sorts=kinds or None)
    shown = fused(found)[skip:depth]
    return InTexts(
        typed, asked.said, sum(n for _, _, n in _counted(found, datasets, kinds)),
        tuple(_passage(hit, asked) for hit in shown),
        _ordered((dataset, n) for dataset, _, n in _counted(found, (), kinds)),
        _ordered((kind, n) for _, kind, n in _counted(found, datasets, ())),
        not all(one.indexed for one in found),
    )  # fmt: skip


def fused(found: Iterable[TextsFound]) -> list[TextHit]:
    """Merge the answers of all indexes: the better fit first, within it by reciprocal rank; equals the newest first."""
    return sorted(
        (hit for one in found for hit in one.hits),
        key=lambda hit: (hit.fit, -1 / (_K + hit.place), hit.at is None, -_seconds(hit.at), hit.record_id),
    )


def _seconds(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0


def _counted(
    found: Iterable[TextsFound], datasets: Collection[str], kinds: Collection[str]
) -> Iterable[tuple[str, str, int]]:
    for one in found:
        dataset = one.domain.split("+")[0]
        for kind, count in one.counts.items():
            if (not datasets or dataset in datasets) and (not kinds or kind in kinds):
                yield dataset, kind, count


def _ordered(counts: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    summed: Counter[str] = Counter()
    for name, count in counts:
        summed[name] += count
    return dict(sorted(summed.items(), key=lambda one: (-one[1], one[0])))


def _passage(hit: TextHit, asked: Asked) -> Passage:
    return Passage(
        hit.record_id, hit.access.table, hit.access.sort, hit.access.dataset, hit.supplier,
        _where(hit), FITS[hit.fit], hit.at, hit.label, passage(hit.title, asked.wanted), passage(hit.text, asked.wanted),
        hit.access.handling, hit.deleted, categories(hit.access.subject),
    )  # fmt: skip


def _where(hit: TextHit) -> str:
    """Say where a text stands: page and paragraph of a document, item of a report, else the row of its delivery."""
    inner = "paragraph" if hit.access.kind == "narrative" else "item"
    delivered = [f"sheet {hit.sheet}" if hit.sheet else "", f"row {hit.row}" if hit.row else ""]
    parts = [
        hit.reference,
        f"page {hit.page}" if hit.page else "",
        f"{inner} {hit.item}" if hit.item else "",
        *([] if hit.reference or hit.item else delivered),
    ]
    return ", ".join(part for part in parts if part)
