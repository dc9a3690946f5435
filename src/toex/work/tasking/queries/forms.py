"""A request's form as it stands."""

from toex.work.tasking.content import FormContent, Held, Named
from toex.work.tasking.models import Request


def content_of_form(request: Request) -> FormContent:
    """Give all that a form says, to be changed (`dataclasses.replace`) and saved."""
    form = request.form
    return FormContent(
        name=request.name, bcu=form.bcu, sio=request.sio, sio_name=form.sio_name, sio_rank=form.sio_rank,
        sio_contact=form.sio_contact, threat_areas=tuple(form.threat_areas), wanted=tuple(form.wanted),
        background=form.background, strategy=form.strategy, strategy_document=form.strategy_document,
        objectives=tuple(o.text for o in request.objectives.all() if not o.retired),
        subjects=tuple(Named(s.kind, s.written, s.born, tuple(s.roles)) for s in request.subjects.all()),
        forces=tuple(sorted(f.code for f in form.forces.all())),
        data_held=tuple(Held(d.what, d.place) for d in request.data_held.all()), no_data=form.no_data,
        wanted_by=form.wanted_by, urgency=form.urgency, safeguarding=form.safeguarding, risk_owner=form.risk_owner,
        risk_owner_rank=form.risk_owner_rank, risk_owner_at=form.risk_owner_at_id or "",
        risk_owner_account=form.risk_owner_account,
    )  # fmt: skip
