"""What the lists of the holdings pages share: where a page of rows begins, and a list given as a spreadsheet."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import HttpResponse

from toex.publishing import Sheet, export_csv, export_xlsx
from toex.web.visits import Visit
from toex.work.errors import Incomplete

ROWS = 100  # on a page
_FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def after(visit: Visit) -> int:
    """Give how many rows were passed over already, as the address says."""
    said = visit.request.GET.get("after", "")
    return int(said) if said.isdecimal() and len(said) < 9 else 0


def around(shown: int, passed: int) -> dict[str, Any]:
    """Say where the page before and the page after begin; `shown` counts the rows read, one more than a page where there are."""
    return {
        "after": passed, "back": max(0, passed - ROWS) if passed else None,
        "more": passed + ROWS if shown > ROWS else None,
    }  # fmt: skip


def form_of(visit: Visit) -> str:
    """Give the form in which a list is asked for; Incomplete for one that is not given."""
    form = visit.sent.get("form", "csv")
    if form not in _FORMS:
        raise Incomplete("A list is given as CSV or XLSX.", {"form": "csv or xlsx"})
    return form


def spreadsheet(sheet: Sheet, form: str, *more: Sheet, name: str, marking: str) -> HttpResponse:
    """Give a list as a file that bears its marking and in which no text is read as a formula; `more` go into a workbook alone."""
    with TemporaryDirectory() as folder:
        made = Path(folder) / "list"
        if form == "csv":
            export_csv(sheet, made, marking=marking)
        else:
            export_xlsx([sheet, *more], made, marking=marking)
        content = made.read_bytes()
    told = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(content, content_type=_FORMS[form], headers=told)
