"""Who may ask for, approve and read under a grant: pure rules over facts (mission rules 1, 11 and 12)."""

from collections.abc import Iterable, Set
from datetime import datetime

from toex.pole import EVERY_SUBJECT, Scope, domain
from toex.work.access.facts import DatasetFacts, GrantFacts, PersonFacts
from toex.work.access.kinds import Kind, kind_of, policy_version
from toex.work.errors import Incomplete, NotAllowed, NotThere

NO_GRANT = "There is no live grant of that number for you."
_HIGHEST_MARKING = 1  # OFFICIAL-SENSITIVE; anything above is never held
_CODES = frozenset("PC")


def is_live(facts: GrantFacts, at: datetime) -> bool:
    """Say whether a grant is in force at a moment, whoever reads. What cannot be understood is not (rule 1)."""
    kind = kind_of(facts.kind, facts.duty)
    if kind is None or facts.opens is None or facts.ends is None:
        return False
    if not facts.opens <= at < facts.ends or (facts.closed is not None and facts.closed <= at):
        return False
    if kind.longest is not None and facts.ends - facts.opens > kind.longest:
        return False
    return is_approved(facts, kind, at) and hangs_well(facts, kind, at)


def is_approved(facts: GrantFacts, kind: Kind, at: datetime) -> bool:
    """Say whether enough others approved it by then, none of them its asker or a holder, no two the same."""
    others = {a.by for a in facts.approvals if a.at <= at} - facts.holders - {facts.asked_by}
    if len(others) >= kind.approvals:
        return True
    return kind.review is not None and at < facts.asked + kind.review


def hangs_well(facts: GrantFacts, kind: Kind, at: datetime) -> bool:
    """Say whether the operation or request that a grant hangs on is in the state that its kind needs."""
    closed = facts.operation_closed is not None and facts.operation_closed <= at
    if kind.needs == "closed_operation":
        return bool(facts.operation) and closed
    if kind.needs == "operation" and not facts.operation:
        return False
    return not closed and (not kind.states or facts.state in kind.states)


def may_read(facts: GrantFacts, person: PersonFacts, at: datetime) -> bool:
    """Say whether a person reads under a grant at a moment: role and task, and every compartment it lies in."""
    kind = kind_of(facts.kind, facts.duty)
    return (
        kind is not None
        and is_live(facts, at)
        and person.active
        and person.number in facts.holders
        and bool(person.roles & kind.holds)
        and facts.compartments <= person.compartments
    )


def check_read(facts: GrantFacts, person: PersonFacts, at: datetime) -> Kind:
    """Give the kind of a grant that a person reads under; NotAllowed otherwise, in the same words whatever the reason."""
    kind = kind_of(facts.kind, facts.duty)
    if kind is None or not may_read(facts, person, at):
        raise NotAllowed(
            f"{NO_GRANT} It may have ended or been closed, or the role it needs is not held today (rule 1)."
        )
    return kind


def scope_of(facts: GrantFacts, compartments: Set[str]) -> Scope:
    """Mint the scope of a grant for a reader of these compartments. What cannot be understood shows nothing."""
    kind = kind_of(facts.kind, facts.duty)
    known = 0 <= facts.marking <= _HIGHEST_MARKING and facts.handling <= _CODES and 0 <= facts.subjects <= EVERY_SUBJECT
    if kind is None or not known or "P" not in facts.handling:
        return Scope(facts.kind, frozenset(), 0, frozenset(), 0, policy_version())
    return Scope(
        purpose=facts.duty or facts.kind, domains=domains_of(facts, kind, compartments), marking=facts.marking,
        handling=facts.handling, subjects=facts.subjects, policy=policy_version(),
    )  # fmt: skip


def domains_of(facts: GrantFacts, kind: Kind, compartments: Set[str]) -> frozenset[str]:
    """Name the access domains: each dataset's own, and its part in each compartment that the person is named to read."""
    shown = [d for d in facts.datasets if is_within(d, facts, kind)]
    plain = {domain(d.name) for d in shown if not d.compartment}
    return frozenset(plain | {domain(d.name, c) for d in shown for c in compartments})


def is_within(dataset: DatasetFacts, facts: GrantFacts, kind: Kind) -> bool:
    """Say whether a grant reaches a dataset: a bound one only under its own operation, an ended one only in disclosure.

    Privileged material in quarantine is reached by none, disclosure included (rule 11).
    """
    if dataset.quarantined:
        return False
    if dataset.operation and (dataset.operation != facts.operation or kind.reads == "standing"):
        return False
    return not dataset.ended or kind.reads == "operation"


def check_ask(
    facts: GrantFacts, purpose: str, *, asker: PersonFacts, people: Iterable[PersonFacts], on_call: bool
) -> Kind:
    """Give the kind of a grant that may be asked for so.

    Incomplete says what is missing, NotAllowed who may not; NotThere where it lies in a compartment that the asker does
    not read. An immediate risk opens on the word of a manager, or of one who is on call by a live duty.
    """
    kind = kind_of(facts.kind, facts.duty)
    if kind is None:
        raise Incomplete("There is no such kind of grant, or no such duty.", {"kind": "unknown"})
    check_known(facts, asker)
    if not (asker.active and asker.roles & kind.asks):
        raise NotAllowed(f"To ask for this takes the role of {spoken(kind.asks)}, held today.")
    if kind.review is not None and "manager" not in asker.roles and not on_call:
        raise NotAllowed("An immediate risk opens on the word of a manager, or of one who is on call by a live duty.")
    _check_holders(facts, kind, people)
    _check_said(facts, kind, purpose)
    return kind


def check_known(facts: GrantFacts, person: PersonFacts) -> None:
    """Raise NotThere for somebody who is no reader of a compartment that the grant lies in (rule 12)."""
    if not facts.compartments <= person.compartments:
        raise NotThere("There is no grant of that number.")


def _check_holders(facts: GrantFacts, kind: Kind, people: Iterable[PersonFacts]) -> None:
    for person in people:
        if not (person.active and person.roles & kind.holds):
            raise NotAllowed(f"To hold this grant takes the role of {spoken(kind.holds)}, held today.")
        if not facts.compartments <= person.compartments:
            raise NotAllowed("Everybody who is to read is first named a reader of the compartment.")


def _check_said(facts: GrantFacts, kind: Kind, purpose: str) -> None:
    missing = {}
    if not purpose.strip():
        missing["purpose"] = "what it is for"
    if kind.code != "operation" and not facts.holders:
        missing["people"] = "who is to read"
    if kind.reads == "named" and kind.shows in ("records", "pointers") and not facts.datasets:
        missing["datasets"] = "which datasets it opens"
    if facts.opens is None or facts.ends is None or facts.ends <= facts.opens:
        missing["ends"] = "when it ends, after it opens"
    elif kind.longest is not None and facts.ends - facts.opens > kind.longest:
        missing["ends"] = f"a day at most {kind.longest.days} days after it opens"
    if not hangs_well(facts, kind, facts.asked):
        missing["operation" if "operation" in kind.needs else "request"] = "one that is in the state this kind needs"
    if missing:
        raise Incomplete(
            "A grant says its purpose, who reads which datasets, for how long, and what work it is for.", missing
        )


def check_approve(facts: GrantFacts, approver: PersonFacts, at: datetime) -> Kind:
    """Give the kind of a grant that this person may approve: another than its asker, its holders and who did already.

    NotThere outside its compartment, NotAllowed for the rest, and where it has ended, or was not approved in time.
    """
    check_known(facts, approver)
    kind = kind_of(facts.kind, facts.duty)
    if kind is None or not (approver.active and approver.roles & kind.approves):
        raise NotAllowed(f"To approve this takes the role of {spoken(kind.approves if kind else ())}, held today.")
    if approver.number == facts.asked_by or approver.number in facts.holders:
        raise NotAllowed("Nobody approves a grant that they asked for or hold: another does (rule 1).")
    if approver.number in {a.by for a in facts.approvals}:
        raise NotAllowed("Two different people approve: this one has already.")
    if len(facts.approvals) >= kind.approvals or facts.closed is not None or facts.ends is None or facts.ends <= at:
        raise NotAllowed("The grant waits for no approval: it is approved, closed or over.")
    if kind.review is not None and at >= facts.asked + kind.review:
        raise NotAllowed("It was not reviewed in time and has closed: a new one is asked for.")
    return kind


def may_close(facts: GrantFacts, person: PersonFacts) -> bool:
    """Say whether somebody may close a grant, or drop a holder: its asker, a holder, or who may approve its kind."""
    kind = kind_of(facts.kind, facts.duty)
    own = person.number == facts.asked_by or person.number in facts.holders
    return person.active and (own or "manager" in person.roles or bool(kind and person.roles & kind.approves))


def check_widen(facts: GrantFacts, person: PersonFacts | None, *, by: PersonFacts, at: datetime) -> None:
    """Raise unless a Detective Inspector may add to a live grant; where a colleague is added, unless they may hold it.

    An operation's grant is not added to here: what counts there is what is added to its terms of reference.
    """
    check_known(facts, by)
    kind = kind_of(facts.kind, facts.duty)
    if kind is None or not (by.active and "manager" in by.roles):
        raise NotAllowed("A colleague or a like dataset is added by a Detective Inspector (rule 1).")
    if facts.kind == "operation":
        raise NotAllowed("An operation's grant follows its terms of reference: what is to be added is added to those.")
    if not is_live(facts, at):
        raise NotAllowed("Only a live grant can be added to.")
    if person is None:
        if by.number in facts.holders:
            raise NotAllowed("Nobody adds to a grant that they hold: another does (rule 1).")
        return
    if person.number == by.number or person.number in {a.by for a in facts.approvals}:
        raise NotAllowed("Nobody names themselves, and who approved a grant does not hold it (rule 1).")
    _check_holders(facts, kind, [person])


def spoken(roles: Iterable[str]) -> str:
    """Say roles in words."""
    return " or ".join(sorted(role.replace("_", " ") for role in roles)) or "nobody"
