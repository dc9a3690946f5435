"""Search of texts: what was typed is never an error, passages are marked, the order is plain, nothing is counted twice."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toex.pole import FITS, Term, Wanted
from toex.search import NIL, find_texts, read_words
from toex.search.passages import passage
from toex.search.texts import fused
from toex.store import Access, TextHit, TextsFound

AT = datetime(2026, 3, 1, tzinfo=UTC)


def terms(typed: str, **more: bool) -> list[list[tuple[str, str]]]:
    return [[(term.kind, " ".join(term.forms)) for term in clause] for clause in read_words(typed, **more).wanted.every]


def test_words_phrases_beginnings_and_exclusions_are_read() -> None:
    assert terms('knife "north road" taxi*') == [[("word", "knife")], [("phrase", "north road")], [("prefix", "taxi")]]
    asked = read_words('knife -pizza -"last week" NOT kebab')
    assert [" ".join(term.forms) for term in asked.wanted.none] == ["pizza", "last week", "kebab"]
    assert asked.said == "knife, without pizza, without “last week”, without kebab"


def test_or_in_capitals_makes_alternatives_and_and_changes_nothing() -> None:
    assert terms("bando OR trap AND house") == [[("word", "bando"), ("word", "trap")], [("word", "house")]]
    assert terms("this or that") == [[("word", "this")], [("word", "or")], [("word", "that")]]


def test_near_spelling_is_for_the_word_that_asks_or_for_all() -> None:
    assert [clause[0].near for clause in read_words("knofe~ taxi").wanted.every] == [True, False]
    assert [clause[0].near for clause in read_words("knofe taxi the", near=True).wanted.every] == [True, True, False]


def test_a_number_typed_with_spaces_is_also_looked_for_as_one() -> None:
    assert terms("07700 900123") == [
        [("word", "07700"), ("number", "07700900123")],
        [("word", "900123"), ("number", "07700900123"), ("number", "900123")],
    ]
    assert ("number", "ab12cde") in terms("AB12 CDE")[0]
    assert read_words("AB12 CDE blue").said == "ab12 and cde and blue, or ab12cde however it is spaced"


def test_what_was_written_together_is_looked_for_side_by_side() -> None:
    assert terms("e-mail o'neill") == [[("phrase", "e mail")], [("word", "oneill")]]


@pytest.mark.parametrize(
    "typed", ['"never closed', "- -- * ~", "()", '""', "AND OR NOT", "-", 'a "b', "*", "~x~*", "“curly”"]
)
def test_nothing_that_is_typed_is_an_error(typed: str) -> None:
    assert read_words(typed).said


@given(st.text(max_size=80) | st.text(alphabet='ab12 "-*~()ORNOT', max_size=40))
def test_so_it_is_whatever_is_typed(typed: str) -> None:
    asked = read_words(typed)
    assert all(term.forms for clause in asked.wanted.every for term in clause)
    assert all(
        form.isascii() and form.isalnum() for clause in asked.wanted.every for term in clause for form in term.forms
    )


# Passages.


def marked(text: str, typed: str, **more: bool) -> str:
    return "".join(f"[{p.text}]" if p.hit else p.text for p in passage(text, read_words(typed, **more).wanted))


def test_what_was_looked_for_is_marked_as_it_stands_in_the_text() -> None:
    assert marked("Two Knives, a knife.", "knife") == "Two [Knives], a [knife]."
    assert marked("Call +44 7700 900 123 or AB12 CDE", "07700900123 ab12cde") == "Call +[44 7700 900 123] or [AB12 CDE]"
    assert marked("Łódź’s road", "lodz") == "[Łódź’s] road"
    assert marked("on North Road, north of it", '"north road"') == "on [North Road], north of it"
    assert marked("the knfie", "knife", near=True) == "the [knfie]"
    assert marked("🔌 in stock", "plug") == "[🔌] in stock"


def test_markup_in_a_text_stays_words() -> None:
    pieces = passage("<b>knife</b> & <script>", read_words("knife").wanted)
    assert [(p.text, p.hit) for p in pieces] == [("<b>", False), ("knife", True), ("</b> & <script>", False)]


def test_of_a_long_text_the_windows_that_hold_the_words_are_shown() -> None:
    text = "nothing here " * 60 + "the knife was sold " + "still nothing " * 60 + "at the taxi rank " + "and more " * 60
    shown = marked(text, "knife taxi")
    assert "[knife]" in shown
    assert "[taxi]" in shown
    assert shown.count(" … ") == 3
    assert len(shown) < 700


@given(st.text(max_size=1500), st.text(min_size=1, max_size=30))
def test_a_passage_is_pieces_of_its_text_in_their_order(text: str, typed: str) -> None:
    at = 0
    for piece in passage(text, read_words(typed).wanted):
        if piece.text != " … " or text.find(piece.text, at) == at:
            found = text.find(piece.text, at)
            assert found >= at
            at = found + len(piece.text)


# Order and counts.


def hit(record: str, *, fit: int, place: int, days: int | None, dataset: str = "intel", **more: Any) -> TextHit:
    access = Access("text", more.pop("kind", "intelligence"), dataset, "", 1, more.pop("handling", "P"), 4, None)
    at = None if days is None else AT + timedelta(days=days)
    shown: dict[str, Any] = {
        "label": "", "reference": "", "item": None, "page": None, "row": None, "sheet": "", "supplier": "13",
        "deleted": False, "title": "",
        "text": "knife", **more,
    }  # fmt: skip
    return TextHit(record, access, fit, place, at=at, **shown)


class Fixed:
    """A view that holds what it is given."""

    def __init__(self, *found: TextsFound) -> None:
        self.found = found

    def look(self, wanted: Wanted, *, most: int, datasets: Any = None, sorts: Any = None) -> tuple[TextsFound, ...]:
        return tuple(
            TextsFound(
                one.domain, one.counts, one.hits[:most] if not datasets or one.domain in datasets else (), one.indexed
            )
            for one in self.found
        )


def test_the_better_fit_comes_first_and_equals_take_turns_by_dataset_the_newest_first() -> None:
    chats = [hit(f"c{n}", fit=1, place=n, days=90 - n, dataset="chats") for n in range(4)]
    intel = [hit("i0", fit=0, place=0, days=1), hit("i1", fit=1, place=0, days=5), hit("i2", fit=1, place=1, days=None)]
    ordered = fused([TextsFound("chats", {}, tuple(chats), True), TextsFound("intel", {}, tuple(intel), True)])
    assert [one.record_id for one in ordered] == ["i0", "c0", "i1", "c1", "i2", "c2", "c3"]


def test_counts_by_dataset_and_kind_are_each_under_the_others_choice() -> None:
    view = Fixed(
        TextsFound("intel", {"intelligence": 3, "narrative": 2}, (hit("i", fit=1, place=0, days=1),), True),
        TextsFound("intel+kestrel", {"intelligence": 1}, (), True),
        TextsFound("chats", {"message": 9}, (hit("c", fit=1, place=0, days=1, dataset="chats"),), False),
    )
    whole = find_texts(view, "knife")
    assert (whole.found, whole.unread, whole.result) == (15, True, "15 records")
    assert whole.datasets == {"chats": 9, "intel": 6}
    assert whole.kinds == {"message": 9, "intelligence": 4, "narrative": 2}
    narrowed = find_texts(view, "knife", datasets=["intel"])
    assert narrowed.found == 6
    assert narrowed.datasets == whole.datasets
    assert narrowed.kinds == {"intelligence": 4, "narrative": 2}


def test_a_text_says_where_it_stands() -> None:
    document = {"kind": "narrative", "reference": "Statement.docx", "page": 3, "item": 12}
    found = find_texts(
        Fixed(
            TextsFound("intel", {"narrative": 1}, (hit("d", fit=1, place=0, days=1, **document),), True),
            TextsFound("b", {"intelligence": 1}, (hit("r", fit=1, place=1, days=1, reference="IR/26/1", item=2),), True),
            TextsFound("c", {"message": 1}, (hit("m", fit=1, place=2, days=1, row=17, sheet="Chats"),), True),
        ),
        "knife",
    )  # fmt: skip
    assert [one.where for one in found.passages] == [
        "Statement.docx, page 3, paragraph 12",
        "IR/26/1, item 2",
        "sheet Chats, row 17",
    ]
    assert {one.why for one in found.passages} == {FITS[1]}
    assert found.passages[0].categories == ("victim",)


def test_where_nothing_answers_the_result_says_where_it_is_nil() -> None:
    assert find_texts(Fixed(), "knife").result == NIL
    assert Term("word", ("knife",)) in read_words("knife").wanted.every[0]
