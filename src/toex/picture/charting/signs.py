"""Elements drawn: each described from the view that is looked through, victims first, children unnamed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from toex.analysis import Node, describe
from toex.picture.cast import is_child, name_of
from toex.picture.charting.facts import Known, Sign
from toex.picture.charting.grades import Grades
from toex.picture.charting.ids import EVENT, ref_of
from toex.picture.charting.statements import rows
from toex.picture.charting.wording import KINDS
from toex.picture.hushing import Hush, hush_of
from toex.picture.phrases import tidy
from toex.picture.sources import short_name
from toex.pole import categories
from toex.reference import CodeList
from toex.store import View

CITED = 12  # records named of one element
_HANDLES = ("email", "username")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What signs are made with: the day, which children are children on, and what suppliers are called."""

    today: date
    organisations: CodeList
    hubs: Mapping[str, str]


def described(view: View, known: Known, hubs: Mapping[str, str]) -> dict[str, Node]:
    """Describe the keys of a chart that the view shows; events are told apart."""
    return describe(view, [key for key in known.id_of if not key.startswith(EVENT)], hubs=hubs)


def signs_of(
    view: View, known: Known, nodes: Mapping[str, Node], *, grades: Grades, drawn: Drawn
) -> tuple[tuple[Sign, ...], Hush]:
    """Give the signs of a chart, victims first, and what keeps its children unnamed in every text beside them."""
    made = [_sign(known.id_of[key], nodes[key], grades, drawn) for key in known.id_of if key in nodes]
    hush = hushed(view, made)
    events = _events(view, known, grades, drawn)
    told = [_hushed(sign, hush) for sign in (*made, *events)]
    return tuple(sorted(told, key=lambda s: not s.victim)), hush


def hushed(view: View, signs: Iterable[Sign]) -> Hush:
    """Give what takes the names of the children among these out of words; the adults beside them keep theirs."""
    held = tuple(signs)
    children = {r: s.label for s in held if s.child for r in s.records}
    return hush_of(view, children, spared=[s.label for s in held if s.kind == "person" and not s.child])


def _sign(id: str, node: Node, grades: Grades, drawn: Drawn) -> Sign:
    person = node.kind == "person"
    child = person and is_child(node.born, drawn.today)
    ref = ref_of(id) if node.kind in ("person", "organisation") else ""
    label = f"child, {ref}" if child else name_of(node.label) if person else tidy(node.label)
    return Sign(
        id=id,
        kind=node.kind,
        label=label.replace("|", ", "),
        ref=ref,
        categories=categories(node.subject) if person else (),
        child=child,
        grade=grades.best(node.record_ids),
        suppliers=tuple(sorted({short_name(drawn.organisations, s) for s in node.suppliers})),
        records=node.record_ids[:CITED] if not child else node.record_ids,  # all of a child's names must be known
        hub=node.hub,
    )


def _events(view: View, known: Known, grades: Grades, drawn: Drawn) -> list[Sign]:
    asked = {key.removeprefix(EVENT): id for key, id in known.id_of.items() if key.startswith(EVENT)}
    found = rows(view, "charting/happenings", ids=sorted(asked)) if asked else []
    return [
        Sign(
            id=asked[r["record_id"]],
            kind="event",
            label=" ".join(filter(None, [(r["kind"] or "event").capitalize(), _day(r["moment"])])),
            grade=grades.best([r["record_id"]]),
            suppliers=(short_name(drawn.organisations, r["supplier"]),) if r["supplier"] else (),
            records=(r["record_id"],),
            at=r["moment"],
        )
        for r in found
    ]


def _day(moment: date | None) -> str:
    return f"{moment:%d/%m/%Y}" if moment else ""


def _hushed(sign: Sign, hush: Hush) -> Sign:
    kept = replace(sign, records=sign.records[:CITED])
    of = hush.part_of(kept.label) if kept.kind in _HANDLES else ""
    return replace(kept, label=f"{KINDS[kept.kind][0]} of {of}") if of else kept
