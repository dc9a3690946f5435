"""datasets, load, conflate in a unit home: what is held, and jobs that take it in and apply rulings."""

import argparse
import tomllib
from pathlib import Path

from toex.cli.desk import Desk
from toex.cli.exits import Exit
from toex.cli.unit.jobs import finish
from toex.cli.unit.people import organisation
from toex.picture import NOTE, preview, read_note
from toex.work.access.queries import grants_of
from toex.work.errors import NotAllowed, NotThere
from toex.work.holdings.actions import receive_file, register
from toex.work.holdings.models import Dataset, Receipt
from toex.work.holdings.policies import NO_DATASET
from toex.work.jobs.actions import enqueue
from toex.work.jobs.models import Job
from toex.work.judgements.actions import CONFLATE
from toex.work.operations.queries import compartments_of, known_datasets
from toex.work.staff.models import Person
from toex.work.staff.policies import check_may


def list_datasets(args: argparse.Namespace, desk: Desk) -> int:
    """List the registered datasets that one may know of."""
    person, now = desk.person(), desk.now()
    found = list(known_datasets(person, now, compartments_of(person, now)))
    rows = [
        (d.name, str(d.supplier), d.kind, d.operation or "standing", d.marking, f"{d.review_date:%d/%m/%Y}")
        for d in found
    ]
    desk.table("", ("dataset", "supplier", "kind", "bound to", "marking", "review"), rows)
    desk.answer([d.name for d in found])
    return (Exit.DONE if found else Exit.NOTHING).value


def add(args: argparse.Namespace, desk: Desk) -> int:
    """Register a dataset as a TOML file describes it."""
    by, now = desk.person(), desk.now()
    said = tomllib.loads(args.file.read_text(encoding="utf-8"))
    made = register(
        **{**said, "supplier": organisation(str(said["supplier"]))},
        by=by,
        at=now,
        compartments=compartments_of(by, now),
    )
    desk.say(f"Registered: {made.name}.")
    return Exit.DONE.value


def load(args: argparse.Namespace, desk: Desk) -> int:
    """Receive a file, or every file of a folder with a delivery note, and carry the loading out."""
    by, now = desk.person(), desk.now()
    grant, held = duty("loading", by, desk), compartments_of(by, now)
    received = [
        receive_file(
            dataset=_dataset(name), path=path, mapping=mapping, by=by, at=now, grant=grant, file=path.name,
            compartments=held,
        )
        for path, name, mapping in _files(args, desk)
    ]  # fmt: skip
    code = Exit.DONE.value
    for receipt in received:
        if receipt.state == "received" and receipt.job and not args.later:
            code = max(code, finish(Job.objects.get(pk=receipt.job), desk))
    done = list(Receipt.objects.filter(pk__in=[r.pk for r in received]).order_by("pk"))
    rows = [(r.pk, r.file, r.state, r.rows_in, r.rows_loaded, r.rows_set_aside, r.reason) for r in done]
    desk.table("", ("receipt", "file", "state", "rows in", "loaded", "set aside", ""), rows)
    desk.answer([{"receipt": r.pk, "state": r.state, "rows_in": r.rows_in, "loaded": r.rows_loaded} for r in done])
    return Exit.FILE.value if any(r.state == "refused" for r in done) else code


def conflate(args: argparse.Namespace, desk: Desk) -> int:
    """Queue a conflation under the conflation duty, and carry it out."""
    by, now = desk.person(), desk.now()
    check_may(by, "conflate", now)
    grant = duty("conflation", by, desk)
    return finish(enqueue(kind=CONFLATE, args={}, by=by, at=now, title="Conflate", grant=grant), desk)


def _files(args: argparse.Namespace, desk: Desk) -> list[tuple[Path, str, str]]:
    if args.file.is_dir():
        return [(n.path, n.delivery.dataset.name, n.delivery.mapping) for n in read_note(args.file)]
    if not args.dataset:
        raise NotThere(f"Name the --dataset that the file is a delivery of, or a folder with its {NOTE}.")
    return [(args.file, args.dataset, args.mapping or preview(args.file, at=desk.now()).mapping)]


def _dataset(name: str) -> Dataset:
    found = Dataset.objects.filter(pk=name).first()
    if found is None:
        raise NotThere(NO_DATASET)
    return found


def duty(name: str, person: Person, desk: Desk) -> int:
    """Give the grant of a duty that somebody holds now."""
    held = [g for g in grants_of(person, desk.now()) if g.duty == name]
    if not held:
        raise NotAllowed(
            f"This takes a live grant for the duty of {name} (rule 1): ask for one with `toex grants ask`."
        )
    return int(held[0].pk)
