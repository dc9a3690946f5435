"""Corrections: drawn from what changed under what was given out, to everybody who was given it, and to nobody by halves."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from products_made import Shop
from rows import table
from seats import NOW
from toex.publishing import Member, Sentence, SourceRow, cited, freeze, thaw
from toex.publishing import Person as Named
from toex.publishing import Product as Printed
from toex.work.citations.actions import cite, tell
from toex.work.citations.models import Citation, Notice
from toex.work.errors import Incomplete, NotAllowed, OutOfOrder
from toex.work.products import actions
from toex.work.products.corrected import changes_under, given_with, open_changes
from toex.work.products.models import (
    CorrectionTold,
    Dissemination,
    Issue,
    Product,
    Recipient,
    Version,
)
from toex.work.products.placing import placed
from toex.work.staff.models import Organisation, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(unit: Path, people: dict[str, Person]) -> Shop:
    return Shop(unit, people)


def changed(shop: Shop, record: str, **columns: Any) -> None:
    """A supplier corrects a row, and whoever rests on it is told as the loading does."""
    row = {**shop.world.record[record], **columns, "digest": "again", "version": 2}
    with shop.store.writer(job="load", step=f"again {record} {sorted(columns)}") as writer:
        writer.add({"person": table("person", [row])})
        writer.publish(at=shop.at())


def test_what_changes_under_a_given_version_is_drawn_as_a_notice_that_points_at_each_sentence(shop: Shop) -> None:
    version = shop.disseminated()
    record = shop.person(4)
    changed(shop, record, name="Tom Quillain", source_grade="3")
    tell(record_ids=[record], why="corrected", by=shop.people["data"], at=shop.at())
    [waiting] = open_changes(shop.seat(), frozenset())
    assert (waiting.version.pk, waiting.records) == (version.pk, {record: "corrected"})
    made = shop.do(actions.correct, version=version, words="His name is spelt otherwise.", records=waiting.records)
    product = thaw(version.sealed)
    assert {ref for one in placed(product) for ref in one.refs} == set(cited(product))  # each has a place to point at
    said = {(one.where, one.text) for one in placed(product) if record in one.refs}
    assert {(line.where, line.was) for line in made.lines.all()} == said
    assert said
    assert made.changed[record]["why"] == "corrected"
    told = made.changed[record]["said"]
    assert "other name" in told
    assert "Quillain" not in told
    assert "corrected by its supplier" in made.lines.all()[0].now
    assert changes_under(version) is None  # a notice speaks of it now


def test_the_words_are_written_anew_by_a_person_until_another_releases_them_and_name_no_child(shop: Shop) -> None:
    made = shop.do(
        actions.correct, version=_one(shop), words="Ana Valdane was not there.", records={RECORDS[0]: "erased"}
    )
    assert made.words == "child, A2 was not there."
    line = made.lines.all()[0]
    shop.do(actions.say_right, line=line, words="Valdane did not go.")
    line.refresh_from_db()
    assert line.now == "child, A2 did not go."
    with pytest.raises(Incomplete):
        shop.do(actions.say_right, line=line, words=" ")
    with pytest.raises(NotAllowed):
        shop.do(actions.release, correction=made)
    shop.do(actions.release, "senior", correction=made)
    with pytest.raises(OutOfOrder, match="released"):
        shop.do(actions.say_right, line=line, words="No.")
    with pytest.raises(OutOfOrder):
        shop.do(actions.release, "senior", correction=made)


def test_who_writes_a_notice_does_not_release_it(shop: Shop) -> None:
    """Rule 2."""
    made = shop.do(actions.correct, "senior", version=_one(shop), words="Wrong.")
    with pytest.raises(NotAllowed, match="Another person than its writer"):
        shop.do(actions.release, "senior", correction=made)


def test_whoever_is_given_the_version_between_drawing_and_release_is_told_too(shop: Shop) -> None:
    version = _one(shop)
    made = shop.do(actions.correct, version=version, words="Wrong.", records={RECORDS[0]: "erased"})
    _given(version.issues.get(), "Will Garth", shop)
    shop.do(actions.release, "senior", correction=made)
    assert [t.recipient.name for t in made.told.order_by("pk")] == ["R0", "Will Garth"]


def test_a_record_that_no_given_version_cites_calls_for_no_notice(shop: Shop) -> None:
    with pytest.raises(Incomplete, match="Nothing that was given out"):
        shop.do(actions.correct, version=_one(shop), words="Wrong.", records={"f" * 24: "corrected"})


# --- nobody who was given the wrong thing is left out: by the acts, and again from the bare rows --------------------------

RECORDS = [f"{n:024x}" for n in range(5)]
_SEALED = {
    "values": {}, "supplier": "WYP", "file": "a.csv", "row": 1, "grade": "2BP", "table": "person", "dataset": "13-nominals",
    "source_grade": "2", "info_grade": "B", "handling": "P", "conditions": "", "marking": "", "origin": "", "what": "person",
}  # fmt: skip
VERSION = st.tuples(
    st.sets(st.sampled_from(RECORDS), min_size=1), st.integers(0, 3), st.sampled_from(["disseminated", "withdrawn"])
)
PRODUCTS = st.lists(st.lists(VERSION, min_size=1, max_size=3), min_size=1, max_size=3)


@given(made=PRODUCTS, wrong=st.sets(st.sampled_from(RECORDS), min_size=1))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nobody_who_was_given_what_turned_out_wrong_is_left_out(
    shop: Shop, made: list[list[tuple[set[str], int, str]]], wrong: set[str]
) -> None:
    before = set(Version.objects.values_list("pk", flat=True))
    for versions in made:
        _product(shop, versions)
    tell(record_ids=sorted(wrong), why="erased", by=shop.people["data"], at=shop.at())
    _work_through(shop)
    told = {(t.recipient_id, r) for t in CorrectionTold.objects.all() for r in t.correction.changed if r in wrong}
    assert _by_the_rows(wrong, before) <= told
    every = {recipient for recipient, _ in _by_the_rows(set(RECORDS), set())}
    assert {t.recipient_id for t in CorrectionTold.objects.all()} <= every
    Notice.objects.all().delete()
    Citation.objects.all().delete()


def _work_through(shop: Shop) -> None:
    """Somebody draws a notice for whatever waits, until nothing does."""
    for _ in range(40):
        waiting = open_changes(shop.seat(), frozenset())
        if not waiting:
            return
        one = waiting[0]
        records = {r: why for r, why in one.records.items() if given_with(one.version, {r})}
        shop.do(actions.correct, "senior", version=one.version, words="Wrong.", records=records)
    raise AssertionError("something waits for ever")


def _by_the_rows(wrong: set[str], before: set[int]) -> set[tuple[int, str]]:
    """Whoever has a file in which a wrong record is named: read from what was kept, by searching its text."""
    found = set()
    for one in Dissemination.objects.select_related("issue__version").exclude(issue__version__in=before):
        text = json.dumps(one.issue.version.sealed)
        found |= {(one.recipient_id, record) for record in wrong if record in text}
    return found


def _product(shop: Shop, versions: list[tuple[set[str], int, str]]) -> None:
    at, who, senior = shop.at(), shop.people["analyst"], shop.people["senior"]
    number = Product.objects.count() + 1
    product = Product.objects.create(
        reference=f"PRD/2026/9{number:03d}", kind="intelligence_package", title="T", operation=shop.operation,
        grant=shop.grant, created=at, created_by=who,
    )  # fmt: skip
    for place, (records, recipients, state) in enumerate(versions, start=1):
        version = Version.objects.create(
            product=product, number=place, state=state, since=at, drafted_by=who, begun=at, sealed=_sealed(records),
            drawn={"x": 1}, assured_by=senior, assured=at,
        )  # fmt: skip
        cite(
            record_ids=sorted(records), room="products", object=version.cited_as, by=who, at=at, operation="larkmere",
            sealed=dict.fromkeys(records, _SEALED),
        )  # fmt: skip
        issue = Issue.objects.create(version=version, number=1, pdf="", word="", by=senior, at=at)
        for turn in range(recipients):
            _given(issue, f"R{turn}", shop)


def _given(issue: Issue, name: str, shop: Shop) -> None:
    """Somebody was given the files of an issue."""
    where, senior = Organisation.objects.get(code="13"), shop.people["senior"]
    to = Recipient.objects.create(
        version=issue.version, name=name, organisation=where, purpose="The inquiry", conditions="Read only."
    )
    Dissemination.objects.create(issue=issue, recipient=to, sent=NOW, how="email", by=senior, at=NOW)


def _one(shop: Shop) -> Version:
    """A version that rests on two records and was given to one person."""
    _product(shop, [({RECORDS[0], RECORDS[1]}, 1, "disseminated")])
    return Version.objects.select_related("product", "drafted_by").get()


def _sealed(records: set[str]) -> Any:
    sources = tuple(SourceRow(r, "WYP", "13-nominals", "a.csv", 1) for r in sorted(records))
    said = tuple(Sentence(f"He is in {n}.", (r,)) for n, r in enumerate(sorted(records)))
    child = Member(Named("A2", "Ana Valdane", child=True))
    made = Printed(
        "intelligence package", "Larkmere", "T", "WYP", 1, NOW, summary=said, sources=sources, members=(child,)
    )
    return freeze(made)
