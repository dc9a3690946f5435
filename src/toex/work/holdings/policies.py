"""The rules of what may be held: what a registration must say, what an authority allows, who may let go of what."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from toex.pole import Dataset as Described
from toex.pole.values import marking
from toex.reference import Code, load
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.holdings.models import Dataset, Erasure
from toex.work.staff.models import Person

NO_DATASET = "There is no dataset of that name for this work."
LARGEST = 2 * 1024**3  # bytes of a delivered file
MOST_WAITING = 40  # files that one person may have brought and not handed in
REQUIRED = ("name", "title", "supplier", "lawful_basis", "agreement", "marking", "retention_group")

# state of an erasure -> the states that may follow
ERASURE_STATES: Mapping[str, frozenset[str]] = {
    "asked": frozenset({"approved", "refused"}),
    "refused": frozenset(),
    "approved": frozenset({"certified"}),
    "certified": frozenset(),
}


@dataclass(frozen=True, slots=True)
class Registration:
    """All that a registration says of a dataset; one dated version of it."""

    name: str
    title: str
    supplier: str
    lawful_basis: str
    agreement: str
    marking: str
    retention_group: str
    review_date: date | None
    binding: str = "standing"
    operation: str = ""
    kind: str = "other"
    authority: str = ""
    expiry: date | None = None
    policy_document: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    pnd_state: str = "due"
    pnd_why: str = ""
    compartment: str = ""

    def as_json(self) -> dict[str, object]:
        """Give the version as it is kept: days as ISO texts."""
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(self).items()}


def check_registration(said: Registration, *, on: date) -> None:
    """Raise NotAllowed where the data may not be held here at all, Incomplete with every field that lacks something."""
    kind = load("dataset_kinds").get(said.kind, on=on)
    check_marking(said.marking)
    if kind and kind.attribute("refused"):
        raise NotAllowed(f"{kind.label} are not taken. {kind.attribute('refused')}")
    gaps = {**_gaps(said, on), **_binding_gaps(said, kind), **_kind_gaps(said, kind, on), **_pnd_gaps(said)}
    if gaps:
        raise Incomplete("The registration is not complete: " + "; ".join(sorted(gaps.values())) + ".", gaps)


def check_marking(text: str) -> None:
    """Raise NotAllowed for a marking above OFFICIAL-SENSITIVE."""
    if text and marking.refuses(text):
        raise NotAllowed("Nothing marked SECRET or above may be held here; the workbench is for OFFICIAL and below it.")


def _gaps(said: Registration, on: date) -> dict[str, str]:
    gaps = {name: f"{name.replace('_', ' ')} is missing" for name in REQUIRED if not getattr(said, name).strip()}
    held = {code.code for code in load("markings") if code.attribute("held")}
    if said.marking and said.marking not in held:
        gaps["marking"] = "marking is one of " + ", ".join(sorted(held))
    if said.retention_group and said.retention_group not in load("review_groups"):
        gaps["retention_group"] = "retention group is one of the review groups"
    if said.review_date is None or said.review_date <= on:
        gaps["review_date"] = "review date lies ahead (DPA 2018 s.39(2))"
    try:
        if said.name:
            Described(said.name, said.supplier)
    except ValueError as error:
        gaps["name"] = str(error).rstrip(".")
    return gaps


def _binding_gaps(said: Registration, kind: Code | None) -> dict[str, str]:
    if said.binding not in ("standing", "operation"):
        return {"binding": "binding is standing or operation"}
    if kind and kind.attribute("bound") and said.binding != "operation":
        return {"binding": f"{kind.label.lower()} is always bound to an operation (rule 11)"}
    if (said.binding == "operation") != bool(said.operation):
        return {"operation": "an operation is named where, and only where, the dataset is bound to one"}
    return {}


def _kind_gaps(said: Registration, kind: Code | None, on: date) -> dict[str, str]:
    """What the kind of data requires on top; the lists say it, so a new rule is a new line of data."""
    if kind is None:
        return {"kind": "kind is one of the kinds of dataset"}
    facts = load("dataset_facts")
    given = {**said.details, "authority": said.authority, "expiry": str(said.expiry or "")}
    gaps = {n: f"{facts.label(n).lower()} is missing" for n in kind.words("requires") if not given.get(n, "").strip()}
    for name, value in given.items():
        known = facts.get(name)
        if known is None:
            gaps[name] = "a detail is not one that is known"
        elif value and known.words("values") and value not in known.words("values"):
            gaps[name] = f"{known.label.lower()} is one of {', '.join(known.words('values'))}"
    if given.get("privilege") == "released" and not given.get("released_by"):
        gaps["released_by"] = "whoever released the quarantined material is named"
    if kind.attribute("sensitive") and not said.policy_document:
        gaps["policy_document"] = "the appropriate policy document is missing (DPA 2018 s.42)"
    if said.expiry and said.expiry < on:
        gaps["expiry"] = "the authority has ended"
    return gaps


def _pnd_gaps(said: Registration) -> dict[str, str]:
    if said.pnd_state not in load("pnd_states"):
        return {"pnd_state": "the state towards PND is one that is known"}
    if said.pnd_state in ("not_for_pnd", "recorded") and not said.pnd_why:
        return {"pnd_why": "a default other than due or submitted says why"}
    return {}


def live_for_reading(dataset: Dataset, day: date) -> bool:
    """Say whether a dataset may be read on a day: open, within its authority, nothing privileged left in quarantine."""
    open_still = dataset.closed is None and dataset.disposed is None
    within = dataset.expiry is None or day <= dataset.expiry
    return open_still and within and not is_quarantined(dataset)


def is_quarantined(dataset: Dataset) -> bool:
    """Say whether legally privileged material may be in it that nobody has released: nobody reads it (rule 11)."""
    return str(dataset.details.get("privilege", "")) == "quarantined"


def check_known(compartment: str, compartments: Collection[str]) -> None:
    """Raise NotThere where something lies in a compartment that the person does not read (rule 12)."""
    if compartment and compartment not in compartments:
        raise NotThere(NO_DATASET)


def check_size(size: int) -> None:
    """Raise Incomplete for a file that is larger than any that is taken, or empty."""
    if size > LARGEST:
        raise Incomplete("A delivered file has two gigabytes at most.", {"file": "too large"})
    if not size:
        raise Incomplete("The file is empty.", {"file": "empty"})


def check_receivable(dataset: Dataset, day: date) -> None:
    """Raise OutOfOrder where no new file of a dataset may be received on a day."""
    if dataset.closed is not None or dataset.disposed is not None:
        raise OutOfOrder("The dataset is closed, so nothing more is received into it.")
    if dataset.expiry is not None and day > dataset.expiry:
        raise OutOfOrder("The authority for this dataset has ended, so no new file of it is received (rule 11).")


def check_other(person: Person, asker: Person, what: str) -> None:
    """Raise NotAllowed where somebody would approve what they asked for."""
    if person.pk == asker.pk:
        raise NotAllowed(f"Another person than the one who asked {what}.")


def check_not_registrar(dataset: Dataset, person: Person) -> None:
    """Raise NotAllowed where somebody would release from quarantine what they registered themselves."""
    if dataset.registered_by == person.username:
        raise NotAllowed("Privileged material is released by another person than the one who registered it.")


def check_follows(erasure: Erasure, state: str) -> None:
    """Raise OutOfOrder unless the erasure may pass into the state."""
    if state not in ERASURE_STATES[erasure.state]:
        raise OutOfOrder(f"An erasure that is {erasure.state} cannot become {state}.")


def check_code(list_name: str, code: str, field_name: str) -> None:
    """Raise Incomplete where a code is not on its list."""
    if code not in load(list_name):
        raise Incomplete(f"It takes one of: {', '.join(load(list_name).codes())}.", {field_name: "not on the list"})


def check_said(**texts: str) -> None:
    """Raise Incomplete where a text that the rule needs is empty; the fields are named as given."""
    gaps = {name: "missing" for name, text in texts.items() if not text.strip()}
    if gaps:
        raise Incomplete(f"To be recorded, it needs: {_listed(gaps)}.", gaps)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in sorted(names))
