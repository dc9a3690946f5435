"""Logging in, setting one's own password, logging out, and how one likes the pages."""

from django import forms
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from toex.web.forms import Form
from toex.web.visits import now
from toex.work.errors import Incomplete, LogInFailed, PasswordDue
from toex.work.staff.log_in import log_in, set_password
from toex.work.staff.models import Person

_BACKEND = "toex.work.staff.log_in.Passwords"
THEMES = ("auto", "light", "dark")
DENSITIES = ("compact", "comfortable")
_A_YEAR = 365 * 24 * 3600


class LogInForm(Form):
    """A name and a password."""

    username = forms.CharField(label="Log-in name", max_length=64)
    password = forms.CharField(label="Password", widget=forms.PasswordInput, max_length=200, strip=False)


class OwnPasswordForm(LogInForm):
    """The password that another gave, and one's own twice."""

    new = forms.CharField(
        label="Your own password", widget=forms.PasswordInput, max_length=200, strip=False,
        help_text="At least 12 letters; three or four words that do not belong together are good.",
    )  # fmt: skip
    again = forms.CharField(label="The same again", widget=forms.PasswordInput, max_length=200, strip=False)

    def clean_again(self) -> str:
        """Check that both were typed the same."""
        if self.cleaned_data["again"] != self.cleaned_data.get("new", self.cleaned_data["again"]):
            raise forms.ValidationError("This is not the same as above.")
        return str(self.cleaned_data["again"])


@never_cache
def come_in(request: HttpRequest) -> HttpResponse:
    """Log somebody in."""
    form = LogInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            person = log_in(username=said["username"], password=said["password"], at=now())
        except LogInFailed as error:
            form.add_error(None, str(error))
        except PasswordDue as error:
            form = OwnPasswordForm(initial={"username": said["username"]})
            return _asked(request, form, told=str(error), own=True)
        else:
            return _let_in(request, person)
    return _asked(request, form)


@require_POST
@never_cache
def own_password(request: HttpRequest) -> HttpResponse:
    """Set one's own password in place of one that another gave, and log in with it."""
    form = OwnPasswordForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            person = set_password(
                username=said["username"], password=said["password"], new=said["new"], at=now()
            )  # fmt: skip
        except LogInFailed as error:
            form.add_error(None, str(error))
        except Incomplete as error:
            form.add_error("new", str(error))
        else:
            return _let_in(request, person)
    return _asked(request, form, own=True)


def _asked(request: HttpRequest, form: Form, *, told: str = "", own: bool = False) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "staff/log_in.html", {"form": form, "told": told, "own": own}, status=status)


def _let_in(request: HttpRequest, person: Person) -> HttpResponse:
    login(request, person, backend=_BACKEND)
    onward = request.GET.get("next", "/")
    safe = url_has_allowed_host_and_scheme(onward, allowed_hosts=None) and onward.startswith("/")
    return redirect(onward if safe else "/")


@require_POST
def go_out(request: HttpRequest) -> HttpResponse:
    """Log somebody out."""
    logout(request)
    return redirect("log_in")


@require_POST
def like(request: HttpRequest) -> HttpResponse:
    """Keep how one likes the pages in two cookies: the theme and the density."""
    onward = request.POST.get("next", "/")
    response = redirect(onward if url_has_allowed_host_and_scheme(onward, allowed_hosts=None) else "/")
    for name, known in (("theme", THEMES), ("density", DENSITIES)):
        if (chosen := request.POST.get(name)) in known:
            response.set_cookie(f"toex_{name}", str(chosen), max_age=_A_YEAR, samesite="Strict", httponly=True)
    return response


def liked(request: HttpRequest) -> dict[str, str]:
    """Give every template the theme and the density."""
    theme, density = request.COOKIES.get("toex_theme", ""), request.COOKIES.get("toex_density", "")
    return {
        "theme": theme if theme in THEMES else "auto",
        "density": density if density in DENSITIES else "compact",
    }


addresses = [
    path("log-in", come_in, name="log_in"),
    path("log-in/own-password", own_password, name="own_password"),
    path("log-out", go_out, name="log_out"),
    path("settings", like, name="like"),
]
