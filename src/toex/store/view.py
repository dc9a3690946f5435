"""The only readable thing: one snapshot as one scope shows it."""

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from toex.pole import SCHEMAS, Batch, Dataset, Scope, Wanted, empty, in_domains, predicate
from toex.store.engine import confine, connect, read_files
from toex.store.faces import make_faces
from toex.store.holding import hold
from toex.store.looking import Shelves
from toex.store.paths import data_of, kept_of
from toex.store.texts import TextsFound
from toex.store.tombstones import age, buried, buried_datasets, datasets_of, ends_of

_NAMES = re.compile(r"\b(?:" + "|".join([*SCHEMAS, "face"]) + r")\b")
_WARM = 500_000  # rows of a table that are held in memory: opening its many files for each question would cost more


class View:
    """Visible rows under the tables' own names, for SQL of ours; people's SQL never comes here.

    Three gates stand before a row: the files of the scope's domains are the only ones the engine may open, the
    scope's predicate is part of every table, and an erased record is in none from the moment it is erased.
    A view holds its snapshot: it is not collected while the view is open. Not for use by two threads at once.
    """

    def __init__(self, home: Path, scope: Scope, *, number: int | None = None) -> None:
        self._home, self.scope = home, scope
        self._hold, self.snapshot = hold(home, number)
        self._paths = self._visible_files()
        self._con = connect(home)
        confine(self._con, [p for paths in self._paths.values() for p in paths])
        self._shelves = Shelves(home, scope, self.snapshot)
        self._erased = -1
        self._ready: set[str] = set()

    def __enter__(self) -> "View":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the snapshot."""
        self._con.close()
        self._hold.close()

    @property
    def showing(self) -> tuple[str, int, Scope, int]:
        """Say what this view shows, for what is worked out once and kept: home, snapshot, scope, erasures obeyed."""
        return str(self._home), self.snapshot.number, self.scope, age(self._home)

    @property
    def datasets(self) -> Mapping[str, Dataset]:
        """The datasets of which the scope shows at least one domain."""
        shown = {folder.split("+")[0] for folder in self._folders()} - set(buried_datasets(self._home))
        return {name: d for name, d in self.snapshot.datasets.items() if name in shown}

    @property
    def state(self) -> str:
        """Name what there is to see: another text as soon as records were delivered, joined, parted or erased."""
        return f"{self.snapshot.number}:{age(self._home)}"

    def query(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> Batch:
        """Run SQL over the visible rows and give its rows. Knows every table of pole, and `face`."""
        self._obey_tombstones()
        for name in sorted(set(_NAMES.findall(sql)) - self._ready):
            self._make_ready(name)
        return self._con.execute(sql, params or None).to_arrow_table()

    def look(
        self,
        wanted: Wanted,
        *,
        most: int,
        datasets: Collection[str] | None = None,
        sorts: Collection[str] | None = None,
    ) -> tuple[TextsFound, ...]:
        """Say what the visible texts of each domain answer: all are counted, the first `most` of each are given.

        With `datasets` or `sorts` only those give answers; the counts are of all. Nothing enters a count or an order
        but what this view shows.
        """
        return self._shelves.look(self.query, self._folders(), wanted, most=most, datasets=datasets, sorts=sorts)

    def register(self, name: str, rows: Batch) -> None:
        """Give a batch of one's own, say a pasted list, a name in this view's SQL."""
        self._con.register(name, rows)

    def drop(self, name: str) -> None:
        """Forget a registered batch."""
        self._con.unregister(name)

    def kept(self, name: str) -> bytes | None:
        """Read a small file of the snapshot, None where there is none of that name."""
        file = self.snapshot.kept.get(name)
        return (kept_of(self._home) / file).read_bytes() if file else None

    def _folders(self) -> list[str]:
        listed = {f for table, folders in self.snapshot.files.items() if table != "tie" for f in folders}
        return sorted(f for f in listed if in_domains(self.scope, f))

    def _visible_files(self) -> dict[str, list[Path]]:
        data = data_of(self._home)
        return {
            table: [
                data / file.name
                for folder, files in self.snapshot.files.get(table, {}).items()
                if table == "tie" or in_domains(self.scope, folder)  # ties name both their domains in columns
                for file in files
            ]
            for table in SCHEMAS
        }

    def _obey_tombstones(self) -> None:
        stones = age(self._home)
        if stones == self._erased:
            return
        self._con.execute("CREATE OR REPLACE TEMP TABLE erased (record_id VARCHAR)")
        gone = buried(self._home)
        if gone:
            self._con.execute("INSERT INTO erased SELECT unnest(?)", [gone])
        self._con.execute(
            "CREATE OR REPLACE TEMP TABLE erased_dataset AS SELECT unnest(?)::VARCHAR AS dataset",
            [buried_datasets(self._home)],
        )
        self._erased = stones
        self._ready.clear()

    def _make_ready(self, name: str) -> None:
        """Define a table (or the faces, which need the ties) when a question first names it."""
        if name == "face":
            if "tie" not in self._ready:
                self._make_ready("tie")
            make_faces(self._con)
        else:
            self._define(name)
        self._ready.add(name)

    def _define(self, table: str) -> None:
        paths = self._paths[table]
        if not paths:
            self._con.register(f"no_{table}", empty(table))
        rows = read_files(paths) if paths else f"no_{table}"
        rule = predicate(self.scope, two_ended="other_domain" in SCHEMAS[table].names)
        where = " AND ".join([rule, *(self._not_erased(table) if self._erased else ())])
        kind = "TABLE" if self.snapshot.rows(table) <= _WARM else "VIEW"
        self._con.execute(f"CREATE OR REPLACE TEMP {kind} {table} AS SELECT * FROM {rows} WHERE {where}")

    def _not_erased(self, table: str) -> list[str]:
        whole = [f"{d} NOT IN (FROM erased_dataset)" for d in datasets_of(SCHEMAS[table].names)]
        if table == "set_aside":  # its rows have no record, and a NULL must not hide them
            return ["coalesce(record_id, '') NOT IN (FROM erased)", *whole]
        return [*(f"{c} NOT IN (FROM erased)" for c in ends_of(table)), *whole]
