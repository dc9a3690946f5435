"""The forces' own Word templates: offered, looked at, approved by another person, and picked when a product is drawn."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import transaction

from toex.publishing import TemplateError, check_template
from toex.reference import load
from toex.store import put
from toex.work.audit.actions import record
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.products.files import digest_of
from toex.work.products.models import Template, Version
from toex.work.staff.models import Organisation, Person
from toex.work.staff.policies import check_may, may

_FILE = "file"


def offer(*, kind: str, organisation: Organisation, file: str, content: bytes, by: Person, at: datetime) -> Template:
    """Offer a template for a kind of product of an organisation: it is looked at, and waits for another person.

    A force's own people offer for their own force, an administrator for any. Incomplete with what is wrong with the file:
    macros, links to outside, tags that are not known, pages without the marking.
    """
    check_may(by, "offer a template", at)
    if not may(by, "administer", at) and by.home_id != organisation.code:
        raise NotAllowed("Somebody of a force offers templates for their own force.")
    if kind not in load("product_kinds"):
        raise Incomplete("There is no such kind of product.", {"kind": "one of the list"})
    _looked_at(content)
    digest = digest_of(content)
    put(_path(digest), content)
    with transaction.atomic():
        made = Template.objects.create(
            kind=kind, organisation=organisation, file=file[:255], sha256=digest, by=by, at=at
        )
        record(
            "collection", "products.offer_template", by=by, at=at, objects=[f"products:template:{made.pk}"],
            facts={"sha256": digest, "organisation": organisation.code},
        )  # fmt: skip
    return made


def _looked_at(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.docx"
        path.write_bytes(content)
        try:
            check_template(path)
        except TemplateError as refused:
            raise Incomplete(f"The template is not taken. {refused}", {_FILE: str(refused)}) from refused


def approve(*, template: Template, by: Person, at: datetime) -> None:
    """Approve a template that another person offered; it is used from now on, in place of the one before."""
    check_may(by, "approve a template", at)
    with transaction.atomic():
        held = Template.objects.select_for_update().get(pk=template.pk)
        if held.by_id == by.pk:
            raise NotAllowed("Another person than the one who offered a template approves it.")
        if held.approved or held.ended:
            raise OutOfOrder("The template was approved already, or is used no more.")
        before = Template.objects.filter(organisation=held.organisation_id, kind=held.kind, ended=None)
        before.exclude(approved=None).update(ended=at, ended_by=by)
        Template.objects.filter(pk=held.pk).update(approved=at, approved_by=by)
        record("alteration", "products.approve_template", by=by, at=at, objects=[f"products:template:{held.pk}"])


def end(*, template: Template, by: Person, at: datetime) -> None:
    """Use a template no more: products are drawn in the workbench's own, or the next that is approved."""
    check_may(by, "approve a template", at)
    with transaction.atomic():
        held = Template.objects.select_for_update().get(pk=template.pk)
        if held.ended:
            raise OutOfOrder("The template is used no more already.")
        Template.objects.filter(pk=held.pk).update(ended=at, ended_by=by)
        record("alteration", "products.end_template", by=by, at=at, objects=[f"products:template:{held.pk}"])


def templates_of(codes: list[str] | None = None) -> list[Template]:
    """List the templates of some organisations, or of all, the newest first."""
    rows = Template.objects.select_related("organisation", "by", "approved_by", "ended_by").order_by("-pk")
    return list(rows if codes is None else rows.filter(organisation__in=codes))


def template_for(version: Version) -> Path | None:
    """Give the template in which a version is written: its force's own for its kind, else the unit's, else none.

    NotThere where the file is no longer what was approved.
    """
    asked = version.product.operation.request
    held = Template.objects.filter(organisation=asked.organisation_id, kind=version.product.kind, ended=None)
    found = held.exclude(approved=None).order_by("-approved", "-pk").first()
    if found is None:
        unit = Path(settings.TOEX_HOME) / "templates" / "product.docx"
        return unit if unit.exists() else None
    path = _path(found.sha256)
    if not path.exists() or digest_of(path.read_bytes()) != found.sha256:
        raise NotThere("The force's template is no longer what was approved: tell an administrator.")
    return path


def _path(digest: str) -> Path:
    return Path(settings.TOEX_HOME) / "templates" / digest
