"""Giving a version out: recipients, final files, disseminations and receipts, withdrawal."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Count, Max, Q

from toex.publishing import Product, TemplateError, cited, thaw
from toex.work.audit.actions import one_act, record
from toex.work.errors import Incomplete, NotThere, OutOfOrder
from toex.work.judgements.seat import UnitSeat
from toex.work.products.actions.correcting import tell_withdrawn
from toex.work.products.actions.moving import about, check_do, move, take
from toex.work.products.checking import resting_on
from toex.work.products.files import Form, keep, kept_file, named, rendered, with_recipients
from toex.work.products.gathering import gather, told_as
from toex.work.products.models import Dissemination, Issue, Move, Recipient, Version
from toex.work.products.policies import check_confirmed, check_gives_out, check_recipient, check_why
from toex.work.products.queries import kept, recipients_of
from toex.work.products.templates import template_for
from toex.work.staff.models import Organisation, Person


def address(
    *, version: Version, name: str, organisation: Organisation, purpose: str, conditions: str, seat: UnitSeat,
    by: Person, at: datetime, post: str = "",
) -> Recipient:  # fmt: skip
    """Name somebody who is to be given a version: where, what for, under which handling conditions (rule 2)."""
    check_do("address", version, seat=seat, by=by)
    check_recipient(name, purpose, conditions)
    with transaction.atomic():
        take("address", version)
        made = Recipient.objects.create(
            version=version, name=name.strip(), post=post.strip(), organisation=organisation, purpose=purpose.strip(),
            conditions=conditions.strip(),
        )  # fmt: skip
        record("alteration", "products.address", by=by, at=at, **about(version, seat, f"products:recipient:{made.pk}"))
    return made


def drop_recipient(*, recipient: Recipient, seat: UnitSeat, by: Person, at: datetime) -> None:
    """Take somebody off the list who has not been given it; OutOfOrder once they have."""
    version = recipient.version
    check_do("address", version, seat=seat, by=by)
    if recipient.disseminations.exists():
        raise OutOfOrder("They were given it: that stays on record. A correction notice reaches them.")
    with transaction.atomic():
        take("address", version)
        recipient.dropped = at
        recipient.save(update_fields=["dropped"])
        record(
            "alteration", "products.drop_recipient", by=by, at=at,
            **about(version, seat, f"products:recipient:{recipient.pk}"),
        )  # fmt: skip


def issue(*, version: Version, seat: UnitSeat, by: Person, at: datetime) -> Issue:
    """Make the final PDF and Word files, with everybody on the recipient list, and keep them under their hashes.

    Incomplete without recipients or handling conditions (rule 2); OutOfOrder where a join that it rests on has come
    undone since it was assured (rules 4 and 5).
    """
    standing = check_do("issue", version, seat=seat, by=by)
    recipients = recipients_of(version)
    product = thaw(version.sealed or {})
    check_gives_out(len(recipients), product.handling)
    joins = resting_on(frozenset(cited(product)), version, seat=seat, held=standing)
    check_confirmed(len(joins.open), len(joins.parted))
    final = with_recipients(product, tuple(told_as(one) for one in recipients))
    template = template_for(version)
    pdf, word = keep(rendered(final, "pdf")), keep(_in_word(final, template))
    with transaction.atomic():
        take("issue", version)
        last = version.issues.aggregate(last=Max("number"))["last"] or 0
        made = Issue.objects.create(version=version, number=last + 1, pdf=pdf, word=word, by=by, at=at)
        named_in = made.recipients.through
        named_in.objects.bulk_create(named_in(issue_id=made.pk, recipient_id=one.pk) for one in recipients)
        facts: dict[str, str | int] = {
            "pdf": pdf, "word": word, "recipients": len(recipients), "template": template.name if template else "",
        }  # fmt: skip
        record("collection", "products.issue", by=by, at=at, facts=facts, **about(version, seat))
    return made


def disseminate(
    *, recipient: Recipient, how: str, sent: datetime, seat: UnitSeat, by: Person, at: datetime
) -> Dissemination:
    """Record that a recipient was given the version, in the files that name them: when and how (rules 2 and 8).

    Earlier versions that were disseminated are superseded by it. OutOfOrder before it was assured and issued.
    """
    version = recipient.version
    check_do("disseminate", version, seat=seat, by=by)
    check_why(how, "how")
    if sent > at:
        raise Incomplete("It was sent before now, not after.", {"sent": "a moment in the past"})
    had = Count("disseminations", filter=Q(disseminations__recipient=recipient))
    files = version.issues.filter(recipients=recipient).annotate(had=had).order_by("-number").first()
    if files is None or recipient.dropped:
        raise OutOfOrder("No final files name this recipient: make the final files first.")
    if files.had:
        raise OutOfOrder("They were given these files already.")
    with one_act():
        made = Dissemination.objects.create(issue=files, recipient=recipient, sent=sent, how=how.strip(), by=by, at=at)
        move("disseminate", version, by=by, at=at)
        _supersede(version, by=by, at=at)
        facts: dict[str, str | int] = {"issue": files.number, "pdf": files.pdf}
        record(
            "disclosure", "products.disseminate", by=by, at=at, facts=facts,
            **about(version, seat, f"products:recipient:{recipient.pk}"),
        )  # fmt: skip
    return made


def _supersede(version: Version, *, by: Person, at: datetime) -> None:
    """Within the transaction: the versions before it that were given out are superseded."""
    earlier = Version.objects.filter(product=version.product_id, number__lt=version.number, state="disseminated")
    numbers = list(earlier.values_list("pk", flat=True))
    Move.objects.bulk_create(
        Move(version_id=n, act="supersede", was="disseminated", now="superseded", by=by, at=at) for n in numbers
    )
    Version.objects.filter(pk__in=numbers).update(state="superseded", since=at)


def acknowledge(
    *, dissemination: Dissemination, how: str, when: datetime, seat: UnitSeat, by: Person, at: datetime
) -> None:
    """Record that a recipient acknowledged receipt: when and how, entered by a named officer."""
    version = dissemination.issue.version
    check_do("acknowledge", version, seat=seat, by=by)
    check_why(how, "how")
    if not dissemination.sent <= when <= at:
        raise Incomplete("A receipt is acknowledged after it was sent, and before now.", {"when": "after it was sent"})
    with transaction.atomic():
        dissemination.acknowledged, dissemination.acknowledged_how = when, how.strip()
        dissemination.acknowledged_entered_by = by
        dissemination.save(update_fields=["acknowledged", "acknowledged_how", "acknowledged_entered_by"])
        named_as = f"products:dissemination:{dissemination.pk}"
        record("alteration", "products.acknowledge", by=by, at=at, **about(version, seat, named_as))


def abandon(*, version: Version, reason: str, seat: UnitSeat, by: Person, at: datetime) -> None:
    """Abandon a draft, for a reason; it stays on file."""
    check_do("abandon", version, seat=seat, by=by)
    check_why(reason)
    with transaction.atomic():
        move("abandon", version, by=by, at=at, reason=reason.strip())
        record("alteration", "products.abandon", by=by, at=at, **about(version, seat))


def withdraw(*, version: Version, reason: str, seat: UnitSeat, by: Person, at: datetime) -> None:
    """Withdraw an assured or disseminated version, for a reason; everybody who was given it gets a correction notice."""
    check_do("withdraw", version, seat=seat, by=by)
    check_why(reason)
    with one_act():
        given = version.state == "disseminated"
        move("withdraw", version, by=by, at=at, reason=reason.strip())
        if given:
            tell_withdrawn(version=version, reason=reason.strip(), by=by, at=at)
        record("alteration", "products.withdraw", by=by, at=at, **about(version, seat))


def download(*, version: Version, form: Form, seat: UnitSeat, at: datetime) -> tuple[str, bytes]:
    """Give a version as a file with its name: the draft as it stands, or the latest final files; noted as a disclosure.

    NotAllowed under a duty, which gives nothing out (rule 1).
    """
    product, content = _content(version, form, at)
    facts: dict[str, str | int] = {"version": version.pk, "form": form, "final": int(product.status == "final")}
    seat.note("disclosure", "products.download", at, **facts)
    if not content:
        content = rendered(product, "pdf") if form == "pdf" else _in_word(product, template_for(version))
    return named(product, form), content


def _in_word(product: Product, template: Path | None) -> bytes:
    """Give a product as Word; OutOfOrder where the force's template cannot hold this one."""
    try:
        return rendered(product, "word", template=template)
    except TemplateError as refused:
        raise OutOfOrder(f"The force's own template cannot be filled with this product. {refused}") from refused


def _content(version: Version, form: Form, at: datetime) -> tuple[Product, bytes]:
    if version.state == "drawing" or not version.drawn:
        raise NotThere("It is still being drawn.")
    if version.sealed is None:
        return gather(kept(version), at=at, recipients=recipients_of(version)), b""
    files = version.issues.order_by("-number").first()
    product = thaw(version.sealed)
    if files is None:
        raise OutOfOrder("It is assured: make the final files, with the recipients, before it is taken out.")
    return product, kept_file(files.pdf if form == "pdf" else files.word)
