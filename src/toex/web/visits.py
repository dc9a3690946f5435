"""A visit: who asks for a page, when, from which desk; and the two ways in, `page` and `desk`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeAlias
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from toex.web.forms import Form
from toex.web.refusals import EXPECTED, refused
from toex.work.access.facts import PersonFacts
from toex.work.access.queries import person_facts
from toex.work.access.sitting import Standing, sit_down
from toex.work.errors import Incomplete, OutOfOrder
from toex.work.judgements.seat import UnitSeat
from toex.work.staff.models import Person

P = ParamSpec("P")
View: TypeAlias = Callable[Concatenate[HttpRequest, P], HttpResponse]


def now() -> datetime:
    """Read the clock: below the doors a moment is always given."""
    return datetime.now(UTC)


@dataclass
class Visit:
    """One request of one person at one moment."""

    request: HttpRequest
    person: Person
    at: datetime
    seat: UnitSeat | None = None  # where the page lies under a grant
    stood: Standing | None = None  # how the grant and its reader stood as the visit began

    @property
    def standing(self) -> Standing:
        """How the grant and its reader stood as the visit began: to be told of. What is read asks anew."""
        if self.stood is None:
            raise ValueError("This page lies under no grant.")
        return self.stood

    @cached_property
    def facts(self) -> PersonFacts:
        """The person's roles and compartments, read anew for this visit."""
        return person_facts(self.person, self.at)

    @property
    def compartments(self) -> frozenset[str]:
        """The codes of the compartments that the person is named to read."""
        return self.facts.compartments

    @property
    def roles(self) -> frozenset[str]:
        """The roles that the person holds at this moment."""
        return self.facts.roles

    @property
    def posted(self) -> bool:
        """Whether something was sent, rather than asked for."""
        return self.request.method == "POST"

    @property
    def sent(self) -> QueryDict:
        """What was sent."""
        return self.request.POST

    @property
    def partial(self) -> bool:
        """Whether htmx asks for a piece of a page."""
        return self.request.headers.get("HX-Request") == "true"

    def say(self, text: str, *, kind: str = "success") -> None:
        """Put a notice at the head of the next page: success, warning or error. It names nobody."""
        messages.add_message(self.request, getattr(messages, kind.upper()), text)

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Draw a page or a piece of one; `visit` and `desk` are there in every template."""
        return render(self.request, template, {**context, "visit": self, "desk": self.seat}, status=status)

    def go(self, name: str, *args: Any, **words: Any) -> HttpResponse:
        """Send the person on to another page by its name, within the desk where one sits at one."""
        if name.startswith("desk:") and self.seat is not None:
            words = {"grant": self.seat.grant.pk, **words}
        return redirect(reverse(name, args=args or None, kwargs=None if args else words))

    @contextmanager
    def attempt(self, form: Form | None = None) -> Iterator["Attempt"]:
        """Try an act: what it lacks is told beside the form's fields, or as a notice; everything else goes its way."""
        tried = Attempt()
        try:
            yield tried
            tried.done = True
        except Incomplete as error:
            if form is None:
                self.say(str(error), kind="error")
            else:
                form.lacks(error)
        except OutOfOrder as error:
            if form is None:
                self.say(str(error), kind="error")
            else:
                form.add_error(None, str(error))


@dataclass
class Attempt:
    """Whether an act was done."""

    done: bool = False


def visit_of(request: HttpRequest, person: Person) -> Visit:
    """Begin a visit. The roles are read once, for every rule that asks."""
    prefetch_related_objects([person], "roles")
    return Visit(request, person, now())


def page(view: Callable[Concatenate[Visit, P], HttpResponse]) -> View[P]:
    """Let a view take the visit of somebody who is logged in; refusals become pages and are logged."""

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **words: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, Person):
            return to_log_in(request)
        visit = visit_of(request, request.user)
        return _guarded(visit, lambda: view(visit, *args, **words))

    return answer


def desk(view: Callable[Concatenate[Visit, UnitSeat, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view take the visit and the seat under the grant that the address names; NotThere where it is not theirs."""

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, grant: int, *args: P.args, **words: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, Person):
            return to_log_in(request)
        visit = visit_of(request, request.user)

        def seated() -> HttpResponse:
            held, visit.stood = sit_down(person=visit.person, grant=grant, at=visit.at)
            visit.seat = UnitSeat(held.person, held.grant, held.at)
            return view(visit, visit.seat, *args, **words)

        return _guarded(visit, seated)

    return answer


def _guarded(visit: Visit, answer: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        with timezone.override(
            ZoneInfo(settings.TOEX_WORKING_DAY[0])
        ):  # fields show and take moments on the place's clocks
            return answer()
    except EXPECTED as error:
        return visit.show("frame/refused.html", **refused(visit, error))


def to_log_in(request: HttpRequest) -> HttpResponse:
    """Send somebody to the log-in, and back afterwards where they only asked for a page."""
    address = reverse("log_in")
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(f"{address}?next={request.path}" if request.method == "GET" and request.path != "/" else address)
