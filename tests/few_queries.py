"""Every public act of every room is watched throughout the tests: few queries, whatever the number of rows."""

from collections.abc import Callable, Iterator
from functools import wraps
from importlib import import_module
from inspect import isfunction
from types import ModuleType
from typing import Any

from django.db import connection

MOST = 15
ROOMS = (
    "staff.actions", "jobs.actions", "holdings.actions", "holdings.bringing", "holdings.mappings", "holdings.returning",
    "citations.actions", "operations.actions", "access.actions",
    "access.tokens", "access.log", "access.asking", "judgements.actions", "judgements.queue", "judgements.touching",
    "judgements.reviewing",
    "tasking.actions.drafting", "tasking.actions.triage", "tasking.actions.considering", "tasking.actions.terms",
    "tasking.actions.signing", "tasking.actions.risks", "tasking.actions",
    "research.actions.searches", "research.actions.grids", "research.actions.exports", "research.actions",
    "research.actions.reports", "research.actions.loading", "research.queries.loading",
    "research.actions.release", "research.queries.reports",
    "research.actions.charts", "research.actions.mentions", "research.queries.mentions",
    "research.actions.mention_loading", "research.queries.mention_loading",
    "products.actions.beginning", "products.actions.writing", "products.actions.assuring", "products.actions.issuing",
    "products.actions.correcting", "products.corrected",
    "products.actions", "products.queries",
    "exchange.actions.trusting", "exchange.actions.sending", "exchange.actions.receiving",
    "exchange.actions.returning", "exchange.actions.erasing", "exchange.queries",
)  # fmt: skip
MORE = {  # what writes a whole form or text in place of the last: a bound of its own, and batches of rows beyond it
    "save_draft": 26, "set_out": 26, "amend_terms": 19, "draft_terms": 16, "vary": 16, "take_on": 32, "settle": 40, "take_in": 36,
    "take_in_mentions": 36,
    "receive": 44,
}  # fmt: skip
_under_way: list[str] = []


class Counted:
    """How many questions were put to the database; opening and closing a transaction puts none."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if "SAVEPOINT" not in sql and sql != "BEGIN":
            self.asked.append(sql)
        return execute(sql, params, many, context)


def taken(act: Callable[[], Any]) -> int:
    """Count what an act asks."""
    counted = Counted()
    with connection.execute_wrapper(counted):
        act()
    return len(counted.asked)


def acts() -> Iterator[tuple[ModuleType, str, Callable[..., Any]]]:
    """Every public act, and the module that holds it under that name."""
    for room in ROOMS:
        module = import_module(f"toex.work.{room}")
        for name, act in list(vars(module).items()):
            own = act.__module__.startswith(module.__name__) if isfunction(act) else False
            if own and not name.startswith(("_", "check_", "may_")):
                yield module, name, act


def watch() -> None:
    """Let every call of every public act fail its test where it asks too much; acts within an act count as its own."""
    seen: dict[Callable[..., Any], Callable[..., Any]] = {}
    for module, name, act in acts():
        if not hasattr(act, "watched"):
            seen.setdefault(act, _watched(name, act))
            setattr(module, name, seen[act])


def _watched(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(act)
    def called(*args: Any, **kwargs: Any) -> Any:
        if _under_way:
            return act(*args, **kwargs)
        counted = Counted()
        _under_way.append(name)
        try:
            with connection.execute_wrapper(counted):
                given = act(*args, **kwargs)
        finally:
            _under_way.pop()
        assert len(counted.asked) <= MORE.get(name, MOST), f"{name} asks {len(counted.asked)}: {counted.asked}"
        return given

    called.watched = True  # type: ignore[attr-defined]
    return called
