"""Ruling on what a text names: a person accepts or refuses what rules suggest, picks whom it means, and may take it back."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, DateTimeField, Q, Value, When
from django.db.models.functions import Coalesce

from toex.picture import NamedText, Prompt, Sealed, UnknownSubject, chain, named_text, sealed_copies
from toex.pole import domain
from toex.work.access.sitting import Sitting, Standing, hidden_in
from toex.work.audit.actions import Actor, one_act, record
from toex.work.citations.actions import cite
from toex.work.citations.actions import withdraw as uncite
from toex.work.errors import Incomplete, NotThere, OutOfOrder
from toex.work.research.models import Mention
from toex.work.research.policies import check_works, codes_of, within
from toex.work.research.queries.mentions import mention_for, mentions_of
from toex.work.staff.models import Person

ROOM = "research"
_AT_ONCE = 10_000  # SQLite takes 32,766 values in one statement
_RULINGS = ("accepted", "refused")
_TO_PICK = ("person", "organisation", "object", "place")


def rule_mention(
    *, seat: Sitting, text: str, kind: str, value: str, ruling: str, by: Person, at: datetime, picked: str = ""
) -> Mention:  # fmt: skip
    """Accept or refuse that a text names what rules suggest there; `picked` is the record on file that it means.

    The rules are run anew over what the seat shows: NotThere where they suggest nothing like it, UnknownSubject where the
    view does not show the text or the picked record, OutOfOrder where a ruling stands already. Rule 5: a machine suggests,
    a named person decides. Both records are cited; a ruling on a text or record of a compartment lies in it.
    """
    standing = _check_seat(seat, by)
    if ruling not in _RULINGS:
        raise Incomplete("It is accepted or refused.", {"ruling": "unknown"})
    with seat.lend(standing) as view:
        named = named_text(view, text)
        prompt = _suggested(named, kind, value)
        copies = sealed_copies(seat.home, view, [text, *([picked] if picked and ruling == "accepted" else [])])
    meant = _picked(copies, picked) if ruling == "accepted" and picked else None
    if mentions_of(seat).filter(record_id=text, kind=kind, value=value).exists():
        raise OutOfOrder("Somebody ruled on this already: take that back first.")
    hidden = {*codes_of(within(seat, "", standing.person.compartments)), *(c["compartment"] for c in copies.values())}
    made = Mention(
        record_id=text, domain=_domain(copies[text]),
        subject=named.subject, kind=kind, value=value, digest=chain.digest([named.words]),
        spans=[list(span) for span in prompt.suggestion.spans], ruling=ruling, picked=picked if meant else "",
        picked_table=meant["table"] if meant else "", picked_domain=_domain(meant) if meant else "", grant=seat.grant,
        operation=seat.operation, compartment=hidden_in(hidden - {""}), by=by, at=at,
        to_load=at if ruling == "accepted" and seat.operation else None,
    )  # fmt: skip
    with one_act():
        made.save()
        cite(
            record_ids=list(copies), room=ROOM, object=_name(made), sealed=copies, by=by, at=at, grant=seat.grant.pk,
            operation=made.operation, compartment=made.compartment,
        )  # fmt: skip
        facts: dict[str, str | int] = {
            "ruling": ruling,
            "kind": kind,
            "value": seat.digest(value),
            "picked": int(bool(meant)),
        }
        record("alteration", "research.rule_mention", by=by, at=at, facts=facts, **_about(made))
    return made


def undo_mention(*, seat: Sitting, mention: int, by: Person, at: datetime) -> Mention:
    """Take a ruling back, whoever made it: the suggestion waits again, and what was loaded of it leaves with the next delivery."""
    standing = _check_seat(seat, by)
    held = mention_for(seat, mention, standing=standing)
    with one_act():
        held.undone, held.undone_by = at, by
        held.to_load = at if held.dataset_id else None
        held.save(update_fields=["undone", "undone_by", "to_load"])
        uncite(room=ROOM, object=_name(held), by=by, at=at, reason="the ruling was taken back")
        record("alteration", "research.undo_mention", by=by, at=at, **_about(held))
    return held


def forget_mentions(*, record_ids: Collection[str], by: Actor, at: datetime) -> int:
    """Forget what erased texts named, and whom a ruling meant whose record is erased; count the rulings.

    That somebody ruled, where and when stays. What was loaded of them leaves with the next delivery of their dataset.
    """
    ids, count = sorted(record_ids), 0
    with transaction.atomic():
        for start in range(0, len(ids), _AT_ONCE):
            part = ids[start : start + _AT_ONCE]
            held = Mention.objects.filter(Q(record_id__in=part) | Q(picked__in=part)).exclude(value="")
            again = Case(When(dataset=None, then=None), default=Value(at), output_field=DateTimeField())
            count += held.update(
                value="", spans=[], picked="", picked_domain="", undone=Coalesce("undone", at), to_load=again
            )
        record("erasure", "research.forget_mentions", by=by, at=at)  # no count: it would speak of compartments too
    return count


def _check_seat(seat: Sitting, by: Person) -> Standing:
    standing = seat.check_shows("records")
    check_works(standing, seat=seat, by=by, duties=False)
    return standing


def _suggested(named: NamedText, kind: str, value: str) -> Prompt:
    for prompt in named.prompts:
        if (prompt.suggestion.kind, prompt.suggestion.value) == (kind, value):
            return prompt
    raise NotThere("The rules suggest nothing like that in this text.")


def _picked(copies: dict[str, Sealed], picked: str) -> Sealed:
    if picked not in copies:
        raise UnknownSubject("No record of that id is in this workbench.")
    if copies[picked]["table"] not in _TO_PICK:
        raise Incomplete("Whom or what a text means is a record of a person or a thing.", {"picked": "another kind"})
    return copies[picked]


def _domain(copy: Sealed) -> str:
    return domain(copy["dataset"], copy["compartment"])


def _name(mention: Mention) -> str:
    return f"mention:{mention.pk}"


def _about(mention: Mention) -> dict[str, Any]:
    return {
        "objects": [f"research:mention:{mention.pk}"], "operation": mention.operation, "grant": mention.grant_id,
        "compartment": mention.compartment,
    }  # fmt: skip
