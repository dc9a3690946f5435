"""Looking for texts in all domains that a view shows: by their indexes, and through those that have none yet."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from toex.pole import Batch, Scope, Wanted, decide
from toex.store.answering import Opened
from toex.store.indexes import domains_of, index_of
from toex.store.leafing import leaf_through
from toex.store.manifest import Snapshot
from toex.store.texts import Access, TextsFound
from toex.store.tombstones import age, buried, buried_datasets


class Shelves:
    """The indexes of one snapshot as one view uses them, opened when they are first asked.

    An index answers only while no tombstone names a record of it: between an erasure and its purge the texts of that
    domain are read through instead.
    """

    def __init__(self, home: Path, scope: Scope, snapshot: Snapshot) -> None:
        self._home, self._scope, self._snapshot = home, scope, snapshot
        self._texts = frozenset(domains_of(snapshot))
        self._opened: dict[str, Opened] = {}
        self._stones = -1
        self._erased: frozenset[str] = frozenset()
        self._gone: frozenset[str] = frozenset()  # datasets erased whole
        self._touched: dict[str, bool] = {}  # by domain: whether a tombstone names a record of its index

    def look(
        self, query: Callable[[str], Batch], folders: Sequence[str], wanted: Wanted, *,
        most: int, datasets: Collection[str] | None, sorts: Collection[str] | None,
    ) -> tuple[TextsFound, ...]:  # fmt: skip
        """See `View.look`; `query` runs SQL over the visible rows, `folders` are the domains of the scope."""
        self._obey_tombstones()
        shown = [f for f in folders if f in self._texts and f.split("+")[0] not in self._gone]
        found, unread = [], []
        for domain in shown if wanted.every else ():
            opened = self._usable(domain)
            if opened is None:
                unread.append(domain)
                continue
            give = most if datasets is None or domain.split("+")[0] in datasets else 0
            counts, hits = opened.answer(wanted, self._shows, most=give, sorts=sorts)
            found.append(TextsFound(domain, counts, tuple(hits), indexed=True))
        read = leaf_through(query, unread, wanted, most=most, datasets=datasets, sorts=sorts) if unread else ()
        return tuple(sorted((*found, *read), key=lambda one: one.domain))

    def _shows(self, access: Access) -> bool:
        ends = {access.dataset, (access.other_domain or "").split("+")[0]}
        return decide(self._scope, access.row()) and not ends & self._gone

    def _usable(self, domain: str) -> Opened | None:
        if domain not in self._opened:
            opened = _open(index_of(self._home, self._snapshot, domain))
            if opened is None:
                return None
            self._opened[domain] = opened
        if domain not in self._touched:
            self._touched[domain] = self._opened[domain].names(self._erased)
        return None if self._touched[domain] else self._opened[domain]

    def _obey_tombstones(self) -> None:
        stones = age(self._home)
        if stones != self._stones:
            self._erased, self._gone = frozenset(buried(self._home)), frozenset(buried_datasets(self._home))
            self._touched.clear()
            self._stones = stones


def _open(folder: Path) -> Opened | None:
    """Open an index; None where there is none, or none any more."""
    if not folder.exists():
        return None
    try:
        return Opened(folder)
    except (OSError, ValueError):  # removed while it was opened: another snapshot is the newest now
        if folder.exists():
            raise
        return None
