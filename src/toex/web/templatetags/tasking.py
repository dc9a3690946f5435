"""Tags of the pages about requests: their addresses, their states in words, the classes of a clock."""

from collections.abc import Iterable

from django import template
from django.urls import reverse

from toex.web.tasking.standing import clock, working_days
from toex.work.staff.policies import may
from toex.work.tasking.models import ImmediateRisk, Request
from toex.work.tasking.queries import Status
from toex.work.tasking.states import KINDS, STATES, TABLE

register = template.Library()


def address(one: Request | ImmediateRisk, name: str, *more: object) -> str:
    """Give the address of a page about a request or a risk, which is its reference and nothing else."""
    _, year, number = one.reference.split("/")
    return reverse(name, args=[int(year), int(number), *more])


@register.simple_tag
def about(one: Request | ImmediateRisk, name: str, *more: object) -> str:
    """Give the address of a page about a request or a risk."""
    return address(one, name, *more)


@register.simple_tag(takes_context=True)
def raises_risks(context: template.Context) -> bool:
    """Say whether the person may raise an immediate risk."""
    visit = context["visit"]
    return may(visit.person, "raise an immediate risk", visit.at)


@register.filter
def stands(state: str) -> str:
    """Give a state's words."""
    return STATES[state].label


@register.filter
def began(kind: str) -> str:
    """Say how a piece of work began."""
    return KINDS[kind]


@register.filter
def tone(state: str) -> str:
    """Give the class of a state's mark: done well, turned back, or neither."""
    if state in ("terms_agreed", "development", "closed"):
        return "state--good"
    return "state--warn" if state in ("returned", "rejected", "declined", "redirected") else ""


@register.filter
def act_words(act: str) -> str:
    """Give an act's words in the table."""
    return TABLE[act].label


@register.filter
def ordered(roles: Iterable[str]) -> list[str]:
    """Put categories of data subject in their order, a victim first (rule 10)."""
    return sorted(roles, key=lambda one: (one != "victim", one))


@register.simple_tag(takes_context=True)
def working_clock(context: template.Context, stands: Status) -> str:
    """Write a status's clock in working time."""
    return clock(stands, at=context["visit"].at, within=working_days()).words
