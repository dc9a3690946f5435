"""What is told together: people of whom the same is recorded, links of many people with one thing."""

from toex.publishing import AtRisk, Chart, ChartEntity, ChartLink, Person, Sentence
from toex.publishing.associations import associations
from toex.publishing.review import review_groups


def at_risk(ref: str, *reasons: str, child: bool = False, victim: bool = False) -> AtRisk:
    categories = ("victim",) if victim else ()
    said = tuple(Sentence(text, (f"{ref}-{n}",)) for n, text in enumerate(reasons))
    return AtRisk(Person(ref, f"NAME {ref}", categories, child=child), said)


def test_children_are_told_first_and_victims_before_others() -> None:
    entries = [at_risk("A1", "x"), at_risk("A2", "y", child=True), at_risk("A3", "z", child=True, victim=True)]
    groups = review_groups(entries)
    assert [[e.person.ref for e in group.people] for group in groups] == [["A3", "A2"], ["A1"]]


def test_what_is_recorded_of_many_adults_is_said_once_and_who_does_not_bear_it_is_named() -> None:
    entries = [at_risk(f"A{n}", "wages", "address", f"own {n}") for n in range(5)] + [at_risk("A9", "wages")]
    (group,) = review_groups(entries)
    assert [(s.sentence.text, s.but) for s in group.shared] == [("wages", ()), ("address", ("A9",))]
    assert [[r.text for r in e.reasons] for e in group.people] == [[f"own {n}"] for n in range(5)] + [[]]


def test_no_person_and_no_reason_is_lost_in_the_grouping() -> None:
    entries = [
        at_risk("A1", "a", "b"), at_risk("A2", "a"), at_risk("A3", "a", "c"), at_risk("A4", "d", child=True),
        at_risk("A5", "a", child=True), at_risk("A6", "e"),
    ]  # fmt: skip
    borne = set()
    for group in review_groups(entries):
        for entry in group.people:
            borne |= {(entry.person.ref, r.text) for r in entry.reasons}
            borne |= {(entry.person.ref, s.sentence.text) for s in group.shared if entry.person.ref not in s.but}
    assert borne == {(e.person.ref, r.text) for e in entries for r in e.reasons}


def test_two_adults_of_whom_the_same_is_recorded_are_told_apart() -> None:
    (group,) = review_groups([at_risk("A1", "a"), at_risk("A2", "a")])
    assert group.shared == ()
    assert [len(e.reasons) for e in group.people] == [1, 1]


def test_links_of_many_people_with_one_thing_are_one_row_with_every_record() -> None:
    people = [ChartEntity(f"p{n}", "person", f"NAME {n}", ref=f"A{n}") for n in range(5)]
    phone, house = ChartEntity("phone", "phone", "07700 900001"), ChartEntity("house", "address", "1 Elm Row")
    links = [ChartLink(e.key, "phone", "gave this number", refs=(f"r{e.key}",)) for e in people]
    links += [ChartLink("p0", "house", "lives", refs=("h",)), ChartLink("p0", "p1", "may be one", False, ("x", "y"))]
    told = associations(Chart("c", "alt", (*people, phone, house), tuple(links)))
    assert (told[0].who, told[0].to, len(told[0].refs)) == ("A0; A1; A2; A3; A4", "07700 900001", 5)
    assert {r for row in told for r in row.refs} == {r for link in links for r in link.refs}
    assert [row.confirmed for row in told] == [True, True, False]
