"""What goes back to the forces that own the records: for each its own rows, and nothing of anybody else's."""

from django.http import HttpResponse
from django.urls import path

from toex.web.visits import Visit, desk
from toex.work.exchange.actions import return_lists
from toex.work.exchange.models import ReturnedList
from toex.work.exchange.owners import suppliers_shown
from toex.work.judgements.seat import UnitSeat

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@desk
def owners(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """List the forces whose records this grant shows, with what was given back to each before; give one its lists."""
    forces = suppliers_shown(seat.check_shows("records"))
    if visit.posted:
        with visit.attempt() as attempt:
            lists, content = return_lists(supplier=visit.sent.get("to", ""), seat=seat, by=visit.person, at=visit.at)
        if not attempt.done:
            return visit.go("desk:owners")
        name = f"own-rows-{lists.to.code.lower()}-{visit.at:%Y-%m-%d}.xlsx"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content, content_type=_XLSX, headers=headers)
    before: dict[str, ReturnedList] = {}
    for one in ReturnedList.objects.filter(to__in=forces, grant=seat.grant).select_related("by").order_by("pk"):
        before[one.to_id] = one
    rows = [(force, before.get(force.code)) for force in forces]
    return visit.show("exchange/owners.html", rows=rows, out=seat.grant.kind != "duty")


desk_addresses = [path("owners", owners, name="owners")]
