"""What people accepted that texts name, as the file that is delivered of it: a row a text, none of its words."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from toex.intake import load_mapping
from toex.pole import SUBJECTS
from toex.work.research.models import Mention

MAPPING = "own-mentions"
_CELLS: Final = {"phone": "phones", "vehicle": "vehicles", "email": "emails", "place": "postcodes"}
_SAID: Final = {
    "person": "name",
    "phone": "telephone number",
    "vehicle": "vehicle",
    "email": "email address",
    "place": "postcode",
}
_NOTHING = "Nothing that this text names is accepted any more."
_GONE = "The text was erased: nothing of it is said here."


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A text of which something was accepted: its sealed copy, what stands accepted, how many rulings there were on it."""

    record_id: str
    domain: str
    copy: Mapping[str, Any]
    subject: int
    accepted: Sequence[Mention]
    rulings: int

    @property
    def erased(self) -> bool:
        """Whether the text was erased since."""
        return "dataset" not in self.copy


def write(path: Path, rows: Iterable[NamedRow]) -> None:
    """Write the file. The same rulings make the same file; one more, or one taken back, makes another."""
    heads = {name: headers[0] for name, headers in load_mapping(MAPPING).sheets[0].columns.items()}
    with path.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.DictWriter(stream, heads.values())
        lines.writeheader()
        for row in rows:
            lines.writerow({heads[name]: value for name, value in _cells(row).items()})


def _cells(row: NamedRow) -> dict[str, str]:
    cells = {"id": row.record_id, "text": f"text {row.record_id} {row.domain}", "rulings": str(row.rulings)}
    if row.erased:
        return {**cells, "text": "", "said": _GONE}
    values, last = row.copy["values"], max((one.at for one in row.accepted), default=None)
    return {
        **cells, "reference": values.get("reference", ""), "origin": row.copy["origin"], "written": values.get("written", ""),
        "marking": row.copy["marking"], "grade": _grade(row.copy), "conditions": row.copy["conditions"],
        "categories": " ".join(name for name, bit in SUBJECTS.items() if row.subject & bit), "said": _said(row.accepted),
        "accepted": last.isoformat(timespec="minutes") if last else "",
        "people": ";".join(_picked(one) for one in row.accepted if one.picked_table in ("person", "organisation")),
        "things": ";".join(_picked(one) for one in row.accepted if one.picked_table in ("object", "place")),
        **{
            cell: ";".join(one.value for one in row.accepted if one.kind == kind and one.picked_table not in ("object", "place"))
            for kind, cell in _CELLS.items()
        },
    }  # fmt: skip


def _grade(copy: Mapping[str, Any]) -> str:
    return "".join(copy[name] for name in ("source_grade", "info_grade", "handling")) if copy["source_grade"] else ""


def _picked(one: Mention) -> str:
    return f"{one.picked_table} {one.picked} {one.picked_domain} {one.kind}"


def _said(accepted: Sequence[Mention]) -> str:
    """Say how many of each kind were accepted and by whom, and no value: the record may be read where the text is not."""
    if not accepted:
        return _NOTHING
    counts = Counter(_SAID[one.kind] for one in accepted)
    told = ", ".join(
        f"{n} {what}{'' if n == 1 else 's' if what[-1] != 's' else 'es'}" for what, n in sorted(counts.items())
    )
    people = ", ".join(sorted({one.by.name for one in accepted}))
    return f"Accepted that a text names: {told}. By {people}."
