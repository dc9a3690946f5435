"""Who may adopt, run and close operations, and who may know of a compartment (rule 12)."""

import re
import unicodedata
from collections.abc import Set

from toex.work.errors import Incomplete, NotAllowed, NotThere
from toex.work.operations.models import Compartment, Operation
from toex.work.staff.models import Person

MOST_CODE = 20  # letters of a compartment's code: three of them fit into one audit entry
NO_COMPARTMENT = "There is no compartment of that name."
NO_OPERATION = "There is no operation of that name."


def reference_of(name: str, compartment: str = "") -> str:
    """Give the reference of an operation: its name in small letters, digits and hyphens, without the word Operation.

    Within a compartment its code stands before the name, so that no open operation can collide with a hidden one.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    said = re.sub(r"[^a-z0-9]+", "-", plain.removeprefix("operation ")).strip("-")
    if not said:
        raise Incomplete("An operation has a name in letters or digits.", {"name": "missing"})
    return f"{compartment}-{said}"[:63].strip("-") if compartment else said[:63].strip("-")


def may_run(operation: Operation, *, person: Person, region_roles: Set[str]) -> bool:
    """Say whether somebody runs an operation: its manager, or a manager of its region."""
    return "manager" in region_roles or (operation.manager_id == person.pk and person.active)


def check_run(operation: Operation, *, person: Person, region_roles: Set[str], compartments: Set[str]) -> None:
    """Raise NotThere outside the operation's compartment, NotAllowed for anybody but who runs it."""
    if operation.compartment and operation.compartment not in compartments:
        raise NotThere(NO_OPERATION)
    if not may_run(operation, person=person, region_roles=region_roles):
        raise NotAllowed("An operation is run by its manager, or by a manager of its region.")


def check_owner(compartment: Compartment, *, person: Person) -> None:
    """Raise NotThere for anybody but the owner: who does not own a compartment learns nothing of it by trying."""
    if compartment.owner_id != person.pk or not person.active or compartment.closed is not None:
        raise NotThere(NO_COMPARTMENT)


def check_named(person: Person, *, roles: Set[str]) -> None:
    """Raise NotAllowed for somebody who cannot be a reader: out of use, or an administrator of accounts."""
    if not person.active or not roles:
        raise NotAllowed("A reader is somebody in use who holds a role today.")
    if "administrator" in roles:
        raise NotAllowed("Who administers accounts is not named a reader of a compartment (rule 12).")
