"""Words for what research shows: forces by the short name that people use."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings

from toex.web.templatetags.frame import day, moment
from toex.work.research.queries import short_name

register = template.Library()


@register.filter
def force(code: str) -> str:
    """Give a supplier's abbreviation, or its name where it goes by none."""
    return short_name(code)


@register.filter
def said_at(value: datetime) -> str:
    """Write when a text was written: the day alone where it was told without a time."""
    here = value.astimezone(ZoneInfo(settings.TOEX_WORKING_DAY[0]))
    return day(value) if (here.hour, here.minute, here.second) == (0, 0, 0) else moment(value)


@register.filter
def forces(codes: Iterable[str]) -> str:
    """Name suppliers in one line."""
    return ", ".join(short_name(code) for code in codes)


@register.filter
def words_between(text: str) -> list[str]:
    """Give what stands between the bars of a text, to be gone through."""
    return text.split("|")
