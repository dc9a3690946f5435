"""The pages of products: begun from the picture, written and cited in the panel, assured, given to recipients."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from products_made import TITLE, Shop
from rows import table, tie
from toex.work.access.actions import close
from toex.work.audit.models import Entry
from toex.work.citations.actions import tell
from toex.work.products import actions
from toex.work.products.content import Said
from toex.work.products.models import Dissemination, Recipient, Sentence, Version
from toex.work.staff.models import Person

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Any]
SENT = 30  # questions of a page that sends: the desk's own eight beside the act's fifteen, and what leads on
SOUGHT = 24  # of a page that also searches the records


@pytest.fixture
def shop(unit: Path, people: dict[str, Person], clock: object, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """The pages' clock goes on with the shop's."""
    made = Shop(unit, people)
    monkeypatch.setattr("toex.web.visits.now", made.at)
    return made


def at(version: Version, page: str = "") -> str:
    return f"/desk/{version.product.grant_id}/products/{version.product_id}/{version.number}{page}"


def test_a_desk_without_products_says_what_to_do_next(shop: Shop, browser: Browsers) -> None:
    page = browser("analyst").get(f"/desk/{shop.grant.pk}/products")
    assert "Nothing has been begun under this grant" in page.said
    assert f"/desk/{shop.grant.pk}/products/new" in page.links


def test_a_product_is_begun_around_subjects_that_are_ticked_and_records_that_are_found(
    shop: Shop, browser: Browsers
) -> None:
    mine = browser("analyst")
    path = f"/desk/{shop.grant.pk}/products/new"
    mine.get(path)
    first = {"kind": "intelligence_package", "title": TITLE}
    page = mine.post(path, {**first, "act": "begin"}, status=422, most=SENT)
    assert "drawn around" in page.said
    page = mine.post(path, {**first, "act": "find", "q": "Quillane"}, status=200, most=SOUGHT)
    assert "Tom Quillane" in page.said
    assert "Quillane" not in "".join(page.links)
    record = f"record|{shop.person(4)}"
    page = mine.post(path, {**first, "act": "find", "q": "Sandring", "point": [record]}, status=200, most=SOUGHT)
    assert "Record 1 of those ticked" in page.said
    mine.post(path, {**first, "act": "begin", "point": [record]}, most=SENT)
    page = mine.follow()
    assert "waits for the worker" in page.said
    shop.work()
    made = Version.objects.get()
    mine.get(f"{at(made)}?drawing=1", HX_Request="true")
    assert mine.last["HX-Redirect"] == at(made)
    page = mine.get(at(made))
    assert "People for safeguarding review" in page.said
    assert "child, A" in page.said


def test_the_text_shows_each_sentence_with_marks_that_open_file_row_grade_and_supplier(
    shop: Shop, browser: Browsers
) -> None:
    """Rule 7."""
    version = shop.drafted()
    mine = browser("analyst")
    page = mine.get(at(version))
    marks = [link for link in page.links if "?source=" in link]
    assert len(marks) > 30
    said = mine.get(marks[0]).said
    assert all(word in said for word in ("Supplier", "Grade", "Marking", "As it stated when it was cited"))
    piece = mine.get(marks[0], HX_Request="true")
    assert "Supplier" in piece.said
    assert piece.tags["h1"] == 0
    mine.get(f"{at(version)}?source={'0' * 24}", status=404)


def test_a_sentence_is_reworded_and_cites_a_record_that_was_found_and_ticked(shop: Shop, browser: Browsers) -> None:
    version = shop.drafted()
    row = shop.sentence(version)
    mine = browser("analyst")
    page = mine.get(f"{at(version)}?sentence={row.pk}")
    assert "Find records to cite" in page.said
    form = {"text": "Four people stand around the line.", "basis": "fact", "revision": row.revision}
    sent = {**form, "record": row.records}
    page = mine.post(
        f"{at(version)}/sentences/{row.pk}", {**sent, "act": "find", "q": "Sandring"}, status=200, most=SOUGHT
    )
    assert "Mira Sandring" in page.said
    assert "Four people stand around the line." in page.said  # what was typed stays
    further = shop.person(5)
    mine.post(
        f"{at(version)}/sentences/{row.pk}", {**sent, "act": "save", "record": [*row.records, further]}, most=SENT
    )
    row.refresh_from_db()
    assert row.text == "Four people stand around the line."
    assert further in row.records
    assert not row.drawn
    assert "written by Lena Birk" in mine.follow().said


def test_a_fact_without_a_record_is_refused_beside_the_form_and_nothing_typed_is_lost(
    shop: Shop, browser: Browsers
) -> None:
    version = shop.drafted()
    section = shop.section(version, "summary")
    mine = browser("analyst")
    mine.get(f"{at(version)}?add={section.pk}")
    sent = {"act": "save", "text": "A further thing is so.", "basis": "fact"}
    page = mine.post(f"{at(version)}/sections/{section.pk}", sent, status=422, most=SENT)
    assert "every fact walks back to its record" in page.said
    assert "A further thing is so." in page.said
    mine.post(f"{at(version)}/sections/{section.pk}", {**sent, "basis": "note"}, most=SENT)
    assert Sentence.objects.filter(text="A further thing is so.", basis="note").exists()


def test_a_sentence_somebody_changed_meanwhile_is_not_overwritten(shop: Shop, browser: Browsers) -> None:
    version = shop.drafted()
    row = shop.sentence(version)
    shop.do(actions.reword, "researcher", sentence=row, said=Said("Theirs.", "note"), revision=row.revision)
    sent = {"act": "save", "text": "Mine.", "basis": "note", "revision": 1}
    page = browser("analyst").post(f"{at(version)}/sentences/{row.pk}", sent, status=422, most=SENT)
    assert "Somebody changed this sentence" in page.said
    assert Sentence.objects.get(pk=row.pk).text == "Theirs."


def test_what_is_struck_can_be_read_with_its_reason_and_brought_back(shop: Shop, browser: Browsers) -> None:
    version = shop.drafted()
    row, mine = shop.sentence(version), browser("analyst")
    mine.post(f"{at(version)}/sentences/{row.pk}", {"act": "strike", "words": ""}, most=SENT)
    assert Sentence.objects.get(pk=row.pk).struck is None
    mine.post(f"{at(version)}/sentences/{row.pk}", {"act": "strike", "words": "Said twice."}, most=SENT)
    page = mine.get(at(version, "/struck"))
    assert "Said twice." in page.said
    mine.post(f"{at(version)}/sentences/{row.pk}", {"act": "restore"}, most=SENT)
    assert Sentence.objects.get(pk=row.pk).struck is None
    mine.post(f"{at(version)}/sentences/{row.pk}", {"act": "down"}, most=SENT)
    first = shop.sentence(version)
    assert first.pk != row.pk


def test_the_risk_owner_is_named_on_the_page_and_never_toex(shop: Shop, browser: Browsers) -> None:
    """Rule 3."""
    version = shop.drafted()
    mine = browser("analyst")
    assert "Risk owner: Supt Dana Pryce" in mine.get(at(version)).said
    held = [s.person for s in version.sections.filter(part="at_risk")]
    sent = {"act": "own", "people": held, "name": "Ann Redfern", "rank": "Supt", "organisation": "30"}
    mine.post(at(version, "/arrange"), sent, most=SENT)
    assert "Supt Ann Redfern, Derbyshire" in mine.follow().said
    mine.post(at(version, "/arrange"), {**sent, "organisation": "TOEX"}, status=403, most=SENT)


def test_the_marking_cannot_be_set_below_the_floor(shop: Shop, browser: Browsers) -> None:
    """Rule 2."""
    version, mine = shop.drafted(), browser("analyst")
    page = mine.get(at(version, "/marking"))
    assert "Computed from what it cites" in page.said
    sent = {"marking": "OFFICIAL", "why": "", "handling": "For the named investigation only."}
    page = mine.post(at(version, "/marking"), sent, status=422, most=SENT)
    assert "never lowered" in page.said
    mine.post(
        at(version, "/marking"),
        {**sent, "marking": "OFFICIAL-SENSITIVE - PERSONAL DATA", "why": "Children."},
        most=SENT,
    )
    assert "OFFICIAL-SENSITIVE - PERSONAL DATA" in mine.follow().said


def test_quality_assurance_is_the_page_of_another_person(shop: Shop, browser: Browsers) -> None:
    """Rule 2."""
    version = shop.drafted()
    shop.judged(version)
    mine, other = browser("analyst"), browser("senior")
    mine.post(at(version, "/assurance"), {"act": "submit"}, most=SENT)
    assert "It waits for a Senior Intelligence Analyst" in mine.follow().said
    mine.post(at(version, "/assurance"), {"act": "assure"}, status=403, most=SENT)
    row = shop.sentence(version)
    page = other.get(f"{at(version)}?sentence={row.pk}")
    assert "Comment" in page.said
    other.post(f"{at(version)}/sentences/{row.pk}", {"act": "comment", "words": "How many of them?"}, most=SENT)
    page = other.get(at(version, "/assurance"))
    assert "A comment of Ines Vale is open." in page.said
    page = other.get(at(version, "/joins"), HX_Request="true")
    assert "joined by the machine alone" in page.said
    assert "joined by the machine alone" in other.get(at(version, "/joins")).said
    other.post(at(version, "/assurance"), {"act": "assure"}, most=SENT)
    assert "still to be resolved" in other.follow().said
    remark = version.comments.get()
    mine.post(at(version, f"/comments/{remark.pk}"), {"act": "answer", "words": "Four."}, most=SENT)
    other.post(at(version, f"/comments/{remark.pk}"), {"act": "resolve"}, most=SENT)
    other.post(at(version, "/assurance"), {"act": "assure"}, most=SENT)
    assert "that no unique identifier and no named ruling confirms" in other.follow().said
    shop.ruled(version)
    assert "clear" in other.get(at(version, "/joins"), HX_Request="true").said
    other.post(at(version, "/assurance"), {"act": "assure"}, most=SENT)
    assert "It is assured and frozen." in other.follow().said
    assert "Edit" not in re.findall(r"\bEdit\b", mine.get(at(version)).said)


def test_recipients_files_receipts_and_corrections_are_kept_on_one_page(shop: Shop, browser: Browsers) -> None:
    version = shop.assured()
    senior = browser("senior")
    page = senior.get(at(version, "/recipients"))
    assert "Nobody is named yet" in page.said
    senior.get(at(version, "/pdf"), status=409)
    sent = {"act": "address", "name": "DCI Mark Denby", "organisation": "13", "purpose": "The investigation"}
    page = senior.post(at(version, "/recipients"), sent, status=422, most=SENT)
    assert "There is something to mend" in page.said
    senior.post(at(version, "/recipients"), {**sent, "conditions": "Not to be shown in interview."}, most=SENT)
    senior.post(at(version, "/recipients"), {"act": "issue"}, most=SENT)
    who = Recipient.objects.get()
    given = {"act": "disseminate", "recipient": who.pk, "when": "11/9/2026 08:05", "how": "Secure email"}
    senior.post(at(version, "/recipients"), given, most=SENT)
    page = senior.follow()
    assert "not acknowledged" in page.said
    row = Dissemination.objects.get()
    senior.post(
        at(version, "/recipients"), {"act": "acknowledge", "dissemination": row.pk, "how": "By reply"}, most=SENT
    )
    browser("analyst").post(
        at(version, "/corrections"), {"act": "correct", "words": "The date was the 4th."}, most=SENT
    )
    assert "waits for the release" in senior.get(at(version, "/corrections")).said
    senior.post(at(version, "/corrections"), {"act": "release", "correction": version.corrections.get().pk}, most=SENT)
    page = senior.follow()
    assert "to be sent" in page.said
    told = version.corrections.get().told.get()
    senior.post(at(version, "/corrections"), {"act": "sent", "told": told.pk, "how": "Secure email"}, most=SENT)
    senior.post(at(version, "/corrections"), {"act": "acknowledged", "told": told.pk}, most=SENT)
    assert "to be sent" not in senior.follow().said
    senior.get(at(version, f"/corrections/{version.corrections.get().pk}/notice"), most=SENT)
    assert senior.last.content.startswith(b"PK")
    assert Entry.objects.get(what="products.download_notice").act == "disclosure"


def test_what_changed_under_a_given_version_is_listed_drawn_line_by_line_or_put_aside_with_a_reason(
    shop: Shop, browser: Browsers
) -> None:
    version, lena = shop.disseminated(), browser("analyst")
    listed, page = f"/desk/{shop.grant.pk}/products/to-correct", at(version, "/corrections")
    assert "Nothing that was given out" in lena.get(listed).said
    tell(record_ids=[shop.person(2)], why="split", by=shop.people["data"], at=shop.at())
    assert version.product.title in lena.get(listed).said
    lena.post(page, {"act": "needless", "words": ""}, most=SENT)
    lena.post(page, {"act": "needless", "words": "The two are told apart in the text."}, most=SENT)
    assert "Nothing that was given out" in lena.get(listed).said
    tell(record_ids=[shop.person(4)], why="regraded", by=shop.people["data"], at=shop.at())
    assert "Changed under this version" in lena.get(page).said
    lena.post(page, {"act": "correct", "changed": "yes", "words": "Graded lower now."}, most=SENT)
    line = version.corrections.get().lines.all()[0]
    lena.post(page, {"act": "right", "line": line.pk, "words": "He may be the man; it is a 3 now."}, most=SENT)
    assert "it is a 3 now" in lena.follow().said
    assert "Nothing that was given out" in lena.get(listed).said


def test_a_file_is_given_out_by_name_and_noted_as_a_disclosure(shop: Shop, browser: Browsers) -> None:
    """Rule 8."""
    version, mine = shop.drafted(), browser("analyst")
    for form, head in (("pdf", b"%PDF"), ("word", b"PK")):
        mine.get(at(version, f"/{form}"), most=SENT)
        assert mine.last.content.startswith(head)
        assert "Quillane" not in mine.last["Content-Disposition"]
    assert Entry.objects.filter(act="disclosure", what="products.download").count() == 2


def test_the_next_version_says_what_is_new(shop: Shop, browser: Browsers) -> None:
    version = shop.assured()
    mine = browser("analyst")
    assert "This is the first version" in mine.get(at(version, "/news")).said
    mine.post(at(version, "/onward"), {"act": "renew"}, most=SENT)
    shop.work()
    second = Version.objects.get(number=2)
    page = mine.get(at(second, "/news"))
    assert "Not in version 1" in page.said
    assert "Version 1" in page.said
    mine.get(f"/desk/{shop.grant.pk}/products/{second.product_id}", status=302)
    assert mine.last["Location"].endswith("/2")


def test_from_a_product_one_sees_what_changed_of_its_people_since_it_was_drawn(shop: Shop, browser: Browsers) -> None:
    version, mine = shop.drafted(), browser("analyst")
    page = mine.get(at(version, "/news"))
    links = [link for link in page.links if link.endswith(f"/changed?version={version.pk}")]
    assert len(links) == len(set(version.people.values())) > 1
    told = mine.get(links[0])
    assert f"version 1 of {version.product.reference}" in told.said
    assert "Nothing of it has changed" in told.said
    assert at(version) in told.links
    subject = links[0].partition("/changed")[0]
    offered = mine.get(f"{subject}/products", HX_Request="true")
    assert f"{version.product.reference}, version 1" in offered.said
    Version.objects.filter(pk=version.pk).update(snapshot=99)
    assert "are kept no more" in mine.get(links[0], HX_Request="true").said
    for wrong in ("999", "x"):
        mine.get(f"{subject}/changed?version={wrong}", status=404)
    Version.objects.filter(pk=version.pk).update(snapshot=None)
    mine.get(links[0], status=404)
    assert "No product has been drawn" in mine.get(f"{subject}/products").said


def test_what_came_since_a_version_was_drawn_is_told_of_its_person(shop: Shop, browser: Browsers) -> None:
    version, mine = shop.drafted(), browser("analyst")
    who = shop.person(4)
    assert who in version.people
    fresh = shop.world.person("42-stops", "LATE", "Tom", "Quillane", 40)
    with shop.store.writer(job="load", step="late") as writer:
        held = [shop.world.record[one] for one in (who, fresh)]
        writer.add({"person": table("person", [shop.world.record[fresh]])})
        writer.replace("tie", "standing", table("tie", [*shop.world.rows["tie"], tie(*held)]))
        writer.publish(at=shop.at())
    told = mine.get(f"/desk/{shop.grant.pk}/subjects/{who}/changed?version={version.pk}")
    assert "New records of it (1)" in told.said


def test_no_page_of_a_product_is_there_for_who_has_no_seat(shop: Shop, browser: Browsers) -> None:
    """Rule 1."""
    version = shop.drafted()
    for page in ("", "/marking", "/assurance", "/recipients", "/news", "/struck", "/joins", "/pdf"):
        browser("analyst2").get(at(version, page), status=404)
        browser("admin").get(at(version, page), status=404)
    close(grant=shop.grant, by=shop.people["manager"], at=shop.at(), reason="Done.")
    browser("analyst").get(at(version), status=404)
