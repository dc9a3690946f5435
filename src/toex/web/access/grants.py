"""Grants: those one holds, asked for, may approve, and those that one's role answers for."""

from django.http import HttpResponse
from django.urls import path

from toex.web.access import asking, one
from toex.web.visits import Visit, page
from toex.work.access.kinds import kind_of
from toex.work.access.knowing import Known, known_grants

_DONE = ("closed", "ended")


@page
def grants(visit: Visit) -> HttpResponse:
    """Show the grants that somebody may know of, what waits for them first."""
    known = known_grants(visit.person, visit.at)
    mine = [k for k in known if k.mine]
    waiting = [k for k in known if k.may_approve]
    asked = [k for k in known if k.facts.asked_by == visit.person.pk and k.stands not in _DONE and k not in mine]
    rest = [k for k in known if k not in mine and k not in waiting and k not in asked]
    return visit.show(
        "access/grants.html", mine=mine, waiting=waiting, asked=asked, rest=rest, at_once=_at_once(visit, mine),
        asks=any(asking.may_ask(visit, kind) for kind in asking.kinds()),
    )  # fmt: skip


def _at_once(visit: Visit, mine: list[Known]) -> bool:
    """Say whether an immediate risk opens on this person's word: a manager's, or that of one who is on call."""
    kind = kind_of("immediate_risk")
    speaks = "manager" in visit.roles or any(k.facts.duty == "on_call" for k in mine)
    return kind is not None and bool(visit.roles & kind.asks) and speaks


addresses = [path("access", grants, name="grants"), *asking.addresses, *one.addresses]
