"""The immediate-risk interrupt: on the wall clock, by voice, to a named duty officer; TOEX hands over and never holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from toex.reference import load
from toex.work.audit.actions import record
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.staff.models import Organisation, Person
from toex.work.staff.policies import TEAM, check_may
from toex.work.staff.queries import REGIONS, region_of
from toex.work.tasking.actions.drafting import keep
from toex.work.tasking.actions.moving import NONE, About, check_lengths, next_reference
from toex.work.tasking.models import Attachment, Call, ImmediateRisk, Request
from toex.work.tasking.policies import OUR_OWN, check_codes, check_said, posts, same_person
from toex.work.tasking.queries.seeing import check_visible, visible_risks


@dataclass(frozen=True, slots=True)
class Told:
    """Who was told in the force, when, by voice or not, and whether they read it back. `account` where they have one."""

    officer: str
    force: Organisation
    told: datetime
    by_voice: bool
    read_back: bool
    account: Person | None = None
    note: str = ""


def raise_risk(
    *, kind: str, words: str, force: Organisation, by: Person, at: datetime, request: Request | None = None,
    compartments: frozenset[str] = NONE,
) -> ImmediateRisk:  # fmt: skip
    """Raise an immediate risk, day or night, from any state of a request or without one; needs no grant.

    `force` is whose duty officer must take it. It is red from now until it is handed over, and is reviewed within the
    hours of its kind (list immediate_risk_kinds) on the wall clock.
    """
    check_may(by, "raise an immediate risk", at)
    check_codes([kind], of="immediate_risk_kinds", field="kind", on=at.date())
    check_said("words", words)
    _check_force(force)
    if request is not None:
        check_visible(request, by=by, held=posts(by, at), compartments=compartments)
    entry = load("immediate_risk_kinds").get(kind)
    hours = int(entry.attribute("review_hours")) if entry else 0
    risk = ImmediateRisk(
        kind=kind, words=words, request=request, region=_region(request, force, by, at), force=force, raised_by=by,
        raised=at, review_due=at + timedelta(hours=hours), compartment=request.compartment if request else "",
    )  # fmt: skip
    with transaction.atomic():
        risk.reference = next_reference("RISK", at)
        risk.save()
        record("collection", "tasking.raise_risk", by=by, at=at, reason=kind, **_about(risk))
    return risk


def _region(request: Request | None, force: Organisation, by: Person, at: datetime) -> Organisation | None:
    """Whose manager reviews: the request's region, else that of the TOEX team it was raised in, else the force's."""
    if request is not None and request.region:
        return request.region
    return by.home if by.home.kind in REGIONS else region_of(force.code, at.date())


def _check_force(force: Organisation) -> None:
    if force.code == OUR_OWN or force.kind in REGIONS:
        raise NotAllowed("An immediate risk goes to a duty officer in a force: TOEX hands it over and never holds it.")


def _about(risk: ImmediateRisk) -> About:
    objects = [f"tasking:risk:{risk.pk}"]
    if risk.request_id:
        objects.append(f"tasking:request:{risk.request_id}")
    return {"objects": objects, "compartment": risk.compartment}


def note_call(
    *, risk: ImmediateRisk, told: Told, by: Person, at: datetime, compartments: frozenset[str] = NONE
) -> Call:
    """Note a call that did not hand the risk over: nobody answered, or it was not read back. It stays red."""
    _check_sees(risk, by=by, at=at, compartments=compartments)
    _check_told(risk, told, at)
    with transaction.atomic():
        made = _call(risk, told, by=by, at=at)
        record("disclosure", "tasking.note_call", by=by, at=at, outcome="not handed over", **_about(risk))
    return made


def hand_over(
    *, risk: ImmediateRisk, told: Told, by: Person, at: datetime, compartments: frozenset[str] = NONE
) -> Call:
    """Hand a risk over: a named officer of the force was told by voice and read it back. It is no longer red.

    The risk is theirs only when they accept it (`accept_risk`). Where another force than first thought took it, the
    risk is that force's to accept.
    """
    _check_sees(risk, by=by, at=at, compartments=compartments)
    _check_told(risk, told, at)
    if not (told.by_voice and told.read_back):
        raise Incomplete("A hand-over is by voice and read back; anything less is noted as a call, and it stays red.",
                         {"read_back": "missing"})  # fmt: skip
    with transaction.atomic():
        made = _call(risk, told, by=by, at=at)
        fresh = _locked(risk)
        if fresh.handed_over is None:
            _set(risk, handed_over=told.told, force=told.force)
        record(
            "disclosure", "tasking.hand_over", by=by, at=at, behalf=f"duty officer at {told.force.code}", **_about(risk)
        )
    return made


def _check_told(risk: ImmediateRisk, told: Told, at: datetime) -> None:
    check_said("officer", told.officer)
    _check_force(told.force)
    if told.account is not None and any(held & TEAM for held in posts(told.account, at).values()):
        raise NotAllowed("TOEX never owns the risk: the officer told is not of a TOEX team (rule 3).")
    if told.told > at or told.told < risk.raised - timedelta(
        hours=1
    ):  # one may telephone first and write it down after
        raise Incomplete("The moment of the call does not fit: after the risk was known and not in the future.",
                         {"told": "when"})  # fmt: skip


def _call(risk: ImmediateRisk, told: Told, *, by: Person, at: datetime) -> Call:
    made = Call(
        risk=risk, officer=told.officer, officer_account=told.account, force=told.force, told=told.told,
        by_voice=told.by_voice, read_back=told.read_back, note=told.note, by=by, at=at,
    )  # fmt: skip
    check_lengths(made)
    made.save()
    return made


def accept_risk(
    *, risk: ImmediateRisk, by: Person, at: datetime, owner: str = "", message_name: str = "", message: bytes = b"",
    compartments: frozenset[str] = NONE,
) -> None:  # fmt: skip
    """Accept a risk as its receiver: only now it changes its owner (rule 3).

    A duty officer of the force accepts under their own account; for one without, a named officer enters `owner` with
    the message (rule 1) and is not that owner.
    """
    _check_sees(risk, by=by, at=at, compartments=compartments)
    own = "duty_officer" in posts(by, at).get(risk.force_id, ())
    if not own:
        _check_proxy(owner, message, by)
    digest = "" if own else keep(message)
    with transaction.atomic():
        if _locked(risk).handed_over is None:
            raise OutOfOrder("It is accepted after it was handed over by voice and read back.")
        if _locked(risk).accepted is not None:
            raise OutOfOrder("It was accepted already.")
        file = None if own else _file(risk, digest, message_name, len(message), by=by, at=at)
        _set(risk, accepted=at, owner=by.name if own else owner, owner_account=by if own else None, message=file)
        behalf = "" if own else f"officer at {risk.force_id}"
        record("alteration", "tasking.accept_risk", by=by, at=at, behalf=behalf, **_about(risk))


def _check_proxy(owner: str, message: bytes, by: Person) -> None:
    lacking = {field: "missing" for field, there in (("owner", owner.strip()), ("message", message)) if not there}
    if lacking:
        raise Incomplete("An acceptance from outside needs who and the message attached (rule 1).", lacking)
    if same_person(owner, by.name):
        raise NotAllowed("An acceptance from outside is entered by a named officer who is not the receiver.")


def _file(risk: ImmediateRisk, digest: str, name: str, size: int, *, by: Person, at: datetime) -> Attachment:
    return Attachment.objects.create(
        request_id=risk.request_id, digest=digest, name=name[:255] or "acceptance", size=size, by=by, at=at
    )


def review(*, risk: ImmediateRisk, words: str, by: Person, at: datetime, compartments: frozenset[str] = NONE) -> None:
    """Review a risk as the region's manager, within its hours: was it told, taken, acted on?"""
    _check_sees(risk, by=by, at=at, compartments=compartments)
    if risk.region_id:
        check_may(by, "review an immediate risk", at, organisation=risk.region_id)
    else:
        check_may(by, "review an immediate risk", at)
    check_said("review", words)
    with transaction.atomic():
        if _locked(risk).reviewed is not None:
            raise OutOfOrder("It was reviewed already.")
        _set(risk, reviewed=at, reviewed_by=by, review_words=words)
        record("consultation", "tasking.review", by=by, at=at, **_about(risk))


def _check_sees(risk: ImmediateRisk, *, by: Person, at: datetime, compartments: frozenset[str]) -> None:
    if not visible_risks(by, at, compartments).filter(pk=risk.pk).exists():
        raise NotThere("There is no such risk, or it is not for you to know of.")


def _locked(risk: ImmediateRisk) -> ImmediateRisk:
    return ImmediateRisk.objects.select_for_update().get(pk=risk.pk)


def _set(risk: ImmediateRisk, **fields: object) -> None:
    for name, value in fields.items():
        setattr(risk, name, value)
    check_lengths(risk)
    risk.save(update_fields=list(fields))
