"""The forms of an intelligence report: its head, its items one by one, and what releasing it asks."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import QueryDict

from toex.reference import load
from toex.web.forms import Day, Form, Moment, choices
from toex.work.errors import Incomplete
from toex.work.research.policies.reports import BASES, LONGEST_TEXT, markings, telltales
from toex.work.research.queries import Item as Graded
from toex.work.research.report_content import ItemContent, ReportContent, SafeItem
from toex.work.staff.models import Organisation

CONDITIONS = tuple(one.code for one in load("condition_fields"))
CHANNELS = ("Secure email", "By hand", "Force intelligence system", "PND", "SIENA")
RULES = (
    "Source's place and relation taken out", "Times and places made wider", "Only what several could know is left",
    "Nothing in it tells of a source: unchanged",
)  # fmt: skip


class Head(Form):
    """The head of a report: most of it has its default."""

    title = forms.CharField(
        max_length=128,
        required=False,
        label="What it is about",
        help_text="A few words; others read it once it is sanitised.",
    )
    source_ref = forms.CharField(
        max_length=24, required=False, label="Source reference",
        help_text="A number, such as ISR 004417. Never a name.",
    )  # fmt: skip
    obtained = Moment(required=False, label="Information obtained")
    priority = forms.ChoiceField(required=False, label="Priority")
    marking = forms.ChoiceField(required=False, label="Marking")
    researched = forms.CharField(
        max_length=256, required=False, label="Also searched", help_text="Which systems, as PND, PNC."
    )

    def __init__(self, *args: Any, on: date, **words: Any) -> None:
        super().__init__(*args, **words)
        _choose(self, "priority", choices("report_priorities", on=on))
        _choose(self, "marking", [(one, one) for one in markings()])


class Item(Form):
    """One item: what it is and how it is graded; conditions where handling asks for them."""

    text = forms.CharField(
        max_length=LONGEST_TEXT, required=False, label="What the intelligence is",
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    source_grade = forms.ChoiceField(required=False, label="Source")
    assessment = forms.ChoiceField(required=False, label="Intelligence")
    handling = forms.ChoiceField(required=False, label="Handling")
    basis = forms.ChoiceField(required=False, label="Fact or assessment")
    assessment_why = forms.CharField(max_length=256, required=False, label="Why it is suspected to be false")
    happened = Moment(required=False, label="It happened")
    happened_until = Moment(required=False, label="until")
    place = forms.CharField(max_length=128, required=False, label="Where")
    cell = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, on: date, **words: Any) -> None:
        super().__init__(*args, **words)
        _choose(self, "source_grade", _graded("grade_source", on))
        _choose(self, "assessment", _graded("grade_assessment", on))
        _choose(self, "handling", _graded("grade_handling", on))
        _choose(self, "basis", [("", ""), *BASES.items()])
        for code in CONDITIONS:
            self.fields[f"conditions-{code}"] = _condition(load("condition_fields").label(code))

    @property
    def conditions(self) -> list[forms.BoundField]:
        """The fields that handling with conditions asks for."""
        return [self[f"conditions-{code}"] for code in CONDITIONS]

    @property
    def marked(self) -> Sequence[tuple[str, str]]:
        """The words of the text that may say who the source is, each with why."""
        return [(one.words, one.why) for one in telltales(str(self["text"].value() or ""))]

    @property
    def from_cell(self) -> int:
        """The number of the grid's cell that it was taken up from, or 0."""
        said = str(self["cell"].value() or "")
        return int(said) if said.isdigit() else 0

    @property
    def has_conditions(self) -> bool:
        """Whether the conditions are asked for now."""
        return bool(self["handling"].value() == "C")

    def content(self) -> ItemContent:
        """Give the item as it was sent."""
        said = self.cleaned_data
        conditions = {code: said[f"conditions-{code}"] for code in CONDITIONS if said.get(f"conditions-{code}")}
        return ItemContent(
            said["text"].strip(), said["source_grade"], said["assessment"], said["handling"], said["basis"],
            said["assessment_why"], conditions if said["handling"] == "C" else {}, said["happened"],
            said["happened_until"], said["place"], said["cell"] or 0,
        )  # fmt: skip


class Written:
    """A whole report as a page has it: its head, and an item form for each item."""

    def __init__(self, head: Head, items: Sequence[Item]) -> None:
        self.head, self.items = head, items

    @classmethod
    def of(
        cls, content: ReportContent, *, now: datetime, more: bool = False, taken: ItemContent | None = None
    ) -> "Written":
        """Show a report as it stands; with `more`, and where it has no item, one to write with the last one's grades.

        `taken` is one that is taken up from a grid, to be looked over and saved.
        """
        head = Head(initial={**asdict(replace(content, items=())), "obtained": content.obtained or now}, on=now.date())
        items = [
            Item(initial=_initial(one), prefix=f"item-{n}", on=now.date()) for n, one in enumerate(content.items, 1)
        ]
        if more or taken or not items:
            new = _initial(taken) if taken else _next(content.items)
            items.append(Item(initial=new, prefix=f"item-{len(items) + 1}", on=now.date()))
        return cls(head, items)

    @classmethod
    def sent(cls, sent: QueryDict, *, now: datetime) -> "Written":
        """Read a report as it was sent; an item that says nothing is none."""
        numbers = sorted(
            {int(n) for key in sent if (n := key.split("-")[1] if key.startswith("item-") else "").isdigit()}
        )
        forms_ = [Item(sent, prefix=f"item-{n}", on=now.date()) for n in numbers[:40]]
        return cls(Head(sent, on=now.date()), [one for one in forms_ if one["text"].value()])

    @property
    def is_valid(self) -> bool:
        """Say whether what was sent can be read."""
        return all([self.head.is_valid(), *(item.is_valid() for item in self.items)])

    def content(self) -> ReportContent:
        """Give what was sent; call it where it is valid."""
        said = self.head.cleaned_data
        return ReportContent(
            said["title"], said["marking"] or "OFFICIAL-SENSITIVE", said["priority"], said["source_ref"], said["obtained"], None,
            said["researched"], tuple(item.content() for item in self.items),
        )  # fmt: skip

    def lacks(self, error: Incomplete) -> None:
        """Put what the report lacks beside its fields, the items' by their number."""
        rest = dict(error.fields)
        for number, item in enumerate(self.items, 1):
            own = f"item-{number}-"
            mine = {key.removeprefix(own): words for key, words in rest.items() if key.startswith(own)}
            if mine:
                item.full_clean()
                item.lacks(Incomplete(str(error), mine))
            rest = {key: words for key, words in rest.items() if not key.startswith(own)}
        self.head.full_clean()
        if rest or not error.fields:
            self.head.lacks(Incomplete(str(error), rest))

    def add_error(self, field: str | None, words: str) -> None:
        """Put a fault beside a field of the head, or at its head."""
        self.head.full_clean()
        self.head.add_error(field, words)

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """Give what is to be mended: the id of the field, its words, the fault."""
        told = [("", "", str(e)) for e in self.head.non_field_errors()]
        told += [(f.id_for_label, str(f.label), str(e)) for f in self.head for e in f.errors]
        for number, item in enumerate(self.items, 1):
            told += [(f.id_for_label, f"Item {number}, {str(f.label).lower()}", str(e)) for f in item for e in f.errors]
        return told


class _Said(Form):
    """What is said of a whole report whose items are no fields of the form."""

    def lacks(self, error: Incomplete) -> None:
        """Say of items which they are; they are no fields of this form."""
        numbers = sorted({key.split("-")[1] for key in error.fields if key.startswith("item-")}, key=int)
        if numbers:
            self.add_error(None, f"{error} Item {', '.join(numbers)}.")
        super().lacks(Incomplete(str(error), {k: w for k, w in error.fields.items() if not k.startswith("item-")}))


class Release(_Said):
    """What the second person says of the whole: the title that others read, what was taken out, marked words."""

    title = forms.CharField(max_length=128, required=False, label="Title that others read")
    how = forms.CharField(
        max_length=512, required=False, label="What was done", widget=forms.TextInput(attrs={"list": "rules"})
    )
    explicit = forms.BooleanField(required=False, label="I have read the marked words, and they stay")


class Correction(_Said):
    """What is corrected of a report that was sent: the title that others read, why, and that marked words stay."""

    title = forms.CharField(max_length=128, required=False, label="Title that others read")
    reason = forms.CharField(
        max_length=2000, required=False, label="Why it is corrected", widget=forms.Textarea(attrs={"rows": 2})
    )
    explicit = forms.BooleanField(required=False, label="I have read the marked words, and they stay")


class Return(Form):
    """Why a report goes back to its author."""

    reason = forms.CharField(max_length=2000, label="Why", widget=forms.Textarea(attrs={"rows": 2}))


class Sent(Form):
    """To whom the sanitised report went, how and when."""

    to = forms.ModelChoiceField(queryset=Organisation.objects.none(), label="Owning force", empty_label=None)
    desk = forms.CharField(max_length=128, label="Desk or role")
    channel = forms.CharField(max_length=64, label="How", widget=forms.TextInput(attrs={"list": "channels"}))
    sent = Moment(label="When")


class Urn(Form):
    """The owning force's URN."""

    urn = forms.CharField(max_length=64, label="URN")
    on = Day(label="Recorded there on")


class PndSaid(Form):
    """How the report stands towards PND."""

    state = forms.ChoiceField(label="State")
    urn = forms.CharField(max_length=64, required=False, label="PND URN")
    on = Day(required=False, label="On")
    why = forms.CharField(max_length=256, required=False, label="Why not")

    def __init__(self, *args: Any, on: date, **words: Any) -> None:
        super().__init__(*args, **words)
        _choose(self, "state", choices("pnd_states", on=on))


class Linking(Form):
    """Which records a report is about, in what part."""

    q = forms.CharField(max_length=500, required=False)
    record = forms.MultipleChoiceField(required=False)
    role = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, on: date, sent: Sequence[str] = (), **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["record"].choices = [(one, one) for one in sent]  # type: ignore[attr-defined]
        _choose(self, "role", choices("subject_categories", on=on))


def taken_up(item: Graded) -> ItemContent:
    """Give the item that a cell of a grid becomes: its text and grades as they were entered there."""
    conditions = {"text": item.conditions} if item.conditions else {}
    return ItemContent(
        item.text, item.source_grade, item.info_grade, item.handling, conditions=conditions, cell=item.cell
    )


def safe_items(sent: QueryDict, numbers: Sequence[int]) -> tuple[SafeItem, ...]:
    """Read what the second person wrote for each item."""
    return tuple(
        SafeItem(n, sent.get(f"item-{n}-safe", "")[:LONGEST_TEXT], withheld=f"item-{n}-withheld" in sent)
        for n in numbers
    )


def _initial(item: ItemContent) -> dict[str, Any]:
    told = asdict(item)
    conditions: Mapping[str, str] = told.pop("conditions")
    return {**told, **{f"conditions-{code}": words for code, words in conditions.items()}}


def _next(items: Sequence[ItemContent]) -> dict[str, Any]:
    """Give a new item the grades of the last: of one source and one day they mostly agree."""
    last = items[-1] if items else ItemContent("", handling="P")
    kept = replace(last, text="", assessment="", basis="", assessment_why="", cell=0)
    return _initial(kept)


def _graded(name: str, on: date) -> list[tuple[str, str]]:
    return [("", ""), *((code, f"{code} {label}") for code, label in choices(name, on=on))]


def _choose(form: Form, name: str, held: Sequence[tuple[str, str]]) -> None:
    form.fields[name].choices = list(held)  # type: ignore[attr-defined]


def _condition(words: str) -> forms.CharField:
    field = forms.CharField(max_length=256, required=False, label=words)
    field.widget.attrs |= {"class": "govuk-input", "autocomplete": "off"}
    return field
