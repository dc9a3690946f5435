"""Exchange, for administrators: whose installation this is, its card and fingerprint, whose bundles are opened."""

from typing import Any

from django.http import HttpResponse
from django.urls import path

from toex.web.exchange.forms import OwnForm, TrustForm
from toex.web.forms import Form
from toex.web.visits import Visit, page
from toex.work.errors import NotThere
from toex.work.exchange import actions, queries
from toex.work.exchange.keys import card_text, fingerprint, own_key, spelt
from toex.work.exchange.models import Installation, TrustedSender
from toex.work.staff.models import Organisation
from toex.work.staff.policies import check_held
from toex.work.staff.queries import organisations


@page
def exchange(visit: Visit) -> HttpResponse:
    """Show the card of this installation and whom it trusts; an administrator names, trusts, and ends trust."""
    check_held(visit.roles, "administer")
    act, homes = visit.sent.get("act", ""), list(organisations(visit.at.date()))
    own = queries.installation()
    forms = {
        "name": OwnForm(
            visit.sent if act == "name" else None, homes=homes, initial={"organisation": own.organisation_id if own else ""}
        ),
        "trust": TrustForm(visit.sent if act == "trust" else None, homes=homes, auto_id="trust_%s"),
    }  # fmt: skip
    if visit.posted and _done(visit, act, forms.get(act)):
        return visit.go("exchange")
    return _shown(visit, own, forms)


def _shown(visit: Visit, own: Installation | None, forms: dict[str, Form]) -> HttpResponse:
    senders = [(one, spelt(one.fingerprint)) for one in queries.trusted_senders()]
    failed = any(form.errors for form in forms.values())
    return visit.show(
        "exchange/own.html", own=own, card=_card(own) if own else "", senders=senders, forms=forms,
        fingerprint=spelt(fingerprint(own_key().public_key())), status=422 if failed else 200,
    )  # fmt: skip


def _card(own: Installation) -> str:
    return card_text(own.organisation.name, own.number, own_key().public_key())


def _done(visit: Visit, act: str, form: Form | None) -> bool:
    """Do an act; say whether it was done, so that the page is asked for anew."""
    if act == "end":
        return _ended(visit)
    if form is None or not form.is_valid():
        return False
    said: dict[str, Any] = {**form.cleaned_data}
    said["organisation"] = Organisation.objects.get(pk=said["organisation"])
    with visit.attempt(form) as attempt:
        if act == "name":
            actions.name_installation(**said, by=visit.person, at=visit.at)
        else:
            actions.trust(**said, by=visit.person, at=visit.at)
    if attempt.done:
        visit.say("It is kept." if act == "name" else "Bundles that this key signed are opened from now on.")
    return attempt.done


def _ended(visit: Visit) -> bool:
    number = visit.sent.get("sender", "0")
    sender = TrustedSender.objects.filter(pk=int(number) if number.isdecimal() else 0).first()
    if sender is None:
        raise NotThere("There is no such sender.")
    with visit.attempt():
        actions.end_trust(sender=sender, reason=visit.sent.get("reason", ""), by=visit.person, at=visit.at)
    return True


@page
def card(visit: Visit) -> HttpResponse:
    """Give the card as a file; it holds nothing secret."""
    check_held(visit.roles, "administer")
    own = queries.installation()
    if own is None:
        raise NotThere("Whose installation this is has not been said yet.")
    headers = {"Content-Disposition": f'attachment; filename="toex-card-{own.organisation_id.lower()}.txt"'}
    return HttpResponse(_card(own), content_type="text/plain; charset=utf-8", headers=headers)


addresses = [path("unit/exchange", exchange, name="exchange"), path("unit/exchange/card", card, name="exchange_card")]
