"""A form's content, checked and written: no act of its own, part of saving."""

from collections.abc import Sequence
from datetime import datetime

from toex.work.errors import Incomplete
from toex.work.staff.models import Organisation, Person
from toex.work.tasking.actions.moving import check_lengths
from toex.work.tasking.content import FormContent, Named
from toex.work.tasking.models import Attachment, DataHeld, Objective, Request, RequestForm, RequestSubject, SubjectKey
from toex.work.tasking.policies import check_codes, check_risk_owner, posts
from toex.work.tasking.subjects import Comparable, comparable

MOST_SUBJECTS = 500
_PLAIN = (
    "bcu", "sio_name", "sio_rank", "sio_contact", "background", "strategy", "strategy_document", "no_data", "wanted_by",
    "urgency", "safeguarding", "risk_owner", "risk_owner_rank", "risk_owner_account",
)  # fmt: skip


def check_content(request: Request, content: FormContent, at: datetime) -> None:
    """Raise Incomplete where a code, an organisation, an account or a file is not what its field takes.

    NotAllowed where the risk owner would be TOEX's (rule 3).
    """
    on = at.date()
    check_codes(content.threat_areas, of="threat_areas", field="threat_areas", on=on)
    check_codes(content.wanted, of="support_kinds", field="wanted", on=on)
    check_codes([s.kind for s in content.subjects], of="request_subject_kinds", field="subjects", on=on)
    check_codes([r for s in content.subjects for r in s.roles], of="subject_categories", field="subjects", on=on)
    if len(content.subjects) > MOST_SUBJECTS:
        raise Incomplete(
            f"A form names at most {MOST_SUBJECTS} subjects; more come as a dataset.", {"subjects": "many"}
        )
    _check_sio(content.sio, at)
    _check_file(content.strategy_document, request)
    found = _organisations({*content.forces, content.risk_owner_at} - {""})
    account = posts(content.risk_owner_account, at) if content.risk_owner_account else {}
    check_risk_owner(found.get(content.risk_owner_at), account, asking=request.organisation_id)


def _check_sio(sio: Person | None, at: datetime) -> None:
    if sio is not None and not any("sio" in roles for roles in posts(sio, at).values()):
        raise Incomplete("The account named as SIO does not hold that role today.", {"sio": "no such role"})


def _check_file(file: Attachment | None, request: Request) -> None:
    if file is not None and file.request_id != request.pk:
        raise Incomplete(
            "The strategy document is not attached to this request.", {"strategy_document": "not attached"}
        )


def _organisations(codes: set[str]) -> dict[str, Organisation]:
    found = Organisation.objects.in_bulk(codes)
    if len(found) < len(codes):
        raise Incomplete("An organisation named is not in the list of organisations.", {"forces": "not in list"})
    return found


def write_form(request: Request, content: FormContent) -> None:
    """Within the transaction: write all that the form says in place of what it said."""
    form = request.form
    for name in _PLAIN:
        setattr(form, name, getattr(content, name))
    form.threat_areas, form.wanted = list(content.threat_areas), list(content.wanted)
    form.risk_owner_at_id = content.risk_owner_at or None
    _take_account(form, content)
    request.name, request.sio = content.name, content.sio
    for row in (form, request):
        check_lengths(row)
    form.save()
    request.save(update_fields=["name", "sio"])
    form.forces.set(content.forces)  # type: ignore[arg-type]  # codes are the keys; `check_content` has looked them up
    _write_objectives(request, content.objectives)
    _write_subjects(request, content.subjects)
    request.data_held.all().delete()
    held = [DataHeld(request=request, what=d.what, place=d.place) for d in content.data_held]
    for one in held:
        check_lengths(one)
    DataHeld.objects.bulk_create(held)


def _take_account(form: RequestForm, content: FormContent) -> None:
    """Nothing is typed twice: an account brings its name and rank."""
    if content.sio is not None:
        form.sio_name, form.sio_rank = content.sio_name or content.sio.name, content.sio_rank or content.sio.rank
    owner = content.risk_owner_account
    if owner is not None:
        form.risk_owner = content.risk_owner or owner.name
        form.risk_owner_rank = content.risk_owner_rank or owner.rank
        form.risk_owner_at_id = content.risk_owner_at or owner.home_id


def _write_objectives(request: Request, texts: Sequence[str]) -> None:
    """Objectives keep their numbers; one that is dropped is retired, for a question may point at it."""
    said = dict(enumerate(texts, 1))
    rows = {o.number: o for o in request.objectives.all()}
    for number, row in rows.items():
        row.text, row.retired = said.get(number, row.text), number not in said
    new = [Objective(request=request, number=n, text=t) for n, t in said.items() if n not in rows]
    old = [Objective(request=request, number=r.number, text=r.text, retired=r.retired) for r in rows.values()]
    Objective.objects.bulk_create(
        [*old, *new], update_conflicts=True, unique_fields=["request", "number"], update_fields=["text", "retired"]
    )


def _write_subjects(request: Request, subjects: Sequence[Named]) -> None:
    SubjectKey.objects.filter(subject__request=request).delete()
    request.subjects.all().delete()
    found = [comparable(named) for named in subjects]
    rows = [_subject(request, named, clean) for named, clean in zip(subjects, found, strict=True)]
    for row in rows:
        check_lengths(row)
    made = RequestSubject.objects.bulk_create(rows)
    pairs = [(row, key) for row, clean in zip(made, found, strict=True) for key in clean.keys]
    SubjectKey.objects.bulk_create(SubjectKey(subject=row, key=key) for row, key in pairs)


def _subject(request: Request, named: Named, clean: Comparable) -> RequestSubject:
    return RequestSubject(
        request=request, kind=named.kind, written=named.written, value=clean.value, problem=clean.problem,
        born=clean.born, roles=list(named.roles),
    )  # fmt: skip
