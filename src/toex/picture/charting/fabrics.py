"""The graph of a view, made once for exactly what it shows and kept while that stands."""

from collections import OrderedDict
from threading import Lock

from toex.analysis import Fabric, weave
from toex.pole import Scope
from toex.store import View

MOST = 4  # graphs of one process
Key = tuple[str, int, Scope, int]

_kept: OrderedDict[Key, Fabric] = OrderedDict()
_lock = Lock()


def fabric_of(view: View) -> Fabric:
    """Give the graph of what a view shows; an erasure, another snapshot or another scope makes another graph."""
    key = view.showing
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
            return found
    made = weave(view)
    with _lock:
        _kept[key] = made
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made
