"""A force's own template: offered by its office, tried with a sample, approved by another, picked when a product is drawn."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from people import START
from products_made import Shop
from toex.work.audit.models import Entry
from toex.work.errors import NotAllowed, NotThere, OutOfOrder
from toex.work.products import actions
from toex.work.products.models import Template
from toex.work.products.templates import approve, end, offer, template_for
from toex.work.staff.models import Organisation, Person

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Any]
People = dict[str, Person]
SENT = 60


def letter(line: str = "WEST YORKSHIRE FORM 14B: {{ operation }}", *, header: str = "{{ marking }}") -> bytes:
    document, kept = docx.Document(), BytesIO()
    document.sections[0].header.paragraphs[0].text = header
    document.add_paragraph(line)
    document.save(kept)
    return kept.getvalue()


def sent(content: bytes, **more: str) -> dict[str, Any]:
    file = SimpleUploadedFile("form-14b.docx", content)
    return {"act": "offer", "organisation": "13", "kind": "intelligence_package", "file": file, **more}


def test_a_forces_office_offers_and_another_person_approves(browser: Browsers, people: People) -> None:
    priya, path = browser("requester"), "/unit/templates"
    assert "No force has a template" in priya.get(path).said
    page = priya.post(path, sent(letter("{{ crest }}")), status=422, most=SENT)
    assert "tags that are not known: crest" in page.said
    page = priya.post(path, sent(letter(header="Form 14B")), status=422, most=SENT)
    assert "without the marking" in page.said
    priya.post(path, sent(letter()), most=SENT)
    assert "waits for approval" in priya.follow().said
    made = Template.objects.get()
    ada = browser("admin")
    ada.post(path, {"act": "approve", "template": made.pk}, most=SENT)
    assert "approved by Ada Marsh" in ada.follow().said
    browser("researcher").get(path, status=403)
    assert [e.what for e in Entry.objects.filter(what__endswith="_template").order_by("number")] == [
        "products.offer_template", "products.approve_template",
    ]  # fmt: skip


def test_drawing_picks_the_forces_template_and_another_forces_is_not_touched(unit: Path, people: People) -> None:
    shop = Shop(unit, people)
    version = shop.drafted()
    assert template_for(version) is None
    said: dict[str, Any] = {"kind": "intelligence_package", "file": "a.docx", "at": shop.at()}
    other = offer(organisation=Organisation.objects.get(code="14"), content=letter(), by=people["admin"], **said)
    approve(template=other, by=people["admin2"], at=shop.at())
    assert template_for(version) is None
    own = offer(organisation=Organisation.objects.get(code="13"), content=letter(), by=people["requester"], **said)
    assert template_for(version) is None  # not approved yet
    with pytest.raises(NotAllowed):
        approve(template=own, by=people["requester"], at=shop.at())
    approve(template=own, by=people["senior"], at=shop.at())
    _, content = actions.download(version=version, form="word", seat=shop.seat(), at=shop.at())
    document = docx.Document(BytesIO(content))
    assert document.paragraphs[0].text == "WEST YORKSHIRE FORM 14B: Larkmere"
    assert "OFFICIAL-SENSITIVE" in document.sections[0].header.paragraphs[0].text
    found = template_for(version)
    assert found is not None
    found.write_bytes(letter("changed"))
    with pytest.raises(NotThere, match="no longer what was approved"):
        template_for(version)
    end(template=own, by=people["senior"], at=shop.at())
    assert template_for(version) is None
    with pytest.raises(OutOfOrder):
        end(template=own, by=people["senior"], at=shop.at())


def test_an_administrator_offers_but_approves_nothing_of_their_own_and_a_force_offers_for_itself(
    people: People,
) -> None:
    said: dict[str, Any] = {"kind": "intelligence_package", "file": "a.docx", "content": letter(), "at": START}
    with pytest.raises(NotAllowed, match="their own force"):
        offer(organisation=Organisation.objects.get(code="14"), by=people["requester"], **said)
    made = offer(organisation=Organisation.objects.get(code="14"), by=people["admin"], **said)
    with pytest.raises(NotAllowed, match="Another person"):
        approve(template=made, by=people["admin"], at=START)
