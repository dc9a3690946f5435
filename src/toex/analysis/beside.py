"""What stands beside one subject or thing: read for it alone, without weaving the whole picture."""

from collections.abc import Collection
from dataclasses import dataclass

from toex.analysis.facts import Connection
from toex.analysis.origins import text_origins
from toex.analysis.statements import View, rows

MOST = 60
CITED = 12


@dataclass(frozen=True, slots=True)
class Beside:
    """The strongest connections of some keys with others (`a` is the first of the keys asked), and how many there are."""

    connections: tuple[Connection, ...]
    found: int


def beside(view: View, keys: Collection[str], *, most: int = MOST) -> Beside:
    """Give what records state of these keys (all of one subject) and any other, those with most sources first."""
    if not keys:
        return Beside((), 0)
    with text_origins(view):
        found = rows(view, "beside", nodes=sorted(keys), most=most, cited=CITED)
    own = min(keys)
    return Beside(
        tuple(
            Connection(
                own, r["other"], tuple(r["kinds"]), r["sources"], r["contacts"], tuple(r["record_ids"]), r["first_at"],
                r["last_at"],
            )
            for r in found
        ),
        found[0]["found"] if found else 0,
    )  # fmt: skip
