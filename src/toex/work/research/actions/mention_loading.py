"""Taking in what people accepted that texts name: a delivery like any other, by whoever loads for the operation."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from toex.work.access.delivered import dataset_shown
from toex.work.access.sitting import Sitting
from toex.work.audit.actions import one_act, record
from toex.work.citations.queries import copies_under
from toex.work.errors import NotAllowed, OutOfOrder
from toex.work.holdings.actions import receive_file
from toex.work.holdings.models import Dataset, Receipt
from toex.work.research.mention_delivery import MAPPING, NamedRow, write
from toex.work.research.models import Mention
from toex.work.research.queries.mention_loading import mentions_to_load, takes_mention
from toex.work.staff.models import Person


def take_in_mentions(*, seat: Sitting, dataset: str, by: Person, at: datetime) -> Receipt:
    """Take in what waits for a dataset: a row for each text whose rulings changed, with all that stands accepted of it.

    By every rule of `receive_file`. What was taken back leaves with this version of the row. NotAllowed under a grant to
    read by, NotThere where the grant does not load that dataset, OutOfOrder where nothing waits for it.
    """
    standing = seat.standing()
    if seat.person.pk != by.pk or standing.kind.read_only:
        raise NotAllowed("Rulings on texts are taken in from one's own seat, by whoever loads (rule 1).")
    chosen = dataset_shown(standing, dataset)
    waiting = mentions_to_load([chosen], compartments=standing.person.compartments)
    if not waiting:
        raise OutOfOrder("Nothing that people accepted of texts waits for this dataset.")
    held = _rulings(chosen, waiting[0].record_ids)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{chosen.name}.csv"
        write(path, _rows(held))
        receipt = receive_file(
            dataset=chosen, path=path, mapping=MAPPING, by=by, at=at, grant=seat.grant.pk, file=path.name,
            compartments=standing.person.compartments,
        )  # fmt: skip
    return _taken(held, chosen, receipt, by=by, at=at, grant=seat.grant.pk)


def _rulings(dataset: Dataset, record_ids: tuple[str, ...]) -> list[Mention]:
    """List every ruling there ever was in this dataset's work on some texts, refused and taken back ones too: they count."""
    found = Mention.objects.filter(record_id__in=record_ids, operation=dataset.operation).select_related("by")
    return [one for one in found if takes_mention(dataset, one)]


def _rows(held: list[Mention]) -> list[NamedRow]:
    copies = copies_under("research", [f"mention:{one.pk}" for one in held], {one.record_id for one in held})
    texts = {one.record_id: [m for m in held if m.record_id == one.record_id] for one in held}
    return [
        NamedRow(
            record_id, rulings[-1].domain, copies.get(record_id, {}), rulings[-1].subject,
            [one for one in rulings if one.ruling == "accepted" and one.undone is None],
            len(rulings) + sum(one.undone is not None for one in rulings),
        )
        for record_id, rulings in sorted(texts.items())
    ]  # fmt: skip


def _taken(held: list[Mention], dataset: Dataset, receipt: Receipt, *, by: Person, at: datetime, grant: int) -> Receipt:
    """Keep in which delivery each ruling went; what was taken back while it was taken in waits on."""
    went = [one.pk for one in held if one.ruling == "accepted"]
    stood = [one.pk for one in held if one.undone is None]
    with one_act():
        Mention.objects.filter(pk__in=went).update(dataset=dataset, receipt=receipt, to_load=None)
        Mention.objects.filter(pk__in=set(stood) & set(went), undone__isnull=False).update(to_load=at)
        record(
            "collection", "research.take_in_mentions", by=by, at=at, objects=[f"holdings:receipt:{receipt.pk}"],
            facts={"rulings": len(went), "receipt": receipt.pk}, grant=grant, operation=dataset.operation,
            compartment=dataset.compartment,
        )  # fmt: skip
    return receipt
