"""The unit's demonstration: the people of the brochure take one force's request to a conflated, permitted picture."""

import argparse
import json
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

from toex.cli.desk import Desk
from toex.cli.exits import Exit
from toex.cli.later import MARK
from toex.cli.unit import larkmere as story
from toex.cli.unit.desks import work
from toex.cli.unit.jobs import drain
from toex.cli.unit.people import System
from toex.picture import NOTE, Noted, find, read_note, read_request
from toex.picture import Request as Asked
from toex.work.access import actions as access
from toex.work.access.models import Grant
from toex.work.access.sitting import sit
from toex.work.audit.checkpoints import checkpoint
from toex.work.errors import WorkError
from toex.work.holdings.actions import receive_file, register
from toex.work.holdings.models import Dataset, Receipt
from toex.work.jobs.actions import enqueue
from toex.work.judgements.actions import CONFLATE
from toex.work.judgements.seat import UnitSeat
from toex.work.operations.models import Operation
from toex.work.staff import actions as staff
from toex.work.staff.models import Organisation, Person
from toex.work.staff.queries import region_of
from toex.work.tasking.actions import considering, drafting, signing, terms, triage
from toex.work.tasking.agreement import Proxy
from toex.work.tasking.models import Request, Terms

_BEGAN = timedelta(days=12)  # the request came before today, so that its terms are in force when one looks
_PICTURE = """
    SELECT (SELECT count(*) FROM person) AS people, count(*) FILTER (standing = 'joined') AS joined,
           count(*) FILTER (standing = 'possible') AS possible
    FROM tie"""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where it is played: the force's files and request, the desk it is told at, a clock, and who has come on so far."""

    files: Path
    desk: Desk
    clock: Callable[[], datetime]
    asked: Asked
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def team(self) -> list[Person]:
        """The people whom the terms of reference name."""
        return [self.people[username] for username in story.TEAM]


def walk(args: argparse.Namespace, desk: Desk) -> int:
    """Fill a new unit home from a fictional world's files, as its people would, and tell what they did."""
    files, now = Path(args.files), desk.now()
    stage = Stage(files, desk, _clock(now - _BEGAN), read_request(files / "request.toml"))
    _enrol(stage)
    noted = read_note(files / "week1")
    standing = [one for one in noted if one.delivery.dataset.binding == "standing"]
    bound = [one for one in noted if one.delivery.dataset.binding == "operation"]
    _register(stage, standing, today=now.date())
    duties = _duties(stage, datasets=_names(standing))
    _receive(stage, standing, duties["loading"], "Loading the standing datasets")
    request = _ask(stage)
    operation = _agree(stage, request, datasets=_names(standing))
    _register(stage, bound, today=now.date(), operation=operation.reference)
    _receive(stage, bound, duties["loading"], "Loading what is bound to the operation")
    _vary(stage, request, operation, datasets=_names(noted))
    enqueue(
        kind=CONFLATE, args={}, by=stage.people["theo"], at=stage.clock(), title="Conflate",
        grant=duties["conflation"].pk,
    )  # fmt: skip
    drain(desk, "Conflating")
    grant = Grant.objects.get(operation=operation, kind="operation")
    _look(stage, grant)
    _work(stage, grant)
    checkpoint(at=desk.now())
    _tell(stage, request, grant, duties["audit"])
    return Exit.DONE.value


def _clock(start: datetime) -> Callable[[], datetime]:
    """Give a clock that goes on by ten minutes at every look: one act after another."""
    steps = count()
    return lambda: start + timedelta(minutes=10 * next(steps))


def _names(noted: Sequence[Noted]) -> list[str]:
    return sorted({one.delivery.dataset.name for one in noted})


def _enrol(stage: Stage) -> None:
    """Found the organisations, those that the deliveries name among them, and enrol the cast."""
    system, clock = System(), stage.clock
    staff.found(by=system, at=clock())
    force = Organisation.objects.get(code=stage.asked.force)
    region = region_of(force.code, clock().date()) or force
    for username, name in (("ada", "Ada Marsh"), ("owen", "Owen Fell")):
        by = staff.enrol(username=username, name=name, home=region, password=story.LOG_IN, by=system, at=clock())
        staff.give_role(person=by, role="administrator", organisation=region, by=system, at=clock())
    for entry in tomllib.loads((stage.files / "week1" / NOTE).read_text(encoding="utf-8")).get("organisation", ()):
        if not Organisation.objects.filter(code=entry["code"]).exists():
            staff.add_organisation(code=entry["code"], name=entry["name"], kind=entry["kind"], by=by, at=clock())
    for player in story.CAST:
        home = force if player.of == "force" else region
        stage.people[player.username] = person = staff.enrol(
            username=player.username, name=player.name, rank=player.rank, home=home, password=story.LOG_IN,
            by=system, at=clock(),
        )  # fmt: skip
        staff.give_role(person=person, role=player.role, organisation=home, by=system, at=clock())
        if player.hours:
            staff.set_capacity(person=person, hours=player.hours, since=clock().date(), by=person, at=clock())


def _register(stage: Stage, noted: Sequence[Noted], *, today: date, operation: str = "") -> None:
    for told in {one.delivery.dataset.name: one.delivery.dataset for one in noted}.values():
        kind = story.kind_of(told.name)
        register(
            name=told.name, title=told.title, supplier=Organisation.objects.get(code=told.supplier), kind=kind,
            lawful_basis=told.lawful_basis, agreement=told.agreement, marking=told.marking,
            retention_group=told.retention_group, review_date=today.replace(year=today.year + 5, day=1),
            binding=told.binding, operation=operation, authority=told.authority,
            expiry=today + timedelta(days=90) if operation and told.authority else None,
            policy_document="APD/DEMO/7", details=story.details_of(kind, told.supplier), by=stage.people["theo"],
            at=stage.clock(),
        )  # fmt: skip


def _duties(stage: Stage, *, datasets: Sequence[str]) -> dict[str, Grant]:
    """Ask for the house's duties, each for one purpose, and let the Detective Inspector approve them."""
    made = {}
    for duty, username in story.DUTIES.items():
        holder, clock = stage.people[username], stage.clock
        grant = access.ask(
            kind="duty", duty=duty, purpose=f"The unit's {duty.replace('_', ' ')}.", people=[holder],
            datasets=datasets if duty in ("loading", "triage", "match_review") else (), ends=clock() + timedelta(days=30),
            by=holder, at=clock(),
        )  # fmt: skip
        made[duty] = access.approve(grant=grant, by=stage.people["ruth"], at=clock())
    return made


def _receive(stage: Stage, noted: Sequence[Noted], grant: Grant, title: str) -> None:
    """Receive files under the loading duty, let a worker load them, and tell what became of the rows."""
    taken = [
        receive_file(
            dataset=Dataset.objects.get(pk=one.delivery.dataset.name),
            path=one.path,
            mapping=one.delivery.mapping,
            by=stage.people["theo"],
            at=stage.clock(),
            grant=grant.pk,
            file=one.delivery.file,
        )
        for one in noted
    ]
    drain(stage.desk, title)
    done = list(Receipt.objects.filter(pk__in=[receipt.pk for receipt in taken]))
    rows = [(r.rows_in or 0, r.rows_loaded or 0, r.rows_set_aside or 0) for r in done]
    found, loaded, aside = (sum(column) for column in zip(*rows, strict=True))
    stage.desk.say(f"{title}: {len(done)} files, {found:,} rows in, {loaded:,} loaded, {aside:,} set aside.")


def _ask(stage: Stage) -> Request:
    """The force's form: drafted, the OCA consulted, submitted, triaged, weighed and accepted."""
    told = tomllib.loads((stage.files / "request.toml").read_text(encoding="utf-8"))
    asker, gateway, manager, clock = *(stage.people[one] for one in ("priya", "jo", "ruth")), stage.clock
    made = drafting.begin_draft(by=asker, at=clock())
    content = story.form(
        stage.asked, background=told["background"], objectives=told["objectives"], today=clock().date()
    )
    drafting.save_draft(request=made, content=content, by=asker, at=clock())
    drafting.ask_advice(request=made, by=asker, at=clock())
    drafting.advise(request=made, words=story.ADVICE, by=stage.people["tom"], at=clock())
    drafting.submit(request=made, by=asker, at=clock())
    triage.begin_triage(request=made, by=gateway, at=clock())
    crossing = triage.likely_duplicates(request=made, by=gateway, at=clock())
    triage.check(request=made, answers=story.TRIAGE, by=gateway, at=clock())
    triage.pass_on(request=made, priority="high", reason=story.TRIAGE["harm"], by=gateway, at=clock())
    considering.weigh(request=made, answers=story.SUITABILITY, by=manager, at=clock())
    considering.accept(request=made, reason="Suitable, and the hours are there.", by=manager, at=clock())
    stage.desk.say(
        f"{made.reference} of {stage.asked.force_name}: the OCA advised, {asker} submitted, {gateway} triaged "
        f"({len(crossing)} other requests name its subjects), {manager} accepted."
    )
    return made


def _agree(stage: Stage, request: Request, *, datasets: Sequence[str]) -> Operation:
    """Terms of reference drafted, signed by both sides, the SIO by recorded proxy; the work adopted."""
    objectives = list(request.objectives.all())
    content = story.terms(stage.asked, objectives, datasets=datasets, people=stage.team, now=stage.clock())
    made = terms.draft_terms(request=request, content=content, by=stage.people["ines"], at=stage.clock())
    _sign(stage, made, request)
    access.take_on(request=request, name=stage.asked.operation, by=stage.people["ruth"], at=stage.clock())
    return Operation.objects.get(request=request)


def _sign(stage: Stage, made: Terms, request: Request) -> None:
    asker, manager, clock = stage.people["priya"], stage.people["ruth"], stage.clock
    signed, (rank, name) = clock(), story.SIO.split(" ", 1)
    message = drafting.attach(
        request=request, name="signed.eml", content=f"Terms {made.version}: agreed. {story.SIO}".encode(), by=asker,
        at=clock(),
    )  # fmt: skip
    proxy = Proxy(name, rank, request.organisation, signed, "by email", message)
    signing.sign_by_proxy(terms=made, proxy=proxy, by=asker, at=clock())
    signing.sign(terms=made, by=manager, at=clock())
    stage.desk.say(
        f"Terms of reference, version {made.version}: {len(made.datasets)} datasets, {made.people.count()} people, "
        f"signed by {manager} and, by proxy, {story.SIO}."
    )


def _vary(stage: Stage, request: Request, operation: Operation, *, datasets: Sequence[str]) -> None:
    """The variation by which the call data, the handsets and the ANPR pull come under the operation's grant."""
    content = story.terms(
        stage.asked, list(request.objectives.all()), datasets=datasets, people=stage.team, now=stage.clock(),
        why="Call data, handsets and ANPR have come under their own authority.",
    )  # fmt: skip
    made = terms.vary(
        request=request, content=content, by=stage.people["ines"], at=stage.clock(), operation=operation.reference
    )
    _sign(stage, made, request)


def _look(stage: Stage, grant: Grant) -> None:
    """Who the terms name asks one question; who they do not name is refused."""
    analyst, stranger, desk = stage.people["lena"], stage.people["uma"], stage.desk
    number = next(s.value for s in stage.asked.subjects if s.kind == "phone")
    held = sit(person=analyst, grant=grant.pk, at=desk.now())
    seat = UnitSeat(held.person, held.grant, held.at)
    with seat.view() as view:
        told = view.query(_PICTURE).to_pylist()[0]
    desk.say(
        f"Conflated: under the operation's grant {told['people']:,} records of people, {told['joined']:,} pairs joined, "
        f"{told['possible']:,} possible and left to people."
    )
    desk.say(f"{analyst}, named by the terms, asks for {number}: {find(seat, number, at=desk.now()).result}.")
    try:
        sit(person=stranger, grant=grant.pk, at=desk.now())
    except WorkError as refused:
        desk.say(f"{stranger}, not named, asks for the same: {refused}")


def _work(stage: Stage, grant: Grant) -> None:
    """An hour's work of three of them, and the product that a worker draws from the picture."""
    desk = stage.desk
    made = work(stage.people, grant, stage.asked.subjects, at=desk.now())
    drain(desk, "Drawing the package from the picture")
    desk.say(
        f"On the desk: the grid “{made.grid.title}”, the chart “{made.chart.chart.title}”, a report that waits to be sanitised."
    )
    desk.say(
        f"{made.product.product.reference}, the intelligence package, is drawn: a draft until another person assures it."
    )


def _tell(stage: Stage, request: Request, grant: Grant, audit: Grant) -> None:
    desk = stage.desk
    rows = [(p.username, str(stage.people[p.username]), str(stage.people[p.username].home), p.role.replace("_", " "))
            for p in story.CAST]  # fmt: skip
    desk.table(f"\nWho can log in (password of everybody: {story.LOG_IN})", ("log-in", "name", "at", "role"), rows)
    desk.say(
        f"\nLook further:  export TOEX_PASSWORD='{story.LOG_IN}'\n"
        f"  toex --home {desk.home} --as lena search …            under the operation's grant ({grant.pk})\n"
        f"  toex --home {desk.home} --as ruth requests show {request.reference}\n"
        f"  toex --home {desk.home} --as gil --grant {audit.pk} audit read --purpose lawfulness\n"
        f"  toex --home {desk.home} audit verify\n"
        f"In a browser:  toex --home {desk.home} serve"
    )
    shown = {"page": f"/desk/{grant.pk}/", "as": "lena", "password": story.LOG_IN}
    (desk.home / MARK).write_text(json.dumps(shown), encoding="utf-8")
    desk.answer({"request": request.reference, "grant": grant.pk, "audit": audit.pk})
