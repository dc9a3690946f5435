"""What binds the elements of a chart: what records state of two, who was in an event, who may be one person."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from toex.analysis import Connection, Node, Occasion, connections, occasions
from toex.picture.charting.facts import Known, Line
from toex.picture.charting.grades import Grades
from toex.picture.charting.ids import EVENT
from toex.picture.charting.statements import rows
from toex.picture.phrases import counted, short
from toex.store import View

NARROW = ("call", "message", "sms", "transaction", "anpr", "data")  # counted as contacts
MAY_BE_ONE = "may be one person"
CHARTED = "charted"  # the kind of a link that an analyst drew elsewhere: nobody here has confirmed it


def stated(view: View, nodes: Mapping[str, Node]) -> tuple[Connection, ...]:
    """Give what records state of every two of the nodes."""
    return connections(view, nodes) if len(nodes) > 1 else ()


def attended(view: View, known: Known, nodes: Mapping[str, Node]) -> list[Occasion]:
    """Give the events of the chart with whom of it each names."""
    drawn = {key.removeprefix(EVENT) for key in known.id_of if key.startswith(EVENT)}
    return [o for o in occasions(view, nodes) if o.record_id in drawn] if drawn else []


def lines_of(
    found: Iterable[Connection], events: Iterable[Occasion], possible: Sequence[Mapping[str, Any]], *,
    known: Known, nodes: Mapping[str, Node], grades: Grades,
) -> tuple[Line, ...]:  # fmt: skip
    """Give the lines of a chart, each once, in an order that does not change from one drawing to the next."""
    lines = [_stated(c, known, nodes, grades) for c in found]
    lines += [_part(o, key, known, grades) for o in events for key in o.roles if key in nodes]
    lines += [
        Line(known.id_of[r["one"]], known.id_of[r["other"]], MAY_BE_ONE, confirmed=False,
             records=(r["record_id"], r["other_id"]))
        for r in possible
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda line: (line.a, line.b, line.label)))


def may_be_one(view: View, nodes: Collection[Node]) -> list[dict[str, Any]]:
    """Give the pairs of people of a chart of whom a tie says that they may be one, and nobody has ruled."""
    held = " ".join(f"{n.key}:{r}" for n in nodes if n.kind == "person" for r in n.record_ids)
    best: dict[frozenset[str], dict[str, Any]] = {}
    for r in rows(view, "ties_between", held=held) if held else ():
        best.setdefault(frozenset((r["one"], r["other"])), r)
    return list(best.values())


def _stated(c: Connection, known: Known, nodes: Mapping[str, Node], grades: Grades) -> Line:
    a, b = sorted((c.a, c.b), key=lambda key: (nodes[key].kind != "person", key))
    said = [kind for kind in c.kinds if kind not in NARROW]
    told = [short(said, nodes[b].kind) if said else "", counted(c.contacts, "contact") if c.contacts else ""]
    label = ", ".join(filter(None, told)) or short(c.kinds, nodes[b].kind)
    confirmed = set(c.kinds) != {CHARTED}
    return Line(
        known.id_of[a], known.id_of[b], label, c.sources, c.contacts, confirmed, grades.best(c.record_ids), c.record_ids,
        c.first, c.last,
    )  # fmt: skip


def _part(o: Occasion, key: str, known: Known, grades: Grades) -> Line:
    return Line(
        known.id_of[key], known.id_of[EVENT + o.record_id], ", ".join(o.roles[key]), 1,
        grade=grades.best([o.record_id]), records=(o.record_id,), first=o.at, last=o.at,
    )  # fmt: skip
