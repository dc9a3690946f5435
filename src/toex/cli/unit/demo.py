"""The unit's demonstration: the people of the brochure take one force's request to a conflated, permitted picture."""

import argparse
import tomllib
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

from toex.cli.desk import Desk
from toex.cli.exits import Exit
from toex.cli.unit import larkmere as story
from toex.cli.unit.jobs import drain
from toex.cli.unit.people import System
from toex.picture import NOTE, Noted, find, package, read_note, read_request
from toex.work.access import actions as access
from toex.work.access.models import Grant
from toex.work.access.sitting import sit
from toex.work.audit.checkpoints import checkpoint
from toex.work.holdings.actions import receive_file, register
from toex.work.holdings.models import Dataset
from toex.work.jobs.actions import enqueue
from toex.work.judgements.actions import CONFLATE
from toex.work.judgements.seat import UnitSeat
from toex.work.operations.models import Operation
from toex.work.staff import actions as staff
from toex.work.staff.models import Organisation, Person
from toex.work.tasking.actions import considering, drafting, signing, terms, triage
from toex.work.tasking.agreement import Proxy
from toex.work.tasking.models import Request, Terms

_BEGAN = timedelta(days=12)  # the request came before today, so that its terms are in force when one looks
Clock = Callable[[], datetime]


def walk(args: argparse.Namespace, desk: Desk) -> int:
    """Fill a new unit home from a fictional world's files, as its people would, and tell what they did."""
    files, now = Path(args.files), desk.now()
    clock = _clock(now - _BEGAN)
    people = _people(files, clock)
    desk.say(f"Enrolled: {len(people)} people of the region, the force and its gateway.")
    standing, bound = _sorted(read_note(files / "week1"))
    _register(standing, people, clock, today=now.date())
    duties = _duties(people, clock, datasets=[one.delivery.dataset.name for one in standing])
    _receive(standing, people["theo"], duties["loading"], clock)
    drain(desk, "Loading the standing datasets")
    request = _ask(files, people, clock)
    operation = _agree(files, request, people, clock, datasets=[one.delivery.dataset.name for one in standing])
    _register(bound, people, clock, today=now.date(), operation=operation.reference)
    _receive(bound, people["theo"], duties["loading"], clock)
    drain(desk, "Loading what is bound to the operation")
    _vary(files, request, people, clock, [one.delivery.dataset.name for one in (*standing, *bound)])
    enqueue(kind=CONFLATE, args={}, by=people["theo"], at=clock(), title="Conflate", grant=duties["conflation"].pk)
    drain(desk, "Conflating")
    _look(files, operation, people["lena"], desk)
    checkpoint(at=desk.now())
    _tell(desk, request, operation)
    return Exit.DONE.value


def _clock(start: datetime) -> Clock:
    """Give a clock that goes on by ten minutes at every look: one act after another."""
    steps = count()
    return lambda: start + timedelta(minutes=10 * next(steps))


"""
"""


def _people(files: Path, clock: Clock) -> dict[str, Person]:
    """Enrol the cast, and the organisations that the deliveries name."""
    system, made = System(), dict[str, Person]()
    staff.found(by=system, at=clock())
    region = Organisation.objects.get(code=story.REGION)
    by = staff.enrol(username="ada", name="Ada Marsh", home=region, password=story.LOG_IN, by=system, at=clock())
    staff.give_role(person=by, role="administrator", organisation=region, by=system, at=clock())
    for entry in tomllib.loads((files / "week1" / NOTE).read_text(encoding="utf-8")).get("organisation", ()):
        if not Organisation.objects.filter(code=entry["code"]).exists():
            staff.add_organisation(code=entry["code"], name=entry["name"], kind=entry["kind"], by=by, at=clock())
    for player in story.CAST:
        home = Organisation.objects.get(code=player.at)
        person = staff.enrol(
            username=player.username, name=player.name, rank=player.rank, home=home, password=story.LOG_IN, by=system,
            at=clock(),
        )  # fmt: skip
        staff.give_role(person=person, role=player.role, organisation=home, by=system, at=clock())
        if player.hours:
            staff.set_capacity(person=person, hours=player.hours, since=clock().date(), by=person, at=clock())
        made[player.username] = person
    return made


def _sorted(noted: Sequence[Noted]) -> tuple[list[Noted], list[Noted]]:
    """Part what stands from what is bound to the operation: the second is registered once there is one."""
    return (
        [one for one in noted if one.delivery.dataset.binding == "standing"],
        [one for one in noted if one.delivery.dataset.binding == "operation"],
    )


def _register(
    noted: Sequence[Noted], people: dict[str, Person], clock: Clock, *, today: date, operation: str = ""
) -> None:
    for told in {one.delivery.dataset.name: one.delivery.dataset for one in noted}.values():
        kind = story.kind_of(told.name)
        bound = told.binding == "operation"
        register(
            name=told.name, title=told.title, supplier=Organisation.objects.get(code=told.supplier), kind=kind,
            lawful_basis=told.lawful_basis, agreement=told.agreement, marking=told.marking,
            retention_group=told.retention_group, review_date=today.replace(year=today.year + 5, day=1),
            binding=told.binding, operation=operation, authority=told.authority,
            expiry=today + timedelta(days=90) if bound and told.authority else None,
            policy_document="APD/DEMO/7", details=story.details_of(kind, told.supplier), by=people["theo"], at=clock(),
        )  # fmt: skip


def _duties(people: dict[str, Person], clock: Clock, *, datasets: Sequence[str]) -> dict[str, Grant]:
    """Ask for the house's duties, each for one purpose, and let the Detective Inspector approve them."""
    wanted = {"loading": "theo", "conflation": "theo", "triage": "jo", "match_review": "kit", "audit": "gil"}
    made = {}
    for duty, username in wanted.items():
        ends = clock() + timedelta(days=30)
        grant = access.ask(
            kind="duty", duty=duty, purpose=f"The unit's {duty.replace('_', ' ')}.", people=[people[username]],
            datasets=datasets if duty in ("triage", "match_review") else (), ends=ends, by=people[username], at=clock(),
        )  # fmt: skip
        made[duty] = access.approve(grant=grant, by=people["ruth"], at=clock())
    return made


def _receive(noted: Sequence[Noted], by: Person, grant: Grant, clock: Clock) -> None:
    for one in noted:
        receive_file(
            dataset=Dataset.objects.get(pk=one.delivery.dataset.name), path=one.path, mapping=one.delivery.mapping,
            by=by, at=clock(), grant=grant.pk, file=one.delivery.file,
        )  # fmt: skip


def _ask(files: Path, people: dict[str, Person], clock: Clock) -> Request:
    """The force's form: drafted, the OCA consulted, submitted, triaged, weighed and accepted."""
    told = tomllib.loads((files / "request.toml").read_text(encoding="utf-8"))
    asker, gateway, manager = people["priya"], people["jo"], people["ruth"]
    made = drafting.begin_draft(by=asker, at=clock())
    content = story.form(
        read_request(files / "request.toml"), background=told["background"], objectives=told["objectives"],
        today=clock().date(),
    )  # fmt: skip
    drafting.save_draft(request=made, content=content, by=asker, at=clock())
    drafting.ask_advice(request=made, by=asker, at=clock())
    drafting.advise(
        request=made, words="Within the threat areas, and beyond one force: ask TOEX.", by=people["tom"], at=clock()
    )
    drafting.submit(request=made, by=asker, at=clock())
    triage.begin_triage(request=made, by=gateway, at=clock())
    triage.likely_duplicates(request=made, by=gateway, at=clock())
    triage.check(request=made, answers=story.TRIAGE, by=gateway, at=clock())
    triage.pass_on(request=made, priority="high", reason=story.TRIAGE["harm"], by=gateway, at=clock())
    considering.weigh(request=made, answers=story.SUITABILITY, by=manager, at=clock())
    considering.accept(request=made, reason="Suitable, and the hours are there.", by=manager, at=clock())
    return made


def _agree(
    files: Path, request: Request, people: dict[str, Person], clock: Clock, *, datasets: Sequence[str]
) -> Operation:
    """Terms of reference drafted, signed by both sides, the SIO by recorded proxy; the work adopted."""
    asked = read_request(files / "request.toml")
    staffed = [people[username] for username in story.TEAM]
    content = story.terms(asked, list(request.objectives.all()), datasets=datasets, people=staffed, now=clock())
    made = terms.draft_terms(request=request, content=content, by=people["ines"], at=clock())
    _sign(made, request, people, clock)
    access.take_on(request=request, name=asked.operation, by=people["ruth"], at=clock())
    return Operation.objects.get(request=request)


def _sign(made: Terms, request: Request, people: dict[str, Person], clock: Clock) -> None:
    signed = clock()
    message = drafting.attach(
        request=request, name="signed.eml", content=f"Terms {made.version}: agreed. {story.SIO}".encode(),
        by=people["priya"], at=clock(),
    )  # fmt: skip
    rank, name = story.SIO.split(" ", 1)
    proxy = Proxy(name, rank, request.organisation, signed, "by email", message)
    signing.sign_by_proxy(terms=made, proxy=proxy, by=people["priya"], at=clock())
    signing.sign(terms=made, by=people["ruth"], at=clock())


def _vary(files: Path, request: Request, people: dict[str, Person], clock: Clock, datasets: Sequence[str]) -> None:
    """The variation by which the call data, the handsets and the ANPR pull come under the operation's grant."""
    asked = read_request(files / "request.toml")
    staffed = [people[username] for username in story.TEAM]
    content = story.terms(
        asked, list(request.objectives.all()), datasets=datasets, people=staffed, now=clock(),
        why="Call data, handsets and ANPR have come under their own authority.",
    )  # fmt: skip
    made = terms.vary(
        request=request, content=content, by=people["ines"], at=clock(), operation=request.operation.reference
    )
    _sign(made, request, people, clock)


def _look(files: Path, operation: Operation, analyst: Person, desk: Desk) -> None:
    """The analyst sits down under the operation's grant: one question, and the package."""
    grant = Grant.objects.get(operation=operation, kind="operation")
    held = sit(person=analyst, grant=grant.pk, at=desk.now())
    seat = UnitSeat(held.person, held.grant, held.at)
    asked = read_request(files / "request.toml")
    phone = next(s.value for s in asked.subjects if s.kind == "phone")
    answer = find(seat, phone, at=desk.now())
    desk.say(f"{analyst} asks for the recurring number: {answer.result}.")
    with desk.progress() as progress:
        issued = package(seat, asked, at=desk.now(), progress=progress)
    desk.say(f"Package, version {issued.version}, a draft until another person assures it: {issued.pdf}")


def _tell(desk: Desk, request: Request, operation: Operation) -> None:
    grant = Grant.objects.get(operation=operation, kind="operation")
    rows = [(p.username, f"{p.rank} {p.name}".strip(), p.at, p.role.replace("_", " ")) for p in story.CAST]
    desk.table(f"\nLog-ins (password: {story.LOG_IN})", ("log-in", "name", "at", "role"), rows)
    desk.say(
        f"\n{request.reference}: terms signed by both sides; {operation.name} is open under grant {grant.pk}. Try:\n"
        f"  export TOEX_PASSWORD='{story.LOG_IN}'\n"
        f"  toex --home {desk.home} --as lena --grant {grant.pk} search …     (theo, the data analyst, too; uma is refused)\n"
        f"  toex --home {desk.home} --as gil --grant … audit read --purpose lawfulness\n"
        f"  toex --home {desk.home} audit verify"
    )
    desk.answer({"request": request.reference, "operation": operation.reference, "grant": grant.pk})
