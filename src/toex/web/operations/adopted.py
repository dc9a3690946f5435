"""Operations: those one may know of, and one of them with its terms, people, datasets, grants and jobs."""

from django.http import HttpResponse
from django.urls import path

from toex.web.visits import Visit, page
from toex.work.access.models import Grant
from toex.work.jobs.queries import jobs_for
from toex.work.operations.policies import may_run
from toex.work.operations.queries import operation_for, visible_operations
from toex.work.staff.policies import roles
from toex.work.tasking.models import Terms
from toex.work.tasking.queries import datasets_of, last_agreed, people_of, visible

_SHOWN = 10


@page
def operations(visit: Visit) -> HttpResponse:
    """List operations, the open ones first."""
    found = visible_operations(visit.person, visit.at).select_related("region", "manager", "request")
    listed = sorted(found, key=lambda one: (one.closed is not None, one.name))
    return visit.show("operations/operations.html", listed=listed)


@page
def operation(visit: Visit, reference: str) -> HttpResponse:
    """Show one operation."""
    one = operation_for(visit.person, reference, visit.at)
    terms: Terms | None = last_agreed(one.request, visit.at)
    people = people_of(terms) if terms else []
    runs = may_run(one, person=visit.person, region_roles=roles(visit.person, visit.at, organisation=one.region_id))
    return visit.show(
        "operations/operation.html", operation=one, terms=terms, people=people,
        datasets=datasets_of(terms) if terms else (), mine=visit.person in [*people, one.manager], runs=runs,
        products=list(terms.products.all()) if terms else [], milestones=list(terms.milestones.all()) if terms else [],
        grants=list(Grant.objects.filter(operation=one).order_by("-pk")[:_SHOWN]),
        jobs=jobs_for(one.reference, compartments=visit.compartments, limit=_SHOWN),
        known=visible(visit.person, visit.at, visit.compartments).filter(pk=one.request_id).exists(),
    )  # fmt: skip


addresses = [
    path("operations", operations, name="operations"),
    path("operations/<slug:reference>", operation, name="operation"),
]
