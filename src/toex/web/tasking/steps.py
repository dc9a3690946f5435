"""The steps of the tasking request form, one thing a page: what each asks, what it says already, how it is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from django import forms

from toex.reference import load
from toex.web.forms import Day, Form, Lines, choices
from toex.work.staff.models import Organisation, Person
from toex.work.staff.queries import organisations, people_with
from toex.work.tasking.content import FormContent
from toex.work.tasking.models import Request

_PLAIN = frozenset(field.name for field in fields(FormContent))


def _words(label: str, hint: str = "", rows: int = 5) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, widget=forms.Textarea(attrs={"rows": rows}))


def _line(label: str, hint: str = "", most: int = 128) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=most)


class StepForm(Form):
    """One step: its fields are named as the form's content names them, so it reads and writes that."""

    def __init__(
        self, content: FormContent, *, request: Request, at: datetime, data: Any = None, files: Any = None
    ) -> None:
        self.content, self.request, self.at = content, request, at
        super().__init__(data, files, initial=self.said())
        self.choose()

    def said(self) -> dict[str, Any]:
        """Give what the form says already."""
        return {name: getattr(self.content, name) for name in self.base_fields if name in _PLAIN}

    def choose(self) -> None:
        """Fill in what can be chosen today."""

    def offer(self, field: str, offered: Iterable[tuple[Any, str]]) -> None:
        """Let a field offer choices."""
        self.fields[field].choices = list(offered)  # type: ignore[attr-defined]

    def write(self) -> FormContent:
        """Give the content as it is to be saved."""
        told: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in self.cleaned_data.items()
            if name in _PLAIN
        }
        return replace(self.content, **told)


class AskForm(StepForm):
    """Who asks."""

    name = _line("Operation name", "If it has one. No names of people.", 64)
    bcu = _line("BCU, district or team", "Where in the force the request comes from.")


class SioForm(StepForm):
    """Whose investigation it is."""

    account = forms.ChoiceField(label="The SIO's account here", required=False, help_text="Name and rank come with it.")
    sio_rank = _line("Rank", most=64)
    sio_name = _line("Name")
    sio_contact = _line("How the SIO is reached", "A telephone number or an email address at work.")

    def said(self) -> dict[str, Any]:
        """Give what the form says, the account by its number."""
        return {**super().said(), "account": self.content.sio.pk if self.content.sio else ""}

    def choose(self) -> None:
        """Offer the SIOs of the asking organisation; without any, the field goes."""
        self.known = _accounts("sio", self.request, self.at, self.content.sio)
        self.offer(
            "account", [("", "No account here: name them below"), *((p.pk, str(p)) for p in self.known.values())]
        )
        if not self.known:
            del self.fields["account"]

    def write(self) -> FormContent:
        """Write them; another account than before brings its own name and rank."""
        made = super().write()
        account = self.known.get(str(self.cleaned_data.get("account", "")))
        if account is not None and account != self.content.sio:
            made = replace(made, sio_name=account.name, sio_rank=account.rank)
        return replace(made, sio=account)


def _accounts(role: str, request: Request, at: datetime, also: Person | None = None) -> Mapping[str, Person]:
    found = [*people_with(role, at, organisation=request.organisation_id), *([also] if also else [])]
    return {str(person.pk): person for person in found}


class ThreatForm(StepForm):
    """What kind of exploitation it is."""

    threat_areas = forms.MultipleChoiceField(
        label="Which threat areas does it touch?", widget=forms.CheckboxSelectMultiple, required=False,
        help_text="Choose every one that fits.",
    )  # fmt: skip

    def choose(self) -> None:
        """Offer the threat areas of the day."""
        self.offer("threat_areas", choices("threat_areas", on=self.at.date()))


class WantedForm(StepForm):
    """What is wanted of TOEX."""

    wanted = forms.MultipleChoiceField(
        label="What would help?", widget=forms.CheckboxSelectMultiple, required=False,
        help_text="Choose what you think of; what TOEX will do is agreed with the SIO in the terms of reference.",
    )  # fmt: skip

    def choose(self) -> None:
        """Offer products, then support."""
        self.offer("wanted", choices("support_kinds", on=self.at.date()))


class BackgroundForm(StepForm):
    """What is known, and the investigation strategy."""

    background = _words("Background", "What is happening, since when, what was done already.", 6)
    strategy = _words("The SIO's investigation strategy", "In a few words, or attach the document below.", 3)
    document = forms.FileField(label="The strategy as a document", required=False, help_text="At most 25 MB.")
    objectives = Lines(
        label="Objectives of the strategy", required=False, rows=4,
        help_text="One a line. The questions that TOEX answers will each serve one of them.",
    )  # fmt: skip


class ForcesForm(StepForm):
    """Which forces it touches, and what data there are."""

    forces = forms.MultipleChoiceField(
        label="Forces affected", widget=forms.CheckboxSelectMultiple, required=False,
        help_text="Yours and every other that you know of.",
    )  # fmt: skip
    no_data = forms.BooleanField(label="The force holds no data for this", required=False)

    def said(self) -> dict[str, Any]:
        """Give what the form says; one's own force stands chosen until it says otherwise."""
        return {"forces": self.content.forces or (self.request.organisation_id,), "no_data": self.content.no_data}

    def choose(self) -> None:
        """Offer the forces of the day."""
        known = [
            one for one in organisations(self.at.date()) if one.kind == "force" or one.pk in self.initial["forces"]
        ]
        self.offer("forces", sorted(((one.pk, one.name) for one in known), key=lambda pair: pair[1]))


class UrgencyForm(StepForm):
    """By when, why, what was done to safeguard, and who owns the risk."""

    wanted_by = Day(label="Wanted by", required=False)
    urgency = _words("Why by then", rows=2)
    safeguarding = _words("What was done today to safeguard", "If nothing is needed, say so.", 3)
    risk_owner_rank = _line("Risk owner's rank", most=64)
    risk_owner = _line("Risk owner's name", "An officer of the force: TOEX never owns the risk.")
    risk_owner_at = forms.ChoiceField(label="Risk owner's organisation", required=False)

    def said(self) -> dict[str, Any]:
        """Give what the form says; the risk owner's organisation is the one that asks until it says otherwise."""
        return {**super().said(), "risk_owner_at": self.content.risk_owner_at or self.request.organisation_id}

    def choose(self) -> None:
        """Offer forces and agencies, never a region that did not ask."""
        asking = self.request.organisation_id
        known = organisations(self.at.date()).exclude(kind__in=("rocu", "region")) | Organisation.objects.filter(
            pk=asking
        )
        self.offer("risk_owner_at", [(one.pk, one.name) for one in known if one.pk != "TOEX"])

    def write(self) -> FormContent:
        """Write them; an organisation without a name beside it says nothing."""
        made = super().write()
        return made if made.risk_owner else replace(made, risk_owner_at="")


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its code in the address, its heading, the fields of `completeness` that it answers, its form."""

    code: str
    title: str
    answers: tuple[str, ...]
    form: type[StepForm] | None = None


STEPS = (
    Step("asks", "Who asks", (), AskForm),
    Step("sio", "The Senior Investigating Officer", ("sio_name", "sio_rank", "sio_contact"), SioForm),
    Step("threats", "Threat areas", ("threat_areas",), ThreatForm),
    Step("wanted", "What is wanted", ("wanted",), WantedForm),
    Step("background", "Background and investigation strategy", ("background", "strategy", "objectives"), BackgroundForm),
    Step("subjects", "Subjects", ()),
    Step("data", "Forces and data held", ("data_held",), ForcesForm),
    Step("urgency", "Urgency, safeguarding and who owns the risk",
         ("wanted_by", "urgency", "safeguarding", "risk_owner"), UrgencyForm),
)  # fmt: skip
BY_CODE = {step.code: step for step in STEPS}
CHECK = "check"


def after(code: str) -> str:
    """Give the step after a step; the last leads to the check of the answers."""
    codes = [step.code for step in STEPS]
    at = codes.index(code) + 1
    return codes[at] if at < len(codes) else CHECK


def step_of(field: str) -> str:
    """Give the step that answers a field of `completeness`."""
    return next((step.code for step in STEPS if field in step.answers), CHECK)


def roles_in_order() -> list[tuple[str, str]]:
    """Give the categories of data subject with short words, a victim first (rule 10)."""
    short = {
        "victim": "Victim",
        "suspect": "Suspect",
        "convicted": "Convicted",
        "witness": "Witness",
        "other": "Not known",
    }
    held = [(entry.code, short.get(entry.code, entry.label)) for entry in load("subject_categories")]
    return sorted(held, key=lambda pair: pair[0] != "victim")
