"""The register of what is held, and one dataset: on what basis, until when, what came of it."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.urls import path

from toex.reference import load
from toex.web.holdings import deliveries, pnd, registering, retention
from toex.web.holdings import load as loading
from toex.web.visits import Visit, page
from toex.work.access.delivered import names_reached
from toex.work.holdings.mappings import kept_mappings
from toex.work.holdings.models import Dataset, Erasure
from toex.work.holdings.queries import receipts_of
from toex.work.holdings.register import Entry, coming, entries
from toex.work.operations.queries import known_dataset, known_datasets
from toex.work.staff.policies import MAY

_SHOWN = 20


@page
def holdings(visit: Visit) -> HttpResponse:
    """Show every dataset that somebody may know of, narrowed as they ask."""
    known = list(known_datasets(visit.person, visit.at, visit.compartments))
    asked = {name: visit.request.GET.get(name, "") for name in ("force", "kind", "binding", "wants")}
    listed = entries(known, shown=shown_to(visit, known), on=visit.at.date())
    kinds = load("dataset_kinds")
    return visit.show(
        "holdings/holdings.html", entries=[one for one in listed if _wanted(one, asked)], all=len(listed), asked=asked,
        forces=sorted({(one.supplier_id, one.supplier.name) for one in known}, key=lambda force: force[1]),
        kinds=[(code, kinds.label(code)) for code in sorted({one.kind for one in known})],
        may_register=bool(visit.roles & MAY["register a dataset"]),
    )  # fmt: skip


@page
def dataset(visit: Visit, called: str) -> HttpResponse:
    """Show one dataset: its registration and earlier versions, deliveries, mappings, holds, reviews."""
    found = known_dataset(visit.person, called, visit.at, compartments=visit.compartments)
    shown = found.name in shown_to(visit, [found])
    facts = load("dataset_facts")
    may = {what: bool(visit.roles & MAY[rule]) for what, rule in _ACTS.items()}
    return visit.show(
        "holdings/dataset.html", shown=shown, coming=coming(found, visit.at.date()), dataset=found, may=may,
        details=[(facts.label(fact), value) for fact, value in found.details.items() if value],
        versions=found.amendments.order_by("-version"), reviews=found.reviews.order_by("-at"),
        holds=found.holds.order_by("-placed"), mappings=kept_mappings(found) if shown else (),
        receipts=receipts_of(found)[:_SHOWN] if shown else (),
        erasures=[one for one in _erasures(visit) if found.name in one.datasets] if may["review"] else (),
    )  # fmt: skip


_ACTS = {
    "register": "register a dataset", "review": "review records for retention", "hold": "place a legal hold",
    "approve": "approve an erasure",
}  # fmt: skip


def shown_to(visit: Visit, datasets: Sequence[Dataset]) -> frozenset[str]:
    """Name the datasets whose numbers this person sees: all for who registers, else those that a live grant reaches."""
    if visit.roles & MAY["register a dataset"]:
        return frozenset(one.name for one in datasets)
    return names_reached(visit.person, visit.at)


def _erasures(visit: Visit) -> Sequence[Erasure]:
    found = Erasure.objects.filter(compartment__in=["", *visit.compartments])
    return list(found.select_related("asked_by", "decided_by").order_by("-pk"))


def _wanted(entry: Entry, asked: dict[str, str]) -> bool:
    one = entry.dataset
    wants = {
        "review": bool(entry.coming), "set_aside": entry.delivered is not None and entry.delivered.rows_set_aside > 0,
        "nothing": entry.shown and entry.delivered is None, "closed": one.closed is not None or one.disposed is not None,
    }  # fmt: skip
    return (
        asked["force"] in ("", one.supplier_id)
        and asked["kind"] in ("", one.kind)
        and asked["binding"] in ("", one.binding)
        and wants.get(asked["wants"], True)
    )


addresses = [
    path("holdings", holdings, name="holdings"),
    *registering.addresses,
    *retention.addresses,
    path("holdings/datasets/<slug:called>", dataset, name="dataset"),
    *registering.amending,
]
desk_addresses = [*loading.addresses, *deliveries.addresses, *pnd.addresses]
