"""Products: nothing leaves without another person, a marking, recipients and conditions; every sentence walks back."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from products_made import Shop
from rows import table
from toex.publishing import check_product, cited, thaw
from toex.work.audit.models import Entry
from toex.work.citations.models import Citation
from toex.work.citations.policies import seal_of
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.judgements.actions import rule
from toex.work.products import actions, queries
from toex.work.products.content import Said
from toex.work.products.gathering import gather
from toex.work.products.models import CorrectionTold, Dissemination, Sentence
from toex.work.staff.models import Organisation, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(unit: Path, people: dict[str, Person]) -> Shop:
    return Shop(unit, people)


def owned(shop: Shop, version: Any, code: str) -> None:
    shop.do(
        actions.own_risk, version=version, people=[s.person for s in version.sections.filter(part="at_risk")],
        name="Ann Redfern", rank="Supt", organisation=Organisation.objects.get(code=code),
    )  # fmt: skip


def test_nobody_assures_what_they_began_or_edited_whatever_their_role(shop: Shop) -> None:
    """Rule 2."""
    version = shop.drafted("senior")
    shop.do(actions.submit, "senior", version=version)
    with pytest.raises(NotAllowed, match="another person"):
        shop.do(actions.assure, "senior", version=version)


def test_nor_who_reworded_one_sentence_of_anothers_draft(shop: Shop) -> None:
    """Rule 2."""
    version = shop.drafted()
    row = shop.sentence(version)
    said = replace(actions.said_of(row), text="Four people stand around the line.")
    shop.do(actions.reword, "senior", sentence=row, said=said, revision=row.revision)
    shop.do(actions.submit, version=version)
    acts: list[tuple[Any, dict[str, Any]]] = [
        (actions.assure, {}), (actions.comment, {"words": "So?"}), (actions.give_back, {"reason": "No."}),
    ]  # fmt: skip
    for act, more in acts:
        with pytest.raises(NotAllowed, match="another person"):
            shop.do(act, "senior", version=version, **more)


def test_nor_who_wrote_a_sentence_that_was_carried_over_from_the_version_before(shop: Shop) -> None:
    """Rule 2."""
    first = shop.drafted()
    shop.do(actions.add, "senior", section=shop.section(first, "summary"), said=Said("Mine.", "note"))
    shop.do(actions.abandon, version=first, reason="Begun anew.")
    second = shop.do(actions.renew, version=shop.fresh(first))
    shop.work()
    second = shop.fresh(second)
    assert Sentence.objects.filter(section__version=second, text="Mine.").count() == 1
    shop.do(actions.submit, version=second)
    with pytest.raises(NotAllowed, match="another person"):
        shop.do(actions.assure, "senior", version=second)


def test_an_assured_version_is_frozen_and_sealed_with_its_hash(shop: Shop) -> None:
    """Rule 2."""
    version = shop.assured()
    row = shop.sentence(version)
    tries: list[tuple[Any, dict[str, Any]]] = [
        (actions.add, {"section": row.section, "said": Said("A note.", "note")}),
        (actions.strike, {"sentence": row, "reason": "Wrong."}),
        (actions.mark, {"version": version, "marking": "OFFICIAL-SENSITIVE", "why": "", "handling": ()}),
        (actions.print_table, {"version": version, "table": "chart", "printed": False}),
    ]
    for act, what in tries:
        with pytest.raises(OutOfOrder):
            shop.do(act, **what)
    assert seal_of(version.sealed) == version.digest
    product = thaw(version.sealed)
    assert (product.status, product.assured_by) == ("final", "Ines Vale")


def test_a_comment_that_is_not_resolved_bars_assurance(shop: Shop) -> None:
    """Rule 2."""
    version = shop.submitted()
    shop.ruled(version)
    said = shop.do(actions.comment, "senior", version=version, words="Who counted?", sentence=shop.sentence(version))
    shop.do(actions.answer, comment=said, words="The view of today.")
    assert said.state == "answered"
    with pytest.raises(OutOfOrder, match="resolved"):
        shop.do(actions.assure, "senior", version=version)
    with pytest.raises(NotAllowed):
        shop.do(actions.resolve, comment=said)
    shop.do(actions.resolve, "senior", comment=said)
    shop.do(actions.assure, "senior", version=version)
    assert version.state == "assured"


def test_the_marking_is_the_highest_of_what_is_cited_and_people_only_raise_it_with_a_reason(shop: Shop) -> None:
    """Rule 2."""
    version = shop.drafted()
    assert queries.kept(version).floor.marking == "OFFICIAL-SENSITIVE"
    given = {"version": version, "handling": ("As the SIO says.",)}
    with pytest.raises(Incomplete, match="never lowered"):
        shop.do(actions.mark, marking="OFFICIAL", why="It reads better.", **given)
    with pytest.raises(Incomplete, match="reason"):
        shop.do(actions.mark, marking="OFFICIAL-SENSITIVE - RECIPIENTS ONLY", why="", **given)
    with pytest.raises(Incomplete, match="held here"):
        shop.do(actions.mark, marking="SECRET", why="It is.", **given)
    shop.do(actions.mark, marking="OFFICIAL-SENSITIVE - RECIPIENTS ONLY", why="Children are named.", **given)
    made = gather(queries.kept(shop.fresh(version)), at=shop.at())
    assert made.marking == "OFFICIAL-SENSITIVE - RECIPIENTS ONLY"


def test_nothing_leaves_before_assurance_recipients_and_handling_conditions(shop: Shop) -> None:
    """Rule 2."""
    version = shop.submitted()
    recipient = shop.recipient(version)
    with pytest.raises(OutOfOrder):
        shop.do(actions.issue, "senior", version=version)
    with pytest.raises(OutOfOrder):
        shop.do(actions.disseminate, "senior", recipient=recipient, how="email", sent=shop.at())
    shop.ruled(version)
    shop.do(actions.assure, "senior", version=version)
    shop.do(actions.drop_recipient, recipient=recipient)
    with pytest.raises(Incomplete, match="recipients"):
        shop.do(actions.issue, "senior", version=version)
    other = shop.recipient(version, "Will Garth")
    with pytest.raises(OutOfOrder, match="final files"):
        shop.do(actions.disseminate, "senior", recipient=other, how="email", sent=shop.at())
    shop.do(actions.issue, "senior", version=version)
    shop.do(actions.disseminate, "senior", recipient=other, how="email", sent=shop.at())
    assert [d.recipient.name for d in Dissemination.objects.all()] == ["Will Garth"]
    with pytest.raises(OutOfOrder):
        shop.do(actions.disseminate, "senior", recipient=recipient, how="email", sent=shop.at())


def test_a_recipient_has_a_purpose_and_handling_conditions(shop: Shop) -> None:
    """Rule 2."""
    version = shop.drafted()
    where = Organisation.objects.get(code="13")
    for purpose, conditions in (("", "Read only."), ("The inquiry", " ")):
        with pytest.raises(Incomplete):
            shop.do(
                actions.address, version=version, name="Mark Denby", organisation=where, purpose=purpose,
                conditions=conditions,
            )  # fmt: skip


def test_everybody_who_was_given_a_version_gets_its_correction_and_its_withdrawal(shop: Shop) -> None:
    """Rule 2."""
    version = shop.disseminated()
    shop.recipient(version, "Nobody Yet")  # named afterwards, given nothing
    shop.do(actions.correct, version=version, words="The date was the 4th.")
    told = CorrectionTold.objects.get()
    assert (told.recipient.name, told.sent) == ("Mark Denby", None)
    with pytest.raises(OutOfOrder, match="another person"):
        shop.do(actions.tell, "senior", told=told, how="secure email")
    with pytest.raises(NotAllowed, match="manager or Senior"):
        shop.do(actions.release, correction=told.correction)
    shop.do(actions.release, "senior", correction=told.correction)
    told = CorrectionTold.objects.get()
    with pytest.raises(OutOfOrder):
        shop.do(actions.tell, "senior", told=told, how="", acknowledged=True)
    shop.do(actions.tell, "senior", told=told, how="secure email")
    with pytest.raises(NotAllowed):
        shop.do(actions.withdraw, version=version, reason="It is wrong.")
    shop.do(actions.withdraw, "senior", version=version, reason="It is wrong.")
    assert [(t.recipient.name, bool(t.sent)) for t in CorrectionTold.objects.order_by("pk")] == [
        ("Mark Denby", True), ("Mark Denby", False),
    ]  # fmt: skip


def test_a_person_for_safeguarding_review_has_a_risk_owner_before_anybody_assures(shop: Shop) -> None:
    """Rule 3."""
    version = shop.drafted()
    section = shop.section(version, "at_risk")
    section.risk_owner = ""
    section.save()
    with pytest.raises(Incomplete, match="risk owner"):
        shop.do(actions.submit, version=version)
    owned(shop, version, "13")
    shop.do(actions.submit, version=version)
    made = gather(queries.kept(shop.fresh(version)), at=shop.at())
    assert {entry.owner for entry in made.at_risk} == {"Supt Ann Redfern, West Yorkshire Police"}


@pytest.mark.parametrize("code", ["TOEX", "YHROCU", "EMSOU"])
def test_toex_is_never_the_risk_owner(shop: Shop, code: str) -> None:
    """Rule 3: neither the programme nor a region that did not ask."""
    with pytest.raises(NotAllowed, match="never owns the risk"):
        owned(shop, shop.drafted(), code)


def test_no_version_is_assured_that_names_people_on_joins_which_nobody_confirmed(shop: Shop) -> None:
    """Rule 5."""
    version = shop.submitted()
    waiting = shop.open_joins(version)
    assert waiting
    with pytest.raises(OutOfOrder, match="no named ruling"):
        shop.do(actions.assure, "senior", version=version)
    assert shop.ruled(version) == len(waiting)
    shop.do(actions.assure, "senior", version=version)
    product = thaw(shop.fresh(version).sealed)
    told = [j for subject in product.subjects for j in subject.joinings]
    assert told
    assert {(j.basis, j.ruled_by) for j in told} == {("ruling", "researcher")}
    check_product(product)


def test_a_unique_identifier_confirms_a_join_as_a_ruling_does(shop: Shop) -> None:
    """Rule 5."""
    version = shop.submitted()
    before = shop.open_joins(version)
    one = before[-1]
    rows = [{**shop.world.record[r], "pnc": "2008/0244941L", "digest": "again"} for r in (one.record_id, one.other_id)]
    with shop.store.writer(job="load", step="an identifier") as writer:
        writer.add({"person": table("person", rows)})
        writer.publish(at=shop.at())
    after = shop.open_joins(version)
    assert {(j.record_id, j.other_id) for j in before} - {(j.record_id, j.other_id) for j in after} == {
        (one.record_id, one.other_id)
    }


def test_a_join_that_is_undone_after_assurance_bars_the_final_files(shop: Shop) -> None:
    """Rules 4 and 5."""
    version = shop.assured()
    shop.recipient(version)
    ruled = shop.people["researcher"].judgements.first()
    seat = shop.seat("developer")
    rule(
        seat=seat, record_id=ruled.record_id, other_id=ruled.other_id, ruling="different", reason="Two people.",
        by=seat.person, at=seat.at,
    )  # fmt: skip
    shop.work()
    with pytest.raises(OutOfOrder, match="no longer shown as one"):
        shop.do(actions.issue, "senior", version=version)


def test_a_fact_cites_a_record_or_is_not_written(shop: Shop) -> None:
    """Rule 7."""
    version = shop.drafted()
    section = shop.section(version, "summary")
    with pytest.raises(Incomplete, match="every fact walks back"):
        shop.do(actions.add, section=section, said=Said("He was there."))
    row = shop.sentence(version)
    with pytest.raises(Incomplete, match="every fact walks back"):
        shop.do(actions.uncite, sentence=row, records=row.records)
    with pytest.raises(NotThere):
        shop.do(actions.add, section=section, said=Said("He was there.", records=("no such record",)))


def test_a_key_judgement_says_how_likely_and_how_sure(shop: Shop) -> None:
    """Rule 7, and the yardstick: a likelihood is a word of it, or it is not said."""
    section = shop.section(shop.drafted(), "judgements")
    wrong = [
        Said("He holds the line.", "fact", (shop.person(4),)), Said("He holds the line.", "assessment"),
        Said("He holds the line.", "assessment", likelihood="quite likely", confidence="high"),
        Said("He holds the line.", "assessment", likelihood="likely"),
    ]  # fmt: skip
    for said in wrong:
        with pytest.raises(Incomplete):
            shop.do(actions.add, section=section, said=said)
    with pytest.raises(Incomplete):
        shop.do(
            actions.add, section=shop.section(section.version, "summary"),
            said=Said("It is.", "fact", (shop.person(4),), likelihood="likely", confidence="low"),
        )  # fmt: skip


def test_every_sentence_of_a_final_product_walks_back_to_record_row_file_grade_and_supplier(shop: Shop) -> None:
    """Rule 7: by copies that are the version's own, whatever becomes of the records."""
    version = shop.assured()
    product = thaw(version.sealed)
    held = {c.record_id: c for c in Citation.objects.filter(room="products", object=version.cited_as)}
    assert set(cited(product)) == {source.ref for source in product.sources}
    assert set(cited(product)) <= set(held)
    for one in held.values():
        assert one.digest == seal_of(one.sealed)
        assert {"values", "supplier", "file", "row", "grade"} <= set(one.sealed)
        assert one.operation == "larkmere"
    with shop.seat().view() as view:
        row = view.query("SELECT name, supplier FROM person WHERE record_id = ?", [shop.person(4)]).to_pylist()[0]
    assert held[shop.person(4)].sealed["values"]["name"] == row["name"]


def test_a_dissemination_is_logged_as_a_disclosure_and_names_nobody(shop: Shop) -> None:
    """Rule 8."""
    shop.disseminated()
    entry = Entry.objects.get(what="products.disseminate")
    assert entry.act == "disclosure"
    assert entry.grant == shop.grant.pk
    every = " ".join(str(one.body) for one in Entry.objects.filter(what__startswith="products."))
    assert [name for name in ("Quillane", "Valdane", "Denby", "07700") if name in every] == []


def test_a_duty_makes_no_product_and_takes_none_out(shop: Shop) -> None:
    """Rule 1."""
    from toex.work.access.models import Grant
    from toex.work.judgements.seat import UnitSeat
    from unit_work import granted

    version = shop.drafted()
    duty = granted(shop.people, "duty", "analyst", duty="match_review", datasets=("13-nominals",), at=shop.at())
    seat = UnitSeat(shop.people["analyst"], Grant.objects.get(pk=duty.pk), shop.at())
    assert queries.listed(seat, frozenset()) == []
    with pytest.raises(NotThere):
        shop.do(actions.strike, sentence=shop.sentence(version), reason="No.", seat=seat)
    with pytest.raises(NotAllowed):
        actions.download(version=version, form="pdf", seat=seat, at=seat.at)
