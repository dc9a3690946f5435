"""Which texts of an operation wait at a load desk for what people accepted that they name, and for which of its datasets."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from toex.work.holdings.models import Dataset
from toex.work.research.models import Mention
from toex.work.research.policies import is_open_to

KIND = "own_mentions"  # of list "dataset_kinds"


@dataclass(frozen=True, slots=True)
class WaitingTexts:
    """A dataset, the texts with rulings that wait for it, and since when the first has waited."""

    dataset: Dataset
    record_ids: tuple[str, ...]
    since: datetime


def takes_mention(dataset: Dataset, mention: Mention) -> bool:
    """Say whether a dataset takes a ruling: the one that has it already, else its operation's, of its compartment.

    It is always the operation's own: in another's hands it would tell of texts that are not shown there (rule 11).
    """
    if mention.dataset_id:
        return bool(mention.dataset_id == dataset.pk)
    own = dataset.kind == KIND and bool(dataset.operation) and dataset.operation == mention.operation
    return own and dataset.compartment == mention.compartment


def mentions_to_load(datasets: Sequence[Dataset], *, compartments: Set[str]) -> list[WaitingTexts]:
    """List for each of these datasets the texts that wait, as far as their reader may know of them."""
    own = [one for one in datasets if one.kind == KIND]
    if not own:
        return []
    waiting = list(Mention.objects.filter(to_load__isnull=False).order_by("to_load", "pk"))
    found = []
    for dataset in own:
        held = [m for m in waiting if takes_mention(dataset, m) and is_open_to(m.compartment, compartments)]
        if held and held[0].to_load:
            found.append(WaitingTexts(dataset, tuple(dict.fromkeys(m.record_id for m in held)), held[0].to_load))
    return found
