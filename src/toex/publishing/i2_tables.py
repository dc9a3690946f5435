"""A chart as the pair of tables that i2 imports, links and entities, in one ZIP with a page that says what they are."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from toex.publishing.export import safe
from toex.publishing.placed import BRITAIN, Heading, PlacedEntity, PlacedLink, check, standing, told_id
from toex.publishing.wording import clean

LINKS = (
    "end1_type", "end1_id", "end1_label", "link_type", "link_label", "direction", "date", "time", "end2_type", "end2_id",
    "end2_label", "source_ref", "grade", "strength", "description", "marking",
)  # fmt: skip
ENTITIES = (
    "type", "id", "label", "categories", "grade", "held_by", "reference", "standing", "group", "date", "time", "x", "y",
    "source_ref", "marking",
)  # fmt: skip
LINK_TYPE = "Link"
_EARLIEST = 1980  # year that a ZIP can bear


def render_i2_tables(entities: Sequence[PlacedEntity], links: Sequence[PlacedLink], heading: Heading) -> bytes:
    """Write links.csv, entities.csv and a page about them as a ZIP that is the same for the same chart and time.

    The header is the first line, as an import asks for; every row bears the marking. RuleError as `check` raises it.
    """
    check(entities, links)
    named = {one.id: one for one in entities}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = heading.marking.encode("ascii", "replace")
        made = {
            "links.csv": _table(LINKS, (_link(link, named, heading.marking) for link in links)),
            "entities.csv": _table(ENTITIES, (_thing(one, heading.marking) for one in entities)),
            "read-me.txt": _page(heading),
        }
        for name, content in made.items():
            archive.writestr(_member(name, heading.at), content)
    return out.getvalue()


def _member(name: str, at: datetime) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, (max(at.year, _EARLIEST), at.month, at.day, at.hour, at.minute, at.second))
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _link(link: PlacedLink, named: Mapping[str, PlacedEntity], marking: str) -> tuple[str, ...]:
    a, b = named[link.a], named[link.b]
    day, clock = _when(link.first)
    until = f"last {link.last.astimezone(BRITAIN):%d/%m/%Y}" if link.last and link.last != link.first else ""
    contacts = f"{link.contacts} contacts" if link.contacts else ""
    return (
        a.kind, told_id(a.id), clean(a.label), LINK_TYPE, clean(link.label), "none", day, clock, b.kind, told_id(b.id),
        clean(b.label), " ".join(link.records), link.grade, "Confirmed" if link.confirmed else "Unconfirmed",
        "; ".join(filter(None, (standing(link.confirmed), contacts, until))), marking,
    )  # fmt: skip


def _thing(one: PlacedEntity, marking: str) -> tuple[str, ...]:
    return (
        one.kind, told_id(one.id), clean(one.label), ", ".join(one.categories), one.grade, ", ".join(one.suppliers), one.ref,
        standing(one.confirmed), clean(one.group), *_when(one.at), f"{one.x:.1f}", f"{one.y:.1f}", " ".join(one.records),
        marking,
    )  # fmt: skip


def _when(at: datetime | None) -> tuple[str, str]:
    """Give the day and the time by the clock in Britain."""
    if at is None:
        return "", ""
    local = at.astimezone(BRITAIN)
    return f"{local:%d/%m/%Y}", f"{local:%H:%M:%S}"


def _page(heading: Heading) -> bytes:
    lines = (
        heading.marking, clean(heading.title), f"Written {heading.at:%d/%m/%Y %H:%M} UTC.", heading.note,
        "links.csv: one row a link, the header in the first line. Import it with end1_id and end2_id as identities.",
        "entities.csv: one row a thing, by the same ids. Dates are day first, times by the clock in Britain.",
        "source_ref holds the numbers of the records in the workbench that wrote this. A child has no name here.",
        heading.marking,
    )  # fmt: skip
    return "\r\n".join(line for line in lines if line).encode("utf-8", "replace")
