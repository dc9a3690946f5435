"""A home: the folder that one bench or one unit keeps its records in."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from toex.pole import Dataset, Scope
from toex.store.collect import collect
from toex.store.durable import locked, make_folder, put
from toex.store.errors import HomeExists
from toex.store.indexes import Indexed, domains_of, make_missing, missing
from toex.store.manifest import Cause, Kind, Snapshot, encode
from toex.store.paths import manifest_of, newest, number_at, numbers, read
from toex.store.proof import Proof, prove
from toex.store.purge import Purged, purge
from toex.store.rows import whole_rows
from toex.store.tombstones import Gone, buried, buried_datasets, bury
from toex.store.view import View
from toex.store.writer import Writer


class Store:
    """A home's records: write through `writer`, read through `view`."""

    def __init__(self, home: Path) -> None:
        self.home = home

    @classmethod
    def create(cls, home: Path, *, kind: Kind, user: str, at: datetime | None = None) -> "Store":
        """Make a home in an empty place. Its kind is chosen here and never changes; a bench home has one named user."""
        make_folder(home / "snapshots")
        with locked(home / "lock"):
            if numbers(home):
                raise HomeExists("There is a home already, and a home is never made over: choose another folder.")
            first = Snapshot(kind, user, 0, 0, at or datetime.now(UTC), Cause("create", kind))
            put(manifest_of(home, 0), encode(first))
        return cls(home)

    @classmethod
    def open(cls, home: Path) -> "Store":
        """Open a home; NoHome where there is none, OtherLayout where another version made it."""
        newest(home)
        return cls(home)

    @property
    def snapshot(self) -> Snapshot:
        """The newest snapshot's manifest."""
        return newest(self.home)

    @property
    def datasets(self) -> Mapping[str, Dataset]:
        """Every registered dataset by name."""
        return self.snapshot.datasets

    def writer(self, *, job: str, step: str, parent: int | None = None) -> Writer:
        """Begin to write what one step of one job brings."""
        return Writer(self.home, Cause(job, step), parent=parent)

    def view(self, scope: Scope, *, number: int | None = None) -> View:
        """Show a snapshot, the newest unless another is named, as a scope allows."""
        return View(self.home, scope, number=number)

    def number_at(self, moment: datetime) -> int | None:
        """Give the number of the state that was the newest at a moment; None where none is kept from then."""
        return number_at(self.home, moment)

    def moment_of(self, number: int) -> datetime | None:
        """Give the moment of a state by its number; None where it is kept no more."""
        return read(self.home, number).at if number in numbers(self.home) else None

    def bury(
        self, record_ids: Iterable[str], *, by: str, at: datetime, reason: str, datasets: Iterable[str] = ()
    ) -> None:
        """Erase records, or whole datasets, from every view, at once."""
        with locked(self.home / "lock"):
            bury(self.home, record_ids, by=by, at=at, reason=reason, datasets=datasets)

    def index(self, progress: Callable[[float], None] = lambda _: None) -> list[Indexed]:
        """Make the indexes of texts that the newest snapshot lacks: after a load, say, when nobody waits.

        It may be called again after any interruption. Until it is done the texts are read through, with the same answers.
        """
        return make_missing(self.home, progress)

    @property
    def indexed(self) -> tuple[int, int]:
        """How many domains that may hold texts have their index, and how many there are."""
        snapshot = self.snapshot
        every = len(domains_of(snapshot))
        return every - len(missing(self.home, snapshot)), every

    @property
    def erased(self) -> frozenset[str]:
        """Every record that has a tombstone, purged or not."""
        return frozenset(buried(self.home))

    @property
    def erased_datasets(self) -> frozenset[str]:
        """Every dataset that was erased whole, purged or not."""
        return frozenset(buried_datasets(self.home))

    def whole_rows(self, record_ids: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Give every record of the suppliers' rows that the named records are parts of, by dataset: ids and no value."""
        return whole_rows(self.home, record_ids)

    def purge(
        self, record_ids: Iterable[str], *, at: datetime, drop: Iterable[str] = (), datasets: Iterable[str] = ()
    ) -> Purged:
        """Rewrite every file that names one of the records, let older snapshots go, and read everything again as proof.

        `datasets` go whole; `drop` names small kept files that go as well. It may be called again after any
        interruption: what is done is found done. Tombstones stay.
        """
        return purge(self.home, Gone(frozenset(record_ids), frozenset(datasets)), at=at, drop=frozenset(drop))

    def prove(self, record_ids: Iterable[str], *, datasets: Iterable[str] = ()) -> Proof:
        """Read every file of the home and say which of them name one of the records or have a row of the datasets."""
        return prove(self.home, Gone(frozenset(record_ids), frozenset(datasets)))

    def collect(self, *, keep: int = 3) -> int:
        """Remove what only older snapshots need."""
        return collect(self.home, keep=keep)
