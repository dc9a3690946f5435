"""Which datasets' deliveries somebody sees: numbers and reasons for who reads the records or loads them, and for nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from toex.pole import domain
from toex.store import View
from toex.work.access.facts import DatasetFacts
from toex.work.access.kinds import Kind, kind_of
from toex.work.access.queries import facts_held
from toex.work.access.sitting import Sitting, Standing
from toex.work.errors import NotAllowed, NotThere
from toex.work.holdings.models import Dataset, Receipt
from toex.work.holdings.policies import NO_DATASET
from toex.work.staff.models import Person

NO_DELIVERY = "There is no such delivery for this work."


def datasets_shown(standing: Standing) -> list[Dataset]:
    """List the datasets of a grant whose deliveries it shows; NotAllowed where it shows none.

    A quality sheet tells numbers: it is for whoever reads the records or loads them, not for pointers and counts.
    """
    _check(standing)
    shown = standing.scope.domains or frozenset()
    named = [d.name for d in standing.facts.datasets]
    found = Dataset.objects.filter(name__in=named).select_related("supplier").order_by("name")
    return [one for one in found if domain(one.name, one.compartment) in shown]


def dataset_shown(standing: Standing, name: str) -> Dataset:
    """Give one of the datasets whose deliveries a grant shows; NotThere for another."""
    found = next((one for one in datasets_shown(standing) if one.name == name), None)
    if found is None:
        raise NotThere(NO_DATASET)
    return found


def receipt_shown(standing: Standing, number: int) -> Receipt:
    """Give a delivery by its number where the grant shows it; NotThere otherwise."""
    found = Receipt.objects.select_related("dataset__supplier", "received_by").filter(pk=number).first()
    if found is None or found.dataset not in datasets_shown(standing):
        raise NotThere(NO_DELIVERY)
    return found


def names_reached(person: Person, at: datetime) -> frozenset[str]:
    """Name the datasets whose deliveries some live grant shows to a person."""
    return frozenset(
        one.name for grant in facts_held(person, at).values() if _shows(kind_of(grant.kind, grant.duty))
        for one in _within(grant.datasets, grant.operation)
    )  # fmt: skip


@contextmanager
def set_aside_view(seat: Sitting, standing: Standing) -> Iterator[View]:
    """Lend a view to list rows that were not loaded: their place and reason. A loader is shown nothing else by it (rule 1)."""
    _check(standing)
    with seat.lend(standing) as view:
        yield view


def _check(standing: Standing) -> None:
    if not _shows(standing.kind):
        raise NotAllowed("This grant shows no deliveries: a grant shows the least it needs (rule 1).")


def _shows(kind: Kind | None) -> bool:
    return kind is not None and (kind.shows == "records" or kind.duty == "loading")


def _within(datasets: tuple[DatasetFacts, ...], operation: str) -> Iterator[DatasetFacts]:
    yield from (one for one in datasets if not one.ended and one.operation in ("", operation))
