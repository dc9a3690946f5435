"""Row 22: a package from the picture to the SIO's desk, by the people of the brochure, every sentence walking back."""

from datetime import datetime, timedelta
from pathlib import Path

import docx
import pypdf
import pytest

from products_made import Shop
from toex.publishing import cited, thaw
from toex.work.audit.models import Entry
from toex.work.citations.models import Citation
from toex.work.errors import NotAllowed
from toex.work.products import actions, queries
from toex.work.products.content import Said
from toex.work.products.files import kept_file
from toex.work.products.models import Sentence, Version
from toex.work.staff.models import Organisation, Person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def shop(unit: Path, people: dict[str, Person]) -> Shop:
    return Shop(unit, people)


def pages(content: bytes, folder: Path) -> str:
    path = folder / "final.pdf"
    path.write_bytes(content)
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def written(shop: Shop) -> Version:
    """The analyst draws it from the picture, judges, names a line's owner, and adds a fact by picking its record."""
    version = shop.drafted()
    shop.judged(version)
    line = Sentence.objects.filter(section__version=version, section__part="lines")
    row = line.select_related("section__version__product").first()
    assert row is not None
    said = actions.said_of(row)
    shop.do(
        actions.reword, sentence=row, revision=row.revision,
        said=Said(said.text, "fact", said.records, lead=said.lead, priority="High", owner="DS Priya Holm",
                  due=datetime(2026, 9, 30).date()),
    )  # fmt: skip
    fact = Said("A second man of that name lives at the same address.", "fact", (shop.person(6),))
    shop.do(actions.add, section=shop.section(version, "network"), said=fact)
    advice = Said("Consider a disruption visit with the school.", "assessment", (shop.person(0),))
    shop.do(actions.add, "developer", section=shop.section(version, "advice"), said=advice)
    shop.do(
        actions.mark, version=version, marking="OFFICIAL-SENSITIVE - RECIPIENTS ONLY", why="Children are told of.",
        handling=("Police and partners named only.",),
    )  # fmt: skip
    return version


def assured(shop: Shop, version: Version) -> Version:
    """The Senior Intelligence Analyst comments, returns it, sees it mended, and assures it."""
    shop.do(actions.submit, version=version)
    row = shop.sentence(version)
    remark = shop.do(actions.comment, "senior", version=version, words="Of how many forces?", sentence=row)
    shop.do(actions.give_back, "senior", version=version, reason="One comment.")
    better = actions.said_of(row)
    shop.do(actions.reword, sentence=row, said=better, revision=row.revision)
    shop.do(actions.answer, comment=remark, words="As the sentence says: three.")
    shop.do(actions.submit, version=version)
    shop.do(actions.resolve, "senior", comment=remark)
    shop.ruled(version)
    shop.do(actions.assure, "senior", version=version)
    return shop.fresh(version)


def test_row_22_a_package_goes_from_the_picture_to_the_sio_and_every_sentence_of_it_walks_back(
    shop: Shop, tmp_path: Path
) -> None:
    """ "The products provided to the investigation team were excellent, and identified key lines of enquiries" """
    version = assured(shop, written(shop))
    recipient = shop.recipient(version, "DCI Mark Denby")
    files = shop.do(actions.issue, "senior", version=version)
    given = shop.do(actions.disseminate, "senior", recipient=recipient, how="secure email", sent=shop.at())
    shop.do(actions.acknowledge, dissemination=given, how="by reply", when=shop.at())
    text = " ".join(pages(kept_file(files.pdf), tmp_path).split())
    for said in (
        "OFFICIAL-SENSITIVE - RECIPIENTS ONLY", "Ines Vale", "DCI Mark Denby", "DS Priya Holm", "30/09/2026",
        "The older man holds the line", "Supt Dana Pryce", "Police and partners named only",
    ):  # fmt: skip
        assert said in text, said
    assert "DRAFT" not in text.upper()
    assert "Valdane, Ana" not in text
    (tmp_path / "final.docx").write_bytes(kept_file(files.word))
    word = docx.Document(str(tmp_path / "final.docx"))
    assert word.core_properties.subject == "OFFICIAL-SENSITIVE - RECIPIENTS ONLY"
    product = thaw(version.sealed)
    copies = {c.record_id for c in Citation.objects.filter(object=version.cited_as)}
    assert set(cited(product)) == {s.ref for s in product.sources} <= copies
    assert "A second man of that name lives at the same address." in [s.text for s in product.network]


def test_row_26_who_was_given_what_for_which_purpose_is_recorded_and_corrected(shop: Shop) -> None:
    """ "It is important that forces have mechanisms in place for the effective sharing of intelligence" """
    version = assured(shop, written(shop))
    sio = shop.recipient(version, "DCI Mark Denby")
    bureau = shop.do(
        actions.address, version=version, name="Force intelligence bureau",
        organisation=Organisation.objects.get(code="30"), purpose="The same line in Derbyshire", conditions="No action.",
    )  # fmt: skip
    shop.do(actions.issue, "senior", version=version)
    for who in (sio, bureau):
        shop.do(actions.disseminate, "senior", recipient=who, how="secure email", sent=shop.at())
    shop.do(actions.correct, "senior", version=version, words="The stop was on 3 March.")
    told = [(t.recipient.name, t.sent) for t in version.corrections.get().told.order_by("pk")]
    assert told == [("DCI Mark Denby", None), ("Force intelligence bureau", None)]
    given = queries.disseminated(version)
    assert [(d.recipient.organisation_id, d.recipient.purpose) for d in given] == [
        ("13", "The investigation"), ("30", "The same line in Derbyshire"),
    ]  # fmt: skip
    assert Entry.objects.filter(act="disclosure", what="products.disseminate").count() == 2


def test_row_22_the_author_assures_nothing_of_their_own(shop: Shop) -> None:
    """ "excellent": by another person's judgement, not by the author's."""
    version = written(shop)
    shop.do(actions.submit, version=version)
    for who in ("analyst", "developer", "researcher"):
        with pytest.raises(NotAllowed):
            shop.do(actions.assure, who, version=version)
