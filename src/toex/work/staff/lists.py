"""The unit's own code lists, laid over those that ship: entries are dated, and nothing that once held is overwritten."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from toex.reference import Code, CodeList, load, own_list
from toex.store import put
from toex.work.audit.actions import record
from toex.work.errors import Incomplete, NotAllowed, NotThere
from toex.work.staff.models import Person
from toex.work.staff.policies import check_may

# Who may read and act follows from these, and no administrator makes their own rules; a new version of the software does.
FIXED = frozenset(
    {"roles", "grant_kinds", "duties", "log_words", "log_purposes", "markings", "grade_handling", "subject_categories"}
)


def set_code(
    *, name: str, code: str, label: str, since: date, by: Person, at: datetime, source: str = "",
    attributes: Mapping[str, str] | None = None,
) -> CodeList:  # fmt: skip
    """Let a code of a list mean this from a day on; what it meant before ends on that day. It is shown as unverified."""
    check_may(by, "administer", at)
    _check(name, code=code, label=label)
    before = load(name)
    ended = [_ended(entry, since) for entry in before if entry.code == code]
    old = ended[-1].attributes if ended else {}
    fresh = Code(
        code, label, since, None, source or f"set by {by.username}", "unverified", {**old, **(attributes or {})}
    )
    return _write(before, [*ended, fresh], code, "staff.set_code", by=by, at=at)


def end_code(*, name: str, code: str, on: date, by: Person, at: datetime) -> CodeList:
    """End a code of a list on a day: from then on it is not chosen; what was recorded with it keeps it."""
    check_may(by, "administer", at)
    _check(name, code=code)
    before = load(name)
    if code not in before:
        raise NotThere("The list has no such code.")
    ended = [_ended(entry, on) for entry in before if entry.code == code]
    return _write(before, ended, code, "staff.end_code", by=by, at=at)


def _check(name: str, **said: str) -> None:
    if name in FIXED:
        raise NotAllowed("Who may read and act follows from this list, so it is not changed from within.")
    missing = {key: "missing" for key, value in said.items() if not value.strip()}
    if missing:
        raise Incomplete(f"An entry of a list needs: {', '.join(missing)}.", missing)


def _ended(entry: Code, on: date) -> Code:
    open_then = (entry.valid_to is None or entry.valid_to > on) and (entry.valid_from is None or entry.valid_from < on)
    return replace(entry, valid_to=on) if open_then else entry


def _write(before: CodeList, entries: list[Code], code: str, what: str, *, by: Person, at: datetime) -> CodeList:
    held = own_list(before.name)
    kept = [entry for entry in held or () if entry.code != code]
    with transaction.atomic():
        put(Path(settings.TOEX_HOME) / "reference" / f"{before.name}.csv", _text(before, [*kept, *entries]).encode())
        record("alteration", what, by=by, at=at, objects=[f"staff:list:{before.name}:{code}"])
    return load(before.name)


def _text(of: CodeList, entries: Iterable[Code]) -> str:
    """Write entries as the CSV that a list is read from."""
    rows = [
        {
            "code": e.code, "label": e.label, "valid_from": e.valid_from or "", "valid_to": e.valid_to or "",
            "source": e.source, "status": e.status, **e.attributes,
        }
        for e in entries
    ]  # fmt: skip
    columns = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO()
    out.write(f"# title: {of.title}\n# source: {of.source}\n# status: unverified\n")
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
