"""Where records live: homes, snapshots, views by scope."""

from toex.store.durable import append_line, keep_file, put
from toex.store.errors import HomeBusy, HomeExists, NoHome, OtherLayout, OtherParent, StoreError
from toex.store.home import Store
from toex.store.indexes import Indexed
from toex.store.manifest import Cause, Snapshot
from toex.store.proof import Proof
from toex.store.purge import Purged
from toex.store.texts import Access, TextHit, TextsFound
from toex.store.view import View
from toex.store.writer import Writer

__all__ = [
    "Access",
    "Cause",
    "HomeBusy",
    "HomeExists",
    "Indexed",
    "NoHome",
    "OtherLayout",
    "OtherParent",
    "Proof",
    "Purged",
    "Snapshot",
    "Store",
    "StoreError",
    "TextHit",
    "TextsFound",
    "View",
    "Writer",
    "append_line",
    "keep_file",
    "put",
]
