"""What a grant shows that shows no records: whom to call, and counts with small ones suppressed."""

from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

from toex import search
from toex.search import Answer
from toex.work.access.counting import Counts, suppress
from toex.work.access.sitting import Sitting
from toex.work.errors import Incomplete

COUNTED = ("supplier", "dataset", "event")


@dataclass(frozen=True, slots=True)
class Pointers:
    """Whether anything is held on what was asked, and by whom: no count, no record, no content."""

    held: bool
    suppliers: tuple[str, ...]


def pointers(sitting: Sitting, text: str, *, at: datetime) -> Pointers:
    """Say whom to call about one typed line, and nothing else; NotAllowed without a live grant for pointers."""
    standing = sitting.check_shows("pointers")
    with sitting.lend(standing) as view:
        answer = search.find(view, text, limit=_EVERY)
    sitting.note("consultation", "access.pointers", at, asked=sitting.digest(text))
    return Pointers(answer.found > 0, _suppliers(answer))


_EVERY = 1000


def _suppliers(answer: Answer) -> tuple[str, ...]:
    held = {h.supplier for subject in answer.subjects for h in subject.holdings}
    return tuple(sorted((held | {mention.supplier for mention in answer.mentions}) - {""}))


def counts(sitting: Sitting, *, by: str, at: datetime) -> Counts:
    """Count people by one of COUNTED: how many of whom a supplier or dataset tells, or who were in a kind of event.

    A person counts once in a cell. Cells under five are suppressed, with others where the total would give them away.
    """
    if by not in COUNTED:
        raise Incomplete(f"People are counted by {', '.join(COUNTED)}.", {"by": "unknown"})
    standing = sitting.check_shows("counts")
    with sitting.lend(standing) as view:
        rows = view.query(files("toex.work.access").joinpath(f"sql/people_by_{by}.sql").read_text(encoding="utf-8"))
    sitting.note("consultation", "access.counts", at, by=by, cells=rows.num_rows)
    cells = {str(row["cell"]): int(row["people"]) for row in rows.to_pylist() if row["cell"] is not None}
    total = next((int(row["people"]) for row in rows.to_pylist() if row["cell"] is None), 0)
    return suppress(cells, total=total)
