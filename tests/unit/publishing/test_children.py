"""Decision 16: a child is named in the table of people for safeguarding review, with a sentence saying why, and nowhere else."""

from dataclasses import replace
from typing import Any

import pytest

from toex.picture import hush_in, unnamed
from toex.publishing import AtRisk, Particular, Person, Product, Sentence, Subject
from toex.publishing.context import context

TOBY = Person("A7", "WRENFIELD, Toby", ("victim",), child=True)
ANA = Person("A8", "WRENFIELD, Ana")


@pytest.fixture
def told(package: Product) -> Product:
    """A product whose texts name a child wherever people and records could."""
    ref = (package.sources[0].ref,)
    said = Sentence("Toby Wrenfield left with Ana Wrenfield; TOBY-WRENFIELD was seen.", ref)
    particulars = (
        Particular("Names", Sentence("Toby Wrenfield", ref)),
        Particular("Telephone", Sentence("07700 900001", ref)),
    )
    return replace(
        package, summary=(said,), network=(said,), news=(said,), title="The picture around Toby",
        subjects=(Subject(person=TOBY, particulars=particulars, account=(said,)), Subject(person=ANA)),
        at_risk=(AtRisk(TOBY, (said,)),), prepared_by="Toby Officer",
    )  # fmt: skip


def words(value: Any) -> str:
    return repr(value).lower()


def test_outside_the_table_for_review_a_child_stands_by_reference(told: Product) -> None:
    made = context(unnamed(told, hush_in(told)))
    table, rest = made["review"], {k: v for k, v in made.items() if k not in ("review", "at_risk", "prepared_by")}
    assert "toby" not in words(rest)
    assert "child, a7 left with ana wrenfield; child, a7 was seen" in words(rest["summary"])
    assert made["subjects"][0]["name"] == "child, A7"
    assert [row["label"] for row in made["subjects"][0]["particulars"]] == ["Telephone"]
    assert "'wrenfield, toby'" in words(table)
    assert words(table).count("toby") == 1  # their own entry names them; what is recorded of them does not again
    assert made["prepared_by"] == "Toby Officer"


def test_the_table_says_why_children_are_named_there_where_there_is_one(told: Product) -> None:
    assert "named in this table alone" in context(told)["notes"]["children"]
    assert context(replace(told, at_risk=(AtRisk(ANA, told.summary),)))["notes"]["children"] == ""


def test_without_unnaming_the_texts_would_tell_the_name(told: Product) -> None:
    """The test above can fail: the same product as it was written names the child."""
    assert "toby" in words(context(told)["summary"])
