"""What a text names: every planted number, mark, postcode, address and name is found, however written, and nothing else."""

import re
from dataclasses import dataclass
from datetime import date

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toex.pole.values import name
from toex.search import Suggestion, suggestions
from toex.search.mentioned import name_pairs, passages
from unit.analysis.world import World

PHONE = "+447700900101"


def found(words: str) -> list[tuple[str, str]]:
    return [(one.kind, one.value) for one in passages(words)]


@pytest.mark.parametrize(
    "written",
    [
        "07700900101", "07700 900101", "07700 900 101", "077 00 90 01 01", "0 7 7 0 0 9 0 0 1 0 1", "07700-900-101",
        "07700.900.101",
        "(07700) 900101", "+447700900101", "+44 7700 900101", "+44 (0)7700 900101", "00447700900101", "0044 7700 900101",
        "447700900101", "Tel:07700900101", "Mob-07700 900101", "mob. 07700\u00a0900\u00a0101",
    ],
)  # fmt: skip
def test_a_number_is_found_however_it_is_spaced(written: str) -> None:
    assert found(f"He rings {written}, twice.") == [("phone", PHONE)]


def test_numbers_of_other_countries_are_found_where_their_country_is_said() -> None:
    assert found("Ring +48 601 234 567 or 0048 601 234 568 but not 601 234 569.") == [
        ("phone", "+48601234567"), ("phone", "+48601234568"),
    ]  # fmt: skip


def test_numbers_beside_one_another_are_two() -> None:
    both = [("phone", "+447700900101"), ("phone", "+447700900102")]
    for between in (" ", ", ", "/", " and ", "\n"):
        assert found(f"07700900101{between}07700900102") == both, between
    assert found("07700 900101 2 men 3 bags") == both[:1]


@pytest.mark.parametrize(
    "words",
    [
        "13/IR/26/0077009001", "CR-07700900101", "0077009001/26", "1234507700900101", "07700900101999", "IMEI 490154203237518",
        "account 07700900 sort 04-00-04 12345678", "01/02/2026 12:30", "01 02 2026 12 30", "2026-07-01T21:15:09",
        "at 0800 to 0900 1100",
        "£07,700,900,101", "£1,200.50", "NHS no 012 345 6789", "x07700900101", "07700900101x",
        "http://a.example/07700900101", "12.30-14.45",
        "log 0123456789 of 3 Oct 2026", "53.72000, -1.86000", "crime no. 13260123456", "44AB1234567/26",
        "THE 1ST", "on the A58 TWO men", "M62 5TH", "m1 2nd floor", "W1 1st", "FOR 2D", "A12 AND", "THE 999X", "HIS 2000",
        "IN 2023", "M25 JCT",
        "ON12ALL", "AB12 THE", "IR26 abc", "DIY 100", "SE1 7P", "ZZ1 1AA", "QQ11 1AA", "AB30 CDE", "A@B", "@kit",
        "someone@home", "ten 10 TEN",
    ],
)  # fmt: skip
def test_what_only_looks_like_one_is_none(words: str) -> None:
    assert found(words) == []
    assert found(f"He said: {words}.") == []


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("AB12 CDE", "AB12CDE"), ("AB12CDE", "AB12CDE"), ("ab12cde", "AB12CDE"), ("YK71FGH", "YK71FGH"), ("A123 BCD", "A123BCD"),
        ("A123BCD", "A123BCD"), ("ABC 123D", "ABC123D"), ("van M25 KLM", "M25KLM"), ("reg ABC 1D", "ABC1D"),
        ("car AIZ 1234", "AIZ1234"), ("index plate AB 1234", "AB1234"),
    ],
)  # fmt: skip
def test_marks_of_old_and_new_forms_are_found(written: str, value: str) -> None:
    assert found(f"Seen: {written}.") == [("vehicle", value)]


def test_short_old_marks_are_taken_only_where_a_vehicle_is_spoken_of() -> None:
    assert found("They met at M25 KLM.") == []
    assert found("They met in a van, M25 KLM.") == [("vehicle", "M25KLM")]


def test_postcodes_are_those_that_are_in_use_and_no_marks() -> None:
    assert found("LS1 4AP, ls1 4ap, LS14AP and SE1 7PB") == [("place", "LS1 4AP")] * 3 + [("place", "SE1 7PB")]


def test_addresses_of_mail_are_found_without_what_stands_round_them() -> None:
    told = found("Write to Dov.M@Example.org, or <x@y.example>.")
    assert told == [("email", "dov.m@example.org"), ("email", "x@y.example")]


NUMBERS = st.integers(0, 999).map(lambda n: f"07700900{n:03d}")
SPACING = st.sampled_from([(5, 6), (5, 3, 3), (3, 4, 4), (11,), (4, 3, 4)])
FILLER = st.sampled_from(
    [
        "he said",
        "on 14/07/2026",
        "at 10:30",
        "paid £1,200",
        "ref CR/26/4471",
        "the A58 TWO",
        "THE 1ST",
        "crime 13260123456",
    ]
)


@given(st.lists(st.tuples(NUMBERS, SPACING, FILLER), min_size=1, max_size=5))
def test_planted_numbers_are_all_found_as_the_librarys_own_matcher_finds_them(
    planted: list[tuple[str, tuple[int, ...], str]],
) -> None:
    """The second formulation is the matcher of `phonenumbers`, which walks the text by rules of its own."""
    told = []
    for number, groups, filler in planted:
        at, parts = 0, []
        for size in groups:
            parts.append(number[at : at + size])
            at += size
        told.append(f"{filler}; rang {' '.join(parts)}, then left")
    words = ". ".join(told)
    matcher = phonenumbers.PhoneNumberMatcher(words, "GB", leniency=phonenumbers.Leniency.POSSIBLE)
    theirs = [
        phonenumbers.format_number(one.number, phonenumbers.PhoneNumberFormat.E164)
        for one in matcher if re.sub(r"\D", "", one.raw_string).startswith("07700900")
    ]  # fmt: skip
    assert [v for k, v in found(words) if k == "phone"] == theirs == ["+44" + number[1:] for number, _, _ in planted]


@given(st.text(alphabet="07+() -./AB1XYZ,@£:\n\u00e9", max_size=80))
def test_whatever_is_written_passages_stand_apart_in_order_within_it(words: str) -> None:
    at = 0
    for one in passages(words):
        assert at <= one.start < one.end <= len(words)
        at = one.end
    assert all(0 <= p.start < p.end <= len(words) for p in name_pairs(words))


@dataclass
class OnFile:
    """People on file, and a view of them."""

    world: World

    def person(self, key: str, forename: str, surname: str, **columns: object) -> str:
        who = name.clean_parts(forename, "", surname)
        keys = {
            "forename_key": who.forename_key, "surname_key": who.surname_key, "forename_root": who.variant,
            "surname_sound": who.surname_sound, "name": f"{forename} {surname}", "source_key": key,
        }  # fmt: skip
        return self.world.add("person", "13-nominals", key, "person", **{**keys, **columns})

    def told(self, words: str, own: tuple[str, ...] = ()) -> tuple[Suggestion, ...]:
        return suggestions(self.world.view(), words, own=own)

    def names(self, words: str) -> list[str]:
        return [words[slice(*one.spans[0])] for one in self.told(words) if one.kind == "person"]


@pytest.fixture
def on_file() -> OnFile:
    made = OnFile(World())
    made.person("N1", "William", "Hoxley", dob=date(1985, 1, 2), subject=4)
    made.person("N2", "Bill", "Hoxley")
    made.person("N3", "Maria", "van der Berg")
    made.person("N4", "Ana", "Smith-Jones")
    made.person("N5", "Mark", "Road")
    made.person("N6", "", "Smith")
    return made


def test_a_name_on_file_is_found_in_either_order_and_by_another_form_of_the_forename(on_file: OnFile) -> None:
    for words in (
        "William Hoxley",
        "HOXLEY, William",
        "Hoxley William",
        "WILLIAM HOXLEY",
        "William John Hoxley",
        "William J. Hoxley",
    ):
        [one] = on_file.told(f"Yesterday {words} came.")
        assert (one.kind, one.value, one.records) == ("person", "WILLIAM HOXLEY", 2), words
        assert [(held.name, held.categories) for held in one.held] == [
            ("William Hoxley", ("victim",)),
            ("Bill Hoxley", ()),
        ]
    assert on_file.names("Then Billy Hoxley came, and Maria van der Berg, and Ana Smith-Jones.") == [
        "Billy Hoxley", "Maria van der Berg", "Ana Smith-Jones",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    ["Hoxley", "Smith came", "William", "Mr Hoxley", "Williams Hoxleys", "They met William. Hoxley left.", "William\nHoxley",
     "the mark road", "Smith Smith", "Tom Hoxley", "William Smithson"],
)  # fmt: skip
def test_a_surname_alone_and_words_that_are_nobodys_name_are_never_suggested(on_file: OnFile, words: str) -> None:
    assert on_file.names(words) == []


def test_each_suggestion_says_how_many_other_records_hold_it_and_where_the_text_has_it(on_file: OnFile) -> None:
    world = on_file.world
    for key in ("N1", "N2"):
        world.identify(_id(world, key), "person", "13-nominals", "phone", PHONE, "holder")
    own = world.report("13-intelligence", "IR1", "07700 900101")
    world.identify(own, "text", "13-intelligence", "phone", PHONE, "subject")
    words = "07700 900101, then AB12 CDE, then +44 7700 900101 and Bill Hoxley"
    phone, vehicle, person = on_file.told(words, own=(own,))
    assert (phone.records, [words[slice(*span)] for span in phone.spans]) == (2, ["07700 900101", "+44 7700 900101"])
    assert (vehicle.records, vehicle.held) == (0, ())
    assert (person.value, person.records) == ("BILL HOXLEY", 2)
    assert {held.name for held in phone.held} == {"William Hoxley", "Bill Hoxley"}


def test_counts_agree_with_a_walk_over_every_row(on_file: OnFile) -> None:
    """The second formulation reads every person one by one in Python."""
    words = "William Hoxley, Bill Hoxley, Ana Smith-Jones and Maria van der Berg."
    people = on_file.world.view().query("FROM person").to_pylist()
    for one in on_file.told(words):
        forename, surname = one.value.split(" ")
        groups = set(name.clean_parts(forename, "", "X").variants)
        told = [
            p
            for p in people
            if p["surname_key"] == surname and (p["forename_key"] == forename or p["forename_root"] in groups)
        ]
        assert one.records == len(told) > 0


def test_whatever_the_number_of_suggestions_the_view_is_asked_twice(
    on_file: OnFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    view, asked = on_file.world.view(), []
    query = view.query
    monkeypatch.setattr(view, "query", lambda sql, params=(): asked.append(sql) or query(sql, params))
    words = " ".join(f"07700 900{n:03d}, AB12 CD{chr(65 + n)}, LS1 4AP, William Hoxley." for n in range(8))
    assert len(suggestions(view, words)) == 18
    assert len(asked) == 2


def _id(world: World, key: str) -> str:
    return next(r["record_id"] for r in world.view().query("FROM person").to_pylist() if r["source_key"] == key)
