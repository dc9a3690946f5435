"""What a bundle tells as data: only what is cited, no child whom the product does not name, links with both their ends."""

from datetime import UTC, date, datetime
from typing import Any

from toex.publishing import AtRisk, Person, Product, Sentence
from toex.work.exchange.contents import About, Copy, copies_of, records_of, without_children

NOW = datetime(2026, 9, 1, tzinfo=UTC)
_LINE = {
    "supplier": "WYP", "dataset": "13-nominals", "file": "a.csv", "row": 4, "source_grade": "2", "info_grade": "B",
    "handling": "C", "conditions": "Ask first", "marking": "OFFICIAL-SENSITIVE", "origin": "", "reported": "",
}  # fmt: skip


def copy(table: str, links: Any = (), **values: Any) -> Copy:
    return Copy(
        {**_LINE, "table": table, "values": values, "categories": [], "identifiers": [], "links": list(links)}, NOW
    )


COPIES = {
    "man": copy("person", name="Tom Quillane", dob="1980-03-04"),
    "named": copy("person", name="Ana Valdane", dob="2011-05-05"),
    "other": copy("person", name="Wren Askew", dob="2012-05-05"),
    "text": copy(
        "text", [["subject", "man", "person"], ["subject", "other", "person"], ["subject", "nobody", "person"]],
        text="Tom Quillane drove Wren Askew and Ana Valdane; Wren rang.",
    ),
    "event": copy("event", kind="missing", summary="Askew, Wren was missed."),
    "tie": copy("link", kind="missing", from_id="named", from_table="person", to_id="event", to_table="event"),
    "gone": Copy({"erased": True}, NOW),
    "uncited": copy("person", name="Nobody Else"),
}  # fmt: skip


def product() -> Product:
    cited = tuple(name for name in COPIES if name != "uncited")
    child = Person("A2", "Ana Valdane", ("victim",), child=True)
    return Product(
        "intelligence package", "Larkmere", "A title", "WYP", 1, NOW, summary=(Sentence("He is.", cited),),
        at_risk=(AtRisk(child, ()),),
    )  # fmt: skip


ABOUT = About(product(), {"man": "A1", "named": "A2", "other": "A3"}, date(2026, 9, 1))


def told() -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in records_of(copies_of(COPIES, product()), ABOUT)}


def test_only_what_is_cited_is_told_and_nothing_that_was_erased() -> None:
    assert set(told()) == {"man", "named", "text", "event"}


def test_a_child_whom_the_product_does_not_name_is_in_no_record_and_in_no_words() -> None:
    held = told()
    assert held["named"]["values"]["name"] == "Ana Valdane"
    assert held["text"]["values"]["text"] == "Tom Quillane drove child, A3 and child, A2; child, A3 rang."
    assert [name for name in ("Askew", "Wren") if name in str(held)] == []


def test_a_link_is_told_with_both_of_its_ends_and_grades_and_conditions_stay() -> None:
    held = told()
    assert held["text"]["links"] == [["subject", "man", "person"]]
    assert held["event"]["links"] == [["missing", "named", "person"]]
    assert (held["man"]["source_grade"], held["man"]["info_grade"], held["man"]["handling"]) == ("2", "B", "C")
    assert held["man"]["conditions"] == "Ask first"
    assert held["man"]["origin"] == "man"


def test_the_product_as_data_names_a_child_only_in_their_entry_for_safeguarding_review() -> None:
    made = without_children(product())
    assert made.at_risk[0].person.name == "Ana Valdane"
