"""Requests: what one may know of, what waits for one's gateway or desk; and the addresses of every page about tasking."""

from django.http import HttpResponse
from django.urls import URLPattern, path

from toex.web.tasking import acts, beginning, considering, form, risks, showing, signing, terms, triage
from toex.web.tasking.standing import clock, rows, working_days
from toex.web.visits import Visit, page
from toex.work.staff.policies import MAY
from toex.work.tasking.queries import queue, visible
from toex.work.tasking.states import OPEN, STATES

_LEADS = frozenset({"gateway", "manager", "senior_analyst"})
_SHOWN = 200


@page
def requests(visit: Visit) -> HttpResponse:
    """List requests: the queue for a gateway or a manager, and everything that one may know of."""
    leads = bool(visit.roles & _LEADS)
    asked = visit.request.GET
    shown = asked.get("show") or ("queue" if leads else "all")
    listed = _queued(visit) if shown == "queue" and leads else _known(visit)
    regions = sorted({one.region for one, *_ in listed if one.region}, key=str)
    region, late = asked.get("region", ""), asked.get("late") == "yes"
    kept = [row for row in listed if region in ("", row[0].region_id or "") and (not late or row[2].late)]
    may = {name: bool(visit.roles & MAY[what]) for name, what in _MAY.items()}
    return visit.show(
        "tasking/requests.html", listed=kept[:_SHOWN], more=len(kept) > _SHOWN, shown=shown, leads=leads, regions=regions,
        region=region, late=late, state=asked.get("state", "open"), states=STATES.values(), may=may,
        filtered=bool(region or late or asked.get("state")),
    )  # fmt: skip


_MAY = {"ask": "ask for support", "own": "begin own work", "refer": "take a referral"}
Listed = tuple[object, ...]


def _queued(visit: Visit) -> list[tuple]:  # type: ignore[type-arg]
    within = working_days()
    found = queue(by=visit.person, at=visit.at, within=within, compartments=visit.compartments)
    return [(q.request, q.status, clock(q.status, at=visit.at, within=within), q.asked_of_us) for q in found]


def _known(visit: Visit) -> list[tuple]:  # type: ignore[type-arg]
    state = visit.request.GET.get("state", "open")
    states = [state] if state in STATES else (OPEN if state == "open" else tuple(STATES))
    found = visible(visit.person, visit.at, visit.compartments).filter(state__in=states)
    newest = found.select_related("organisation", "region").order_by("-created", "-pk")[: _SHOWN + 1]
    return [(*row, False) for row in rows(visit, newest)]


addresses: list[URLPattern] = [
    path("requests", requests, name="requests"),
    *beginning.addresses, *form.addresses, *showing.addresses, *acts.addresses, *triage.addresses,
    *considering.addresses, *terms.addresses, *signing.addresses, *risks.addresses,
]  # fmt: skip
