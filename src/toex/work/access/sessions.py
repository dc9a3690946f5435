"""Open views kept ready, by exact home, snapshot and scope: opening one costs a look-up more than the look-up itself."""

import os
from collections import OrderedDict
from pathlib import Path
from threading import Lock

from toex.pole import Scope
from toex.store import Store, View

MOST = 8  # idle views of one process; each holds its visible tables in memory
Key = tuple[int, str, int, Scope]

_idle: OrderedDict[Key, list[View]] = OrderedDict()
_lock = Lock()


class Loan(View):
    """A view that goes back when it is closed. While it is lent nobody else has it; afterwards it shows nothing.

    A kept view obeys erasure at every question, as any view does. It may differ from a new one in nothing but speed.
    """

    def __init__(self, kept: View, key: Key) -> None:
        self.__dict__.update(kept.__dict__)
        self._lent, self._key = kept, key

    def __exit__(self, *caught: object) -> None:
        if caught[0] is None:
            self.close()
        elif "_lent" in self.__dict__:  # what it was doing is unknown: it is not lent again
            self._take_back().close()

    def close(self) -> None:
        """Give the view back."""
        if "_lent" in self.__dict__:
            key = self._key
            _put(key, self._take_back())

    def _take_back(self) -> View:
        kept = self._lent
        kept.__dict__.update({name: value for name, value in self.__dict__.items() if name not in ("_lent", "_key")})
        self.__dict__.clear()
        return kept


def lend(home: Path, scope: Scope, *, number: int | None = None) -> View:
    """Lend a view of a home's newest snapshot, or another, as exactly this scope shows it."""
    newest = Store(home).snapshot.number
    key = (os.getpid(), str(home), newest if number is None else number, scope)
    kept = _take(key, newest)
    return Loan(kept or View(home, scope, number=key[2]), key)


def _take(key: Key, newest: int) -> View | None:
    """Take an idle view of exactly this key; those of the home's older snapshots are let go, so that they can be collected."""
    with _lock:
        old = [k for k in _idle if k[:2] == key[:2] and k[2] != newest]
        stale = [view for k in old for view in _idle.pop(k)]
        waiting = _idle.get(key)
        taken = waiting.pop() if waiting else None
        if waiting is not None and not waiting:
            del _idle[key]
    for view in stale:
        view.close()
    return taken


def _put(key: Key, view: View) -> None:
    over: list[View] = []
    with _lock:
        _idle.setdefault(key, []).append(view)
        _idle.move_to_end(key)
        while sum(map(len, _idle.values())) > MOST:
            first = next(iter(_idle))
            over.append(_idle[first].pop())
            if not _idle[first]:
                del _idle[first]
    for one in over:
        one.close()


def let_go(home: Path | None = None) -> int:
    """Close every idle view, or those of one home, and count them: before its old snapshots are collected, say."""
    with _lock:
        gone = [k for k in _idle if home is None or k[1] == str(home)]
        views = [view for k in gone for view in _idle.pop(k)]
    for view in views:
        view.close()
    return len(views)
