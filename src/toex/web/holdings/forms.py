"""Forms of the holdings pages."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from toex.reference import Code, load
from toex.web.forms import Day, Form, choices, dress
from toex.work.holdings.models import Dataset
from toex.work.operations.models import Operation
from toex.work.staff.models import Organisation

_OWN_COLUMNS = ("authority", "expiry")  # facts that are columns of a registration, not among its details
_AREA = forms.Textarea(attrs={"rows": 3})


class _Several(forms.FileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """One file or several."""

    widget = _Several

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Give the files as a list, each checked by the rules of one."""
        one = super().clean
        several: Sequence[Any] = data if isinstance(data, list | tuple) else [data]
        return [one(file, initial) for file in several] if several else one(None, initial)


class Bring(Form):
    """Which dataset a delivery belongs to, and its files."""

    dataset = forms.ChoiceField(label="Dataset")
    delivered = Files(
        label="File, or several", help_text="CSV or other delimited text, or XLSX. Two gigabytes each at most."
    )

    def __init__(self, *args: Any, datasets: Iterable[Dataset], **words: Any) -> None:
        super().__init__(*args, **words)
        told = [(one.name, f"{one.title} ({one.name}, {one.supplier.name})") for one in datasets]
        _choose(self, "dataset", [("", "Choose"), *told])


class Registration(Form):
    """What a registration says; the facts that the kind requires are added to it."""

    title = forms.CharField(label="Title", max_length=128, help_text="As practitioners call it.")
    name = forms.CharField(
        label="Name", max_length=63, help_text="Small letters, digits and hyphens, the supplier first: 13-nominals. "
        "It is used once and never changed.",
    )  # fmt: skip
    supplier = forms.ChoiceField(label="Supplier", help_text="The force or body whose data it is.")
    binding = forms.ChoiceField(
        label="Standing, or bound to an operation", choices=[("standing", "Standing"), ("operation", "Bound to an operation")],
        help_text="Bound data is seen and compared within its operation only, and leaves with it.",
    )  # fmt: skip
    operation = forms.ChoiceField(
        label="Operation", required=False, help_text="Only where the dataset is bound to one."
    )
    compartment = forms.ChoiceField(
        label="Compartment", required=False, help_text="Only its named readers will know of it."
    )
    lawful_basis = forms.CharField(
        label="Lawful basis", max_length=256, help_text="The power or purpose under which it is held, with its section.",
    )  # fmt: skip
    agreement = forms.CharField(
        label="Agreement", max_length=128, help_text="The sharing agreement or order, by its reference."
    )
    policy_document = forms.CharField(
        label="Appropriate policy document", max_length=128, required=False,
        help_text="Its reference, where the data is sensitive (DPA 2018 s.42).",
    )  # fmt: skip
    marking = forms.ChoiceField(label="Marking", help_text="No row will be shown under a lower one.")
    retention_group = forms.ChoiceField(label="Review group")
    review_date = Day(
        label="Review by", help_text="The day on which somebody decides whether it is still needed (s.39)."
    )
    pnd_state = forms.ChoiceField(
        label="Towards PND, each item is", help_text="The default; only exceptions are typed for single items."
    )
    pnd_why = forms.CharField(
        label="Why", max_length=256, required=False, help_text="Where items are recorded elsewhere, or are not for PND."
    )

    def __init__(
        self, *args: Any, kind: Code, on: date, suppliers: Iterable[Organisation], operations: Iterable[Operation],
        compartments: Iterable[str], **words: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **words)
        self.facts = _facts(kind)
        for name, field in self.facts.items():
            self.fields[name] = field
        bound = [("", "It is standing"), *((one.reference, one.name) for one in operations)]
        _choose(self, "supplier", [("", "Choose"), *((one.code, one.name) for one in suppliers)])
        _choose(self, "operation", bound)
        _choose(self, "compartment", [("", "In no compartment"), *((code, code) for code in sorted(compartments))])
        _choose(self, "marking", [(code.code, code.label) for code in load("markings") if code.attribute("held")])
        _choose(self, "retention_group", choices("review_groups", on=on, empty="Choose"))
        _choose(self, "pnd_state", choices("pnd_states", on=on))
        for name in () if compartments else ("compartment",):
            del self.fields[name]
        if kind.attribute("bound"):
            self.fields["binding"].initial = "operation"
        for field in self.facts.values():
            dress(field)

    def groups(self) -> list[tuple[str, list[Any]]]:
        """Give the fields in groups, as a registration is thought through."""
        named = {
            "What it is": ("title", "name", "supplier", "binding", "operation", "compartment"),
            "On what basis": ("lawful_basis", "agreement", "policy_document", "marking"),
            "What this kind of data requires": tuple(self.facts),
            "How long, and towards PND": ("retention_group", "review_date", "pnd_state", "pnd_why", "reason"),
        }  # fmt: skip
        told = [(words, [self[name] for name in names if name in self.fields]) for words, names in named.items()]
        return [(words, fields) for words, fields in told if fields]

    def said(self) -> dict[str, Any]:
        """Give what was said as a registration takes it: facts that are no columns of it are its details."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in self.facts}
        own = {name: self.cleaned_data.get(name) for name in self.facts}
        details = {name: str(value) for name, value in own.items() if value and name not in _OWN_COLUMNS}
        columns = {name: own[name] for name in _OWN_COLUMNS if own.get(name)}
        return {**given, **columns, "details": details}


class Amendment(Registration):
    """A registration to be changed from now on; whose data it is, its kind and what it is bound to stay."""

    reason = forms.CharField(
        label="Why it changes", max_length=256, required=False, help_text="It stands with the version."
    )

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        for name in ("name", "supplier", "binding", "operation", "compartment"):
            self.fields.pop(name, None)


class Closing(Form):
    """Why something ends."""

    reason = forms.CharField(label="Reason", max_length=256, required=False)


class SetPnd(Form):
    """How chosen items stand towards PND."""

    state = forms.ChoiceField(label="They are")
    urn = forms.CharField(label="URN on PND", max_length=64, required=False, help_text="Where they are recorded.")
    on = Day(label="On", required=False, help_text="The day of recording or submission.")
    why = forms.CharField(label="Why", max_length=256, required=False, help_text="Where they are not for PND.")

    def __init__(self, *args: Any, on: date, **words: Any) -> None:
        super().__init__(*args, **words)
        _choose(self, "state", choices("pnd_states", on=on))


class HandingBack(Form):
    """To whom a list of rows went, and how."""

    to = forms.ChoiceField(label="To")
    how = forms.CharField(
        label="How it goes",
        max_length=256,
        required=False,
        help_text="The channel, and who receives it there by their post.",
    )
    note = forms.CharField(label="What is asked for", required=False, widget=_AREA)

    def __init__(self, *args: Any, suppliers: Iterable[Organisation], **words: Any) -> None:
        super().__init__(*args, **words)
        _choose(self, "to", [(one.code, one.name) for one in suppliers])


class Deciding(Form):
    """A review's decision: retain to a day ahead, or dispose."""

    decision = forms.ChoiceField(
        label="Decision", choices=[("retain", "Retain"), ("dispose", "Dispose")], widget=forms.RadioSelect,
        help_text="To dispose is carried out by an erasure, which another person approves.",
    )  # fmt: skip
    reason = forms.CharField(label="Reason", required=False, widget=_AREA)
    next_date = Day(label="Next review", required=False, help_text="Where it is retained.")


class Holding(Form):
    """A legal hold on a dataset."""

    ground = forms.ChoiceField(label="Ground")
    reason = forms.CharField(label="Reason", required=False, widget=_AREA)
    until = Day(label="Looked at again on", required=False, help_text="A hold ends by release alone.")

    def __init__(self, *args: Any, on: date, **words: Any) -> None:
        super().__init__(*args, **words)
        _choose(self, "ground", choices("hold_grounds", on=on))


class Disposal(Form):
    """Asking for a whole dataset to be disposed of."""

    ground = forms.ChoiceField(label="Ground")
    reason = forms.CharField(label="Reason", required=False, widget=_AREA)

    def __init__(self, *args: Any, on: date, **words: Any) -> None:
        super().__init__(*args, **words)
        _choose(self, "ground", choices("erasure_grounds", on=on))


def _facts(kind: Code) -> dict[str, forms.Field]:
    """Make a field for each fact that a kind requires, and for who released what was quarantined."""
    facts, wanted = load("dataset_facts"), list(kind.words("requires"))
    wanted += ["released_by"] if "privilege" in wanted else []
    return {name: _fact(name, facts.get(name)) for name in wanted}


def _fact(name: str, fact: Code | None) -> forms.Field:
    label, note = (fact.label, fact.attribute("note")) if fact else (name.replace("_", " ").capitalize(), "")
    if name == "expiry":
        return Day(label=label, required=False)
    values = fact.words("values") if fact else ()
    if values:
        told = [("", "Choose"), *((one, one.capitalize()) for one in values)]
        return forms.ChoiceField(label=label, required=False, help_text=note, choices=told)
    return forms.CharField(label=label, required=False, max_length=256, help_text=note)


def _choose(form: Form, name: str, told: Sequence[tuple[str, str]]) -> None:
    field = form.fields.get(name)
    if isinstance(field, forms.ChoiceField):
        field.choices = told
