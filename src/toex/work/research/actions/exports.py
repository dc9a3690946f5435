"""A grid as a Word document or a workbook: marked on every page, nil returns kept, children without their names."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from toex.publishing import export_docx, export_xlsx
from toex.work.access.sitting import Sitting
from toex.work.errors import Incomplete
from toex.work.research.queries.printed import printed
from toex.work.staff.models import Person

MARKING = "OFFICIAL-SENSITIVE"
FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Exported:
    """A file for its reader; its name says which grid, and nothing of anybody in it."""

    name: str
    content: bytes
    media: str


def export(*, seat: Sitting, grid: int, form: str, by: Person, at: datetime) -> Exported:
    """Give a grid as its reader sees it now, as "docx" or "xlsx"; logged as a disclosure before it is given.

    NotAllowed under a duty, which gives nothing out (rule 1), and without a live grant that shows records.
    """
    if form not in FORMS:
        raise Incomplete("A grid is given as a Word document or as a workbook.", {"form": "docx or xlsx"})
    name = f"grid-{grid}.{form}"
    made = printed(seat, grid, at=at, wide=form == "xlsx")
    seat.note("disclosure", "research.export", at, grid=grid, lines=made.lines, file=seat.digest(name), form=form)
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        if form == "xlsx":
            export_xlsx([made.about(by), *made.sheets], path, marking=MARKING, at=at.replace(tzinfo=None))
        else:
            export_docx(made.sheets, path, title=made.title, marking=MARKING, at=at, said=made.said(by))
        return Exported(name, path.read_bytes(), FORMS[form])
