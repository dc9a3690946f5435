"""The job that draws a product's version from the picture, from the seat of whoever asked for it."""

from toex.picture import PictureError
from toex.work.access.sitting import sit
from toex.work.errors import NotThere, OutOfOrder
from toex.work.jobs.kinds import Kind, Run, Settled, StepOf
from toex.work.judgements.seat import UnitSeat
from toex.work.products.actions.beginning import DRAW
from toex.work.products.actions.drawing import picture_of, settle
from toex.work.products.models import Version
from toex.work.products.policies import NO_PRODUCT
from toex.work.products.states import check_can


def kind() -> Kind:
    """Give the kind of job: one step, whose draft is kept with its done-mark or not at all."""
    return Kind(DRAW, (StepOf("draw from the picture", _draw),))


def _draw(run: Run) -> Settled:
    version = _version(run)
    held = sit(person=run.by, grant=run.grant or 0, at=run.clock())
    seat = UnitSeat(held.person, held.grant, held.at)
    seat.note("consultation", "products.look", held.at, version=version.pk)
    try:
        picture = picture_of(version, seat=seat, progress=lambda _, share: run.progress(0.9 * share))
    except PictureError as refused:
        raise OutOfOrder(str(refused)) from refused

    def write() -> None:
        settle(version=version, picture=picture, seat=seat, by=run.by, at=run.clock())

    return Settled({"records": len(picture.copies)}, write)


def _version(run: Run) -> Version:
    rows = Version.objects.select_related("product__operation__request__organisation", "product__grant", "drafted_by")
    found = rows.filter(pk=run.args["version"]).first()
    if found is None:
        raise NotThere(NO_PRODUCT)
    check_can("draw", found.state)
    return found
