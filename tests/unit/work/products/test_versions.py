"""Versions: drawn by a job from the asker's seat, edited, renewed with what people wrote, hidden with a compartment."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from products_made import Shop, furnished
from small_world import SmallWorld, furnish
from toex.picture import Known
from toex.publishing import thaw
from toex.work.access.actions import drop_holder
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.holdings.models import Dataset
from toex.work.jobs.models import Job
from toex.work.operations.actions import name_reader, open_compartment
from toex.work.products import actions, queries
from toex.work.products.content import Said
from toex.work.products.gathering import gather
from toex.work.products.models import Product, Sentence, Version
from toex.work.products.picking import find
from toex.work.staff.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(unit: Path, people: dict[str, Person]) -> Shop:
    return Shop(unit, people)


def test_a_product_needs_a_known_kind_a_title_and_something_to_be_drawn_around(shop: Shop) -> None:
    good: dict[str, Any] = {
        "kind": "intelligence_package",
        "title": "A title",
        "points": [Known("phone", "07700900004")],
    }
    for wrong in ({"kind": "poem"}, {"title": " "}, {"points": []}):
        with pytest.raises(Incomplete):
            shop.do(actions.begin, **{**good, **wrong})
    assert not Product.objects.exists()


def test_what_nobody_holds_ends_the_drawing_with_the_reason_and_it_can_be_drawn_again(shop: Shop) -> None:
    version = shop.begun(points=[Known("nominal", "nobody")])
    shop.work()
    job = queries.drawing_job(version)
    assert job is not None
    assert (job.state, shop.fresh(version).state) == ("failed", "drawing")
    assert "held in this workbench" in job.note
    shop.do(actions.draw_again, version=version)
    assert Job.objects.filter(kind=actions.DRAW).count() == 2
    shop.do(actions.abandon, version=version, reason="Nobody holds it.")
    assert shop.fresh(version).state == "withdrawn"


def test_somebody_whom_no_record_links_to_others_gets_a_draft_whose_summary_cites_their_own_record(
    unit: Path, people: dict[str, Person]
) -> None:
    world = furnished()
    alone = world.person("13-nominals", "ALONE", "Una", "Farrowmere", 95)
    shop = Shop(unit, people, world=world)
    told = []
    for kind in ("subject_profile", "intelligence_package"):
        version = shop.begun(kind=kind, points=[Known("record", alone)])
        shop.work()
        job = queries.drawing_job(version)
        assert job is not None
        assert (job.state, job.note) == ("done", "")
        assert shop.sentence(version).records == [alone]
        told.append(shop.sentence(version).text)
    assert told[1].startswith("No record links the 1 subject that ")


def test_who_lost_their_seat_meanwhile_gets_no_draft(shop: Shop) -> None:
    version = shop.begun()
    drop_holder(
        grant=shop.grant, person=shop.people["analyst"], reason="Moved on.", by=shop.people["manager"], at=shop.at()
    )
    shop.work()
    assert shop.fresh(version).state == "drawing"
    assert not version.sections.exists()


def test_a_subject_profile_is_drawn_of_the_person_it_is_begun_around(shop: Shop) -> None:
    version = shop.begun(kind="subject_profile", points=[Known("record", shop.person(4))])
    shop.work()
    made = gather(queries.kept(shop.fresh(version)), at=shop.at())
    assert made.kind == "subject profile"
    assert len(made.subjects) == 1


def test_sentences_are_moved_struck_and_brought_back_and_the_product_follows(shop: Shop) -> None:
    version = shop.drafted()
    rows = Sentence.objects.filter(section=shop.section(version, "summary"))
    first, second, *_ = rows.select_related("section__version__product")
    shop.do(actions.shift, sentence=first, up=False)
    shop.do(actions.shift, sentence=second, up=True)  # it is the first already
    said = [s.text for s in gather(queries.kept(version), at=shop.at()).summary]
    assert said[:2] == [second.text, first.text]
    shop.do(actions.strike, sentence=second, reason="Said below.")
    assert gather(queries.kept(version), at=shop.at()).summary[0].text == first.text
    shop.do(actions.restore, sentence=second)
    assert [s.text for s in gather(queries.kept(version), at=shop.at()).summary] == said


def test_a_table_is_left_out_and_printed_again(shop: Shop) -> None:
    version = shop.drafted()
    for table in ("chart", "members", "timeline"):
        shop.do(actions.print_table, version=version, table=table, printed=False)
    made = gather(queries.kept(version), at=shop.at())
    assert (made.chart, made.members, made.timeline) == (None, (), ())
    shop.do(actions.print_table, version=version, table="chart", printed=True)
    assert gather(queries.kept(version), at=shop.at()).chart is not None


def test_what_is_cited_is_read_the_same_in_one_query_as_with_everything_else(shop: Shop) -> None:
    from toex.work.products.gathering import cited_in

    version = shop.drafted()
    shop.do(actions.strike_section, section=shop.section(version, "at_risk"), reason="Told elsewhere.")
    shop.do(actions.strike, sentence=shop.sentence(version), reason="No.")
    assert queries.cited_by(version) == cited_in(queries.kept(version))


def test_a_section_a_person_and_lines_with_owners_and_days_are_added(shop: Shop) -> None:
    version = shop.drafted()
    made = shop.do(actions.add_section, version=version, part="sections", title="Where the wages went")
    shop.do(
        actions.add, section=made, said=Said("Into one account.", "assessment", likelihood="likely", confidence="low")
    )
    ref = next(
        s.person
        for s in version.sections.filter(part="subjects")
        if not version.sections.filter(part="at_risk", person=s.person)
    )
    shop.do(actions.add_section, version=version, part="at_risk", title="", person=ref)
    with pytest.raises(Incomplete):
        shop.do(actions.add_section, version=version, part="at_risk", title="", person="A99")
    line = Said(
        "She gave that number.", "fact", (shop.person(0),), lead="Ask the school.", priority="High", owner="DS Holm",
        due=date(2026, 9, 30),
    )  # fmt: skip
    shop.do(actions.add, section=shop.section(version, "lines"), said=line)
    product = gather(queries.kept(version), at=shop.at())
    assert any(
        s.title == "Where the wages went" and "likely; low confidence" in s.sentences[0].text for s in product.sections
    )
    assert ref in [entry.person.ref for entry in product.at_risk]
    told = product.lines[-1]
    assert (told.what, told.owner, told.due) == ("Ask the school.", "DS Holm", "30/09/2026")


def test_the_next_version_carries_over_what_people_wrote_and_what_they_struck(shop: Shop) -> None:
    version = shop.assured_with(edits=True)
    with pytest.raises(OutOfOrder):
        shop.do(actions.renew, version=shop.drafted())
    second = shop.do(actions.renew, version=version)
    with pytest.raises(OutOfOrder):
        shop.do(actions.renew, version=version)
    shop.work()
    made = gather(queries.kept(shop.fresh(second)), at=shop.at())
    assert [j.sentence.text for j in made.judgements] == ["The older man holds the line."]
    assert made.since == 1
    gone = [s.text for s in thaw(version.drawn).summary if s.text not in [t.text for t in thaw(version.sealed).summary]]
    assert gone
    assert not set(gone) & {s.text for s in made.summary}
    refs = {m.person.name: m.person.ref for m in thaw(version.sealed).members}
    assert {m.person.name: m.person.ref for m in made.members} == refs


def test_a_version_that_is_disseminated_supersedes_the_one_before(shop: Shop) -> None:
    first = shop.disseminated()
    second = shop.do(actions.renew, version=first)
    shop.work()
    second = shop.fresh(second)
    shop.do(actions.submit, version=second)
    shop.ruled(second)
    shop.do(actions.assure, "senior", version=second)
    recipient = shop.recipient(second)
    shop.do(actions.issue, "senior", version=second)
    shop.do(actions.disseminate, "senior", recipient=recipient, how="by hand", sent=shop.at())
    assert [v.state for v in Version.objects.filter(product=first.product).order_by("number")] == [
        "superseded", "disseminated",
    ]  # fmt: skip


def test_records_to_cite_are_found_by_name_and_number_each_told_in_one_line(shop: Shop) -> None:
    seat = shop.seat()
    found = find(seat, "Mira Sandring", at=seat.at)
    assert [one.told.startswith("Mira Sandring") for one in found.picks] == [True]
    assert find(seat, "Nobody Atall", at=seat.at).picks == ()


def test_a_product_written_with_a_compartment_in_sight_is_there_for_its_readers_alone(
    unit: Path, people: dict[str, Person]
) -> None:
    """Rule 12."""
    world = furnish(SmallWorld())
    for row in world.rows["person"]:
        if row["source_key"] == "N5":
            row["compartment"] = "kestrel"
    shop = Shop(unit, people, world=world)
    Dataset.objects.filter(name="13-nominals").update(compartment="")
    held = open_compartment(code="kestrel", corruption=True, by=people["manager"], at=shop.at(), reason="A test")
    name_reader(compartment=held, person=people["analyst"], reason="A test", by=people["manager"], at=shop.at())
    version = shop.drafted()
    assert version.product.compartment == "kestrel"
    assert len(queries.listed(shop.seat(), frozenset({"kestrel"}))) == 1
    other = shop.seat("researcher")
    assert queries.listed(other, frozenset()) == []
    with pytest.raises(NotThere):
        shop.do(actions.strike, "researcher", sentence=shop.sentence(version), reason="No.")


def test_nobody_acts_from_anothers_seat(shop: Shop) -> None:
    version = shop.drafted()
    with pytest.raises(NotAllowed, match="own seat"):
        actions.submit(version=version, seat=shop.seat("analyst"), by=shop.people["senior"], at=shop.at())
