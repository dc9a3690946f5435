"""Tags and filters of every page: built files, moments on the place's clocks, words of code lists, of whom something is."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from toex.pole import categories
from toex.reference import load
from toex.web import assets, navigation
from toex.work.judgements.seat import UnitSeat

register = template.Library()


@register.simple_tag
def asset(source: str) -> str:
    """Give the address of a built file."""
    return assets.address(source)


@register.simple_tag
def fonts() -> list[str]:
    """Give the addresses of the faces that a page needs at once."""
    return assets.fonts()


@register.simple_tag
def bar_places() -> list[navigation.Place]:
    """Give the places of the bar."""
    return navigation.bar()


@register.simple_tag
def desk_places(seat: UnitSeat) -> list[navigation.Place]:
    """Give the places of a desk."""
    return navigation.side(seat)


@register.filter
def moment(value: datetime | None) -> str:
    """Write a moment on the clocks of the place: 3 Oct 2026, 14:05."""
    if value is None:
        return ""
    here = value.astimezone(ZoneInfo(settings.TOEX_WORKING_DAY[0]))
    return f"{here.day} {here:%b %Y, %H:%M}"


@register.filter
def day(value: date | datetime | None) -> str:
    """Write a day: 3 Oct 2026."""
    if value is None:
        return ""
    here = value.astimezone(ZoneInfo(settings.TOEX_WORKING_DAY[0])) if isinstance(value, datetime) else value
    return f"{here.day} {here:%b %Y}"


@register.filter
def lasted(value: timedelta | None) -> str:
    """Write how long, roughly: 3 days, 5 hours, 20 minutes."""
    if value is None:
        return ""
    minutes = int(value.total_seconds() // 60)
    for size, word in ((1440, "day"), (60, "hour")):
        if minutes >= size:
            return f"{minutes // size} {word}{'s' * (minutes // size != 1)}"
    return f"{minutes} minute{'s' * (minutes != 1)}"


@register.simple_tag(takes_context=True)
def until(context: template.Context, value: datetime | None) -> str:
    """Write how long there is to a moment, or how long it is past."""
    if value is None:
        return ""
    at = context["visit"].at if "visit" in context else datetime.now(UTC)
    return f"{lasted(value - at)} left" if value > at else f"{lasted(at - value)} ago"


@register.filter
def label(code: str, name: str) -> str:
    """Give the words of a code in a reference list."""
    return load(name).label(code)


@register.filter
def spoken(code: str) -> str:
    """Write a code of ours in words: match_review becomes Match review."""
    words = str(code).replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


@register.filter
def thousands(value: int) -> str:
    """Write a number with commas: 12,345."""
    return f"{value:,}"


@register.filter
def words(text: str) -> list[str]:
    """Give the words of a text, to be gone through."""
    return text.split()


@register.filter
def of_whom(subject: int | Iterable[str] | None) -> SafeString:
    """Say of whom something is, a victim first (rule 10), from bits or from names that are in order already."""
    named = categories(subject) if isinstance(subject, int) or subject is None else tuple(subject)
    return format_html_join(" ", '<span class="of of--{}">{}</span>', ((one, one) for one in named))


@register.simple_tag
def grade(source: str, info: str, handling: str = "") -> SafeString:
    """Write a grade as 3x5x2 writes it, with its words for who cannot tell them by heart."""
    if not (source or info):
        return SafeString('<span class="muted">not graded</span>')
    words = "; ".join(
        part for part in (
            load("grade_source").label(source) if source else "", load("grade_assessment").label(info) if info else "",
            load("grade_handling").label(handling) if handling else "",
        ) if part
    )  # fmt: skip
    return format_html('<abbr title="{}">{}{}{}</abbr>', words, source or "–", info or "–", handling)
