"""Requests along the road, for every test that needs one: each walked there by the acts themselves."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from toex.reference import load
from toex.work.holdings.models import Dataset
from toex.work.staff.models import Organisation, Person
from toex.work.tasking import actions
from toex.work.tasking.agreement import Proxy
from toex.work.tasking.content import Asked, FormContent, Held, Named, Promised, TermsContent
from toex.work.tasking.models import Request, Terms

People = dict[str, Person]
AT = datetime(2026, 9, 7, 9, tzinfo=UTC)  # a Monday
FORM = FormContent(
    name="Operation Larkmere", bcu="North", sio_name="Mark Denby", sio_rank="DCI", sio_contact="07700 900123",
    threat_areas=("MSHT", "CL"), wanted=("network_chart", "research"), background="Workers moved between three farms.",
    strategy="Find who recruits and who profits.", objectives=("Who recruits?", "Where do wages go?"),
    subjects=(Named("phone", "07700 900456", roles=("suspect",)), Named("vrm", "AB12 CDE")),
    forces=("13", "14"), data_held=(Held("Payroll of one labour provider", "Force drive"),),
    wanted_by=date(2026, 10, 30), urgency="The season ends.", safeguarding="Two workers moved to a safe address today.",
    risk_owner="Dana Pryce", risk_owner_rank="Supt", risk_owner_at="13",
)  # fmt: skip


def organisation(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def register(name: str = "payroll", supplier: str = "13", **more: object) -> Dataset:
    told: dict[str, object] = {
        "title": name, "lawful_basis": "policing", "agreement": "A1", "retention_group": "2",
        "review_date": date(2027, 9, 1), "registered_by": "data", "registered": AT,
    }  # fmt: skip
    return Dataset.objects.create(name=name, supplier=organisation(supplier), **{**told, **more})


def drafted(people: People, content: FormContent = FORM, at: datetime = AT, **more: str) -> Request:
    made = actions.begin_draft(by=people["requester"], at=at, compartments=frozenset(more.values()), **more)
    actions.save_draft(
        request=made, content=content, by=people["requester"], at=at, compartments=frozenset(more.values())
    )
    return made


def submitted(people: People, content: FormContent = FORM, at: datetime = AT) -> Request:
    made = drafted(people, replace(content, sio=content.sio or people["sio"]), at)
    actions.submit(request=made, by=people["requester"], at=at)
    return made


def checked(people: People, content: FormContent = FORM, at: datetime = AT) -> Request:
    made = submitted(people, content, at)
    actions.begin_triage(request=made, by=people["gateway"], at=at)
    answers = dict.fromkeys(load("triage_checks").codes(), "Looked at.")
    actions.check(request=made, answers=answers, by=people["gateway"], at=at)
    return made


def passed_on(people: People, content: FormContent = FORM, at: datetime = AT) -> Request:
    made = checked(people, content, at)
    actions.pass_on(request=made, priority="high", reason="Children are near.", by=people["gateway"], at=at)
    return made


def weighed(people: People, content: FormContent = FORM, at: datetime = AT) -> Request:
    made = passed_on(people, content, at)
    answers = dict.fromkeys(load("suitability_questions").codes(), (True, "It does."))
    actions.weigh(request=made, answers=answers, by=people["manager"], at=at)
    return made


def scoped(people: People, content: FormContent = FORM, at: datetime = AT) -> Request:
    made = weighed(people, content, at)
    actions.accept(request=made, reason="It fits.", by=people["manager"], at=at)
    return made


def terms_content(request: Request, people: People, /, **more: object) -> TermsContent:
    first = request.objectives.order_by("number").first()
    made = TermsContent(
        purpose="Who recruits workers for the three farms, and who profits.", starts=AT, ends=AT + timedelta(days=90),
        support="Research and a network chart.", people=(people["analyst"], people["researcher"]),
        questions=(Asked("Who recruits?", "fact", first),), products=(Promised("network_chart", date(2026, 10, 12)),),
        milestones=(Promised("First look with the SIO", date(2026, 9, 21)),), marking="OFFICIAL-SENSITIVE",
        dissemination=("SIO",), review=date(2026, 10, 5), hours=Decimal("40.0"),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def with_terms(people: People, at: datetime = AT, /, **more: object) -> Terms:
    request = scoped(people, at=at)
    return actions.draft_terms(
        request=request, content=terms_content(request, people, **more), by=people["senior"], at=at
    )


def agreed(people: People, at: datetime = AT, /, **more: object) -> Terms:
    terms = with_terms(people, at, **more)
    actions.sign(terms=terms, by=people["manager"], at=at)
    actions.sign(terms=terms, by=people["sio"], at=at)
    return terms


def proxy(terms: Terms, people: People, /, **more: object) -> Proxy:
    message = actions.attach(
        request=terms.request, name="signed.eml", content=b"I sign version 1.", by=people["senior"], at=AT
    )
    made = Proxy("Mark Denby", "DCI", organisation("13"), AT, "email", message)
    return replace(made, **more)  # type: ignore[arg-type]


def reach(state: str, people: People) -> Request:
    """Walk a new request to a state."""
    requester, gateway, manager = people["requester"], people["gateway"], people["manager"]
    if state in ("terms_agreed", "development", "closed"):
        made = agreed(people).request
        if state == "development":
            actions.develop(request=made, by=manager, at=AT)
        if state == "closed":
            actions.close(request=made, reason="Done.", by=manager, at=AT)
        return made
    made = _before(state, people)
    ends = {
        "returned": lambda: actions.return_to_asker(request=made, missing="The dates.", by=gateway, at=AT),
        "redirected": lambda: actions.redirect(request=made, where="GAIN", reason="Fraud.", by=gateway, at=AT),
        "rejected": lambda: actions.reject(request=made, reason="No exploitation.", by=gateway, at=AT),
        "declined": lambda: actions.decline(request=made, reason="No capacity.", by=manager, at=AT),
        "withdrawn": lambda: actions.withdraw(request=made, reason="Solved.", by=requester, at=AT),
    }
    ends.get(state, lambda: None)()
    return made


def _before(state: str, people: People) -> Request:
    walks = {
        "draft": drafted, "submitted": submitted, "withdrawn": submitted, "declined": passed_on,
        "consideration": passed_on, "scoping": scoped,
    }  # fmt: skip
    return walks.get(state, checked)(people)
