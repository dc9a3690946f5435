"""Is everything as it should be? The doctor's questions of a unit, for its administrators; no record is read for them."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.urls import path

from toex.picture import Check, examine
from toex.web import assets
from toex.web.visits import Visit, page
from toex.work.access.log import check_chain, last_signed
from toex.work.audit.checkpoints import OFTEN, due
from toex.work.jobs.queries import waits_since
from toex.work.staff.policies import check_held

_SLOW = timedelta(minutes=10)


@page
def health(visit: Visit) -> HttpResponse:
    """Put the doctor's questions; an administrator asks them."""
    check_held(visit.roles, "administer")
    checks = [*of_unit(visit.at), *examine(Path(settings.TOEX_HOME))]
    if visit.posted:
        checks.insert(0, _chain())
    return visit.show("staff/health.html", checks=checks, good=all(c.good for c in checks), walked=visit.posted)


def of_unit(at: datetime) -> list[Check]:
    """Look at what a unit has beyond a home: database, keys, checkpoints, worker, pages."""
    return [_database(), _tables(), *_keys(), _signed(at), _worker(at), _pages()]


def _database() -> Check:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return Check("The database answers", False, "it does not")
    return Check("The database answers", True, connection.display_name)


def _tables() -> Check:
    executor = MigrationExecutor(connection)
    left = executor.migration_plan(executor.loader.graph.leaf_nodes())
    found = f"{len(left)} steps are left: stop, and serve again" if left else "they are"
    return Check("The database's tables are those of this version", not left, found)


def _keys() -> list[Check]:
    keys = Path(settings.TOEX_KEYS)
    return [
        _key(keys / "secret", "The secret that sessions and digests rest on is kept"),
        _key(keys / "checkpoint.key", "The key that signs checkpoints is there"),
        Check(
            "Keys and checkpoints lie outside the home", not _within(keys) and not _within(Path(settings.TOEX_CHECKPOINTS)),
            "beside it, as they should" if not _within(keys) else "within what they protect: move them",
        ),
    ]  # fmt: skip


def _key(file: Path, question: str) -> Check:
    if not file.exists():
        return Check(question, False, "it is not there")
    others = file.stat().st_mode & 0o077
    return Check(question, not others, "others on this machine may read it" if others else "for its owner's eyes")


def _within(folder: Path) -> bool:
    return folder.absolute().is_relative_to(Path(settings.TOEX_HOME).absolute())


def _signed(at: datetime) -> Check:
    last = last_signed()
    late = due(at=at - OFTEN)  # a worker signs as soon as one is due; ten minutes more are given
    return Check("Checkpoints of the log are signed in time", not late, _ago(last, at) if last else "none yet")


def _ago(moment: datetime, at: datetime) -> str:
    minutes = int((at - moment).total_seconds() // 60)
    return f"the last one {minutes} minutes ago" if minutes < 120 else f"the last one {minutes // 60} hours ago"


def _worker(at: datetime) -> Check:
    since = waits_since(at)
    late = since is not None and at - since > _SLOW
    return Check("Background work is taken up", not late, "a job waits, or its worker is gone" if late else "it is")


def _pages() -> Check:
    try:
        file = assets.STATIC / assets.address("src/main.ts").removeprefix(assets.PREFIX)
    except (OSError, KeyError):
        return Check("The pages' scripts and styles are built", False, "they are not: make setup")
    return Check("The pages' scripts and styles are built", file.exists(), "they are" if file.exists() else "not all")


def _chain() -> Check:
    found = check_chain()
    return Check("The log's chain is whole", found.whole, "it is" if found.whole else " ".join(found.faults))


addresses = [path("unit/health", health, name="health")]
