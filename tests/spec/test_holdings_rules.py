"""The rule book of holdings: what may be held, on what basis, and how it goes."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people import START
from toex.picture import Loaded
from toex.reference import load
from toex.work.errors import Incomplete, NotAllowed, OutOfOrder
from toex.work.holdings.actions import delivered, receive_file, register
from toex.work.holdings.loading import refuse, settle
from toex.work.holdings.models import Dataset, Receipt
from toex.work.holdings.policies import Registration, check_registration, live_for_reading
from toex.work.staff.models import Organisation, Person

AT = START + timedelta(days=1)
ORDINARY = Registration(
    "13-nominals", "Nominals", "13", "DPA 2018 s.35(2)(b)", "ISA/2026/13", "OFFICIAL-SENSITIVE", "3", date(2027, 9, 1),
    kind="nominals",
)  # fmt: skip


@pytest.fixture
def receipt(people: dict[str, Person], tmp_path: Path) -> Receipt:
    dataset = register(
        name="13-nominals", title="Nominals", supplier=Organisation.objects.get(code="13"), lawful_basis="s.35(2)(b)",
        agreement="ISA/2026/13", marking="OFFICIAL-SENSITIVE", retention_group="3", review_date=date(2027, 9, 1),
        kind="nominals", by=people["data"], at=AT,
    )  # fmt: skip
    file = tmp_path / "nominals.csv"
    file.write_text("Nominal Ref,Surname\nN1,Korrow\n", encoding="utf-8")
    return receive_file(dataset=dataset, path=file, mapping="nominals", by=people["data"], at=AT)


def said(**changes: object) -> Registration:
    return replace(ORDINARY, **changes)  # type: ignore[arg-type]


def test_nothing_delivered_is_lost_but_by_recorded_disposal(receipt: Receipt, people: dict[str, Person]) -> None:
    """Rule 9: the file is kept under its hash before anything is read; a refusal leaves it where it is."""
    assert delivered(receipt.sha256).exists()
    assert delivered(refuse(receipt, reason="Not readable.", at=AT).kept).exists()


def test_rows_in_are_rows_loaded_and_rows_set_aside(receipt: Receipt) -> None:
    """Rule 9: a receipt whose counts do not add up is not settled."""
    lost = Loaded("f", "13-nominals", "13", 1, rows_in=10, rows_loaded=7, rows_set_aside=2, reasons={}, records={})
    with pytest.raises(OutOfOrder):
        settle(receipt, lost, at=AT)
    assert settle(receipt, replace(lost, rows_set_aside=3), at=AT).state == "loaded"


@pytest.mark.parametrize("kind", ["handset", "call_data", "anpr"])
def test_handsets_call_data_and_anpr_are_always_bound_to_an_operation(kind: str) -> None:
    """Rule 11: a victim's handset, call data and an ANPR pull never stand."""
    with pytest.raises(Incomplete) as error:
        check_registration(said(kind=kind), on=AT.date())
    assert "binding" in error.value.fields


def test_suspicious_activity_data_is_refused_by_default() -> None:
    """Rule 11: it is held under the UK Financial Intelligence Unit's own rules."""
    with pytest.raises(NotAllowed, match="UK Financial Intelligence Unit"):
        check_registration(said(kind="suspicious_activity"), on=AT.date())


@pytest.mark.parametrize("marking", ["SECRET", "TOP SECRET"])
def test_nothing_marked_secret_or_above_is_registered(marking: str) -> None:
    with pytest.raises(NotAllowed):
        check_registration(said(marking=marking), on=AT.date())


@given(kind=st.sampled_from(load("dataset_kinds").codes()), data=st.data())
def test_whatever_a_kind_requires_a_registration_without_it_is_not_complete(kind: str, data: st.DataObject) -> None:
    """The requirements are data: a new line in the list is a new rule, with no code."""
    code = load("dataset_kinds").get(kind)
    assert code is not None
    needed = code.words("requires")
    if not needed:
        return
    missing = data.draw(st.sampled_from(needed))
    given = {name: (load("dataset_facts").get(name) or code).words("values") or ("said",) for name in needed}
    details = {n: v[0] for n, v in given.items() if n not in (missing, "authority", "expiry")}
    bound = {"binding": "operation", "operation": "larkmere"} if code.attribute("bound") else {}
    facts = {"authority": "A/1", "expiry": date(2026, 12, 1), "policy_document": "APD", **bound}
    if missing in facts:
        facts[missing] = None if missing == "expiry" else ""
    with pytest.raises(Incomplete) as error:
        check_registration(said(kind=kind, details=details, **facts), on=AT.date())
    assert set(error.value.fields) == {missing}


@given(ends=st.dates(date(2026, 1, 1), date(2030, 1, 1)), day=st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_after_its_authority_has_ended_a_dataset_is_not_read(ends: date, day: date) -> None:
    """Rule 11: to the end of the last day, and not a day longer."""
    dataset = Dataset(name="anpr", expiry=ends, registered=datetime(2026, 1, 1, tzinfo=AT.tzinfo))
    assert live_for_reading(dataset, day) == (day <= ends)
