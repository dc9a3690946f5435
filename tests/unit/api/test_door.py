"""The door for programs: every resource, under a token, with bounds, in one shape of refusal."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from few_queries import MOST, taken
from toex.api.door import api
from toex.api.refusals import REFUSALS
from toex.picture import UnknownDelivery
from toex.work.access.actions import close
from toex.work.access.tokens import revoke, tokens_of
from toex.work.audit.models import Entry
from toex.work.citations.actions import cite
from toex.work.holdings.models import Receipt
from toex.work.jobs.actions import enqueue
from toex.work.jobs.models import Job
from toex.work.judgements.models import Judgement
from toex.work.staff.actions import give_role
from toex.work.tasking.models import Series
from unit.api.conftest import NOW, SECRET, A, B, C, Program
from unit_work import DAY, granted

PAIR = {"record_id": A["record_id"], "other_id": C["record_id"]}
RULING = {**PAIR, "ruling": "same", "reason": "The officer met both"}
CALLS: dict[str, tuple[str, str, Any]] = {
    "me": ("get", "/me", None),
    "find": ("post", "/search/find", {"text": "Bill Hoxley"}),
    "find_texts": ("post", "/search/texts", {"text": "knife taxi", "near": True, "datasets": ["13-nominals"]}),
    "wash": ("post", "/search/wash", {"text": "Bill Hoxley\nOtto Brand\nZzyzx, Nobody"}),
    "record": ("get", f"/records/{A['record_id']}", None),
    "explain": ("post", "/records/explain", PAIR),
    "queue": ("get", "/judgements/queue?limit=5", None),
    "touch": ("post", "/judgements/touch", {**PAIR, "ruling": "same"}),
    "rule": ("post", "/judgements/rule", RULING),
    "jobs": ("get", "/jobs", None),
    "job": ("get", "/jobs/1", None),
    "cancel": ("post", "/jobs/1/cancel", {}),
    "datasets": ("get", "/holdings/datasets", None),
    "receive": ("post", "/holdings/datasets/13-nominals/files", None),
    "receipts": ("get", "/holdings/datasets/13-nominals/receipts", None),
    "requests": ("get", "/tasking/requests", None),
    "begin_request": ("post", "/tasking/requests", {}),
    "request": ("get", "/tasking/requests/2026/1", None),
    "save_request": ("put", "/tasking/requests/2026/1", {"background": "A line"}),
    "submit_request": ("post", "/tasking/requests/2026/1/submit", {}),
}
FORM_IN_FULL = {
    "name": "Operation Larkmere", "background": "A line", "strategy": "Find who profits", "objectives": ["Who?", "Where?"],
    "subjects": [{"kind": "phone", "written": f"07700 900{n:03d}"} for n in range(20)], "forces": ["13", "14"],
    "data_held": [{"what": "A list"}], "sio_name": "Mark Denby", "sio_rank": "DCI", "sio_contact": "07700 900123",
    "threat_areas": ["MSHT"], "wanted": ["network_chart"], "wanted_by": "2026-10-30", "urgency": "The season ends",
    "safeguarding": "A safe address today", "risk_owner": "Dana Pryce", "risk_owner_rank": "Supt", "risk_owner_at": "13",
}  # fmt: skip
MORE = {"save_request": 30, "submit_request": 18}  # a whole form, written in place of the last and looked through


def answer(program: Program, name: str) -> Any:
    method, path, body = CALLS[name]
    if name == "receive":
        body = {"mapping": "nominals", "file": BytesIO(b"a,b\n1,2\n")}
    return program.call(method, path, body)


def documented() -> dict[str, set[int]]:
    found = api.get_openapi_schema(path_prefix="")["paths"]
    return {
        one["operationId"]: {int(code) for code in one["responses"]} for path in found.values() for one in path.values()
    }


def test_every_operation_is_tried_here() -> None:
    assert set(CALLS) == set(documented())


def test_every_status_that_a_call_may_give_is_documented() -> None:
    assert all(codes >= REFUSALS and len(codes - REFUSALS) == 1 for codes in documented().values())


def ready(program: Program, name: str) -> tuple[Program, str]:
    """The caller who may do it, with what it needs and rows beside, and the address of a request where it is about one."""
    cite(
        record_ids=[A["record_id"]], room="products", object="report-1", by=program.people["senior"], at=NOW,
        sealed={A["record_id"]: {"values": {}, "supplier": "13", "file": "f", "row": 1, "grade": "B2"}},
    )  # fmt: skip
    who, since = program.people["researcher"], NOW - timedelta(hours=1)
    give_role(person=who, role="requester", organisation=who.home, by=program.people["admin"], at=since)
    caller = program.of("researcher")
    if name in ("job", "cancel", "jobs"):
        for n in range(1, 21):
            enqueue(kind="conflate", args={"n": n}, by=who, at=NOW, title="A job")
    if "request" not in name:
        return caller, ""
    Series.objects.create(code=f"REQ/{NOW.year}", last=1)  # the operation's own request has the first number
    for _ in range(20):
        caller.post("/tasking/requests", {})
    path = "/tasking/requests/" + caller.get("/tasking/requests").json()[0]["reference"].removeprefix("REQ/")
    assert caller.call("put", path, FORM_IN_FULL).status_code == 200
    return caller, path


def sent(caller: Program, name: str, path: str) -> Any:
    """The answer to a call that may be made."""
    if name == "job":
        return caller.get(f"/jobs/{Job.objects.latest('pk').pk}")
    if name == "cancel":
        return caller.post(f"/jobs/{Job.objects.latest('pk').pk}/cancel")
    if name == "save_request":
        return caller.call("put", path, {**FORM_IN_FULL, "forces": ["14", "32"], "objectives": ["Whom?"] * 5})
    if name == "submit_request":
        return caller.post(f"{path}/submit")
    return caller.get(path) if name == "request" else answer(caller, name)


@pytest.mark.parametrize("name", CALLS)
def test_a_call_is_answered_within_fifteen_queries_and_kept_by_nobody(program: Program, name: str) -> None:
    caller, path = ready(program, name)
    told: list[Any] = []
    asked = taken(lambda: told.append(sent(caller, name, path)))
    assert told[0].status_code in documented()[name] - REFUSALS, told[0].content
    assert told[0]["Cache-Control"] == "no-store"
    assert asked <= MORE.get(name, MOST)


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("token", ["", "toex_not-a-token"])
def test_without_a_token_that_opens_something_nothing_is_told(program: Program, name: str, token: str) -> None:
    program.token = token
    told = answer(program, name)
    assert (told.status_code, told.json()["fields"]) == (401, {})
    assert told["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", CALLS)
def test_under_a_closed_grant_nothing_is_told_and_the_attempt_is_logged(program: Program, name: str) -> None:
    close(grant=program.grant, by=program.people["analyst"], at=NOW, reason="Done")
    told = answer(program, name)
    assert told.status_code == 403, told.content
    assert "no live grant" in told.json()["fact"]
    assert Entry.objects.filter(what="api.refused", by="analyst", grant=program.grant.pk).count() == 1


def test_a_revoked_token_opens_nothing(program: Program) -> None:
    (token,) = tokens_of(program.people["analyst"])
    revoke(token=token, by=program.people["analyst"], at=NOW)
    assert program.get("/me").status_code == 401


def test_who_calls_is_told_under_which_grant_until_when(program: Program) -> None:
    told = program.get("/me").json()
    assert (told["username"], told["grant"], told["operation"]) == ("analyst", program.grant.pk, "larkmere")
    assert told["until"] > NOW.isoformat()[:10]


def test_finding_and_washing_answer_each_line_and_a_nil_says_where_it_is_nil(program: Program) -> None:
    assert program.post("/search/find", {"text": "Bill Hoxley"}).json()["found"] >= 1
    lines = answer(program, "wash").json()
    assert [one["found"] > 0 for one in lines] == [True, True, False]
    assert "in this workbench" in lines[2]["result"]


def test_a_victim_is_told_as_one_by_every_answer_that_tells_a_person(program: Program) -> None:
    found = program.post("/search/find", {"text": "Bill Hoxley"}).json()["subjects"]
    assert [one["categories"] for one in found] == [["victim", "suspect"]]
    washed = program.post("/search/wash", {"text": "Bill Hoxley\nOtto Brand"}).json()
    assert [[s["categories"] for s in line["subjects"]] for line in washed] == [[["victim", "suspect"]], [[]]]
    other = program.get(f"/records/{B['record_id']}").json()
    assert (other["categories"], other["stated"]) == (["victim", "suspect"], [])
    [pair] = program.get("/judgements/queue?limit=5").json()["waiting"]
    assert sorted(pair["categories"]) == [[], ["victim", "suspect"]]
    sides = program.post("/judgements/touch", {**PAIR, "ruling": "same"}).json()["sides"]
    assert sorted(side["categories"] for side in sides) == [[], ["victim", "suspect"]]


def test_a_record_is_shown_with_its_row_and_a_hidden_one_reads_as_missing(program: Program) -> None:
    told = answer(program, "record").json()
    assert (told["row"], told["supplier"], [one[0] for one in told["one_with"]]) == (2, "13", [B["record_id"]])
    hidden, missing = program.get(f"/records/{SECRET['record_id']}"), program.get("/records/nothing")
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)
    assert hidden.status_code == 404


def test_explaining_a_pair_with_a_hidden_record_reads_as_if_it_were_missing(program: Program) -> None:
    hidden = program.post("/records/explain", {**PAIR, "other_id": SECRET["record_id"]})
    missing = program.post("/records/explain", {**PAIR, "other_id": "nothing"})
    assert (hidden.status_code, hidden.content) == (404, missing.content)


def test_a_pair_goes_from_the_queue_through_its_touch_to_a_ruling(program: Program) -> None:
    (first,) = program.get("/judgements/queue").json()["waiting"]
    assert {first["record_id"], first["other_id"]} == set(PAIR.values())
    touch = answer(program, "touch").json()
    assert (touch["effect"], sorted(len(side["record_ids"]) for side in touch["sides"])) == ("joins", [1, 2])
    told = answer(program, "rule")
    assert (told.status_code, told.json()["state"]) == (202, "being applied")
    assert Judgement.objects.get().by.username == "analyst"
    assert program.get("/judgements/queue").json()["waiting"] == []
    (job,) = program.get("/jobs").json()
    assert program.get(f"/jobs/{job['number']}").json()["state"] == "queued"
    assert program.post(f"/jobs/{job['number']}/cancel").json()["state"] == "cancelled"
    assert program.post(f"/jobs/{job['number']}/cancel").status_code == 409


def test_anothers_job_reads_as_missing(program: Program) -> None:
    answer(program, "rule")
    number = Job.objects.get().pk
    other = program.of("researcher")
    assert other.get("/jobs").json() == []
    assert other.get(f"/jobs/{number}").content == other.get(f"/jobs/{number + 1}").content
    assert other.post(f"/jobs/{number}/cancel").status_code == 404


def test_only_the_grants_datasets_are_listed_and_delivered_to(program: Program) -> None:
    assert [d["name"] for d in program.get("/holdings/datasets").json()] == ["13-nominals", "14-nominals"]
    assert answer(program, "receive").status_code == 403  # an analyst does not load
    loader = program.of("researcher")
    told = answer(loader, "receive")
    assert (told.status_code, told.json()["state"]) == (202, "received"), told.content
    again = answer(loader, "receive")
    assert again.json()["number"] == told.json()["number"]
    assert [one["sha256"] for one in answer(loader, "receipts").json()] == [Receipt.objects.get().sha256]
    body = {"mapping": "nominals", "file": BytesIO(b"x")}
    assert loader.call("post", "/holdings/datasets/adverts/files", body).status_code == 404


@pytest.mark.parametrize("mapping", ["own.toml", "nominals.v1.toml", ".", "a.b"])
def test_a_mapping_is_named_and_never_a_file_of_the_server(program: Program, mapping: str) -> None:
    sent = {"mapping": mapping, "file": BytesIO(b"a,b\n1,2\n")}
    told = program.of("researcher").call("post", "/holdings/datasets/13-nominals/files", sent)
    assert (told.status_code, list(told.json()["fields"])) == (422, ["mapping"])


def test_who_may_not_ask_for_support_is_told_so(program: Program) -> None:
    assert answer(program, "begin_request").status_code == 403
    assert program.get("/tasking/requests/2026/99").status_code == 404
    assert answer(program, "save_request").status_code in (403, 404, 409)


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/search/find", {"text": ""}, "text"), ("/search/find", {"text": "x" * 501}, "text"),
        ("/search/wash", {"text": "x" * 50_001}, "text"), ("/search/find", {"text": "Bill", "all": True}, "asked"),
        ("/records/explain", {"record_id": "a b", "other_id": "c"}, "record_id"),
        ("/judgements/rule", {**RULING, "ruling": "perhaps"}, "ruling"),
        ("/judgements/rule", {**RULING, "reason": "x" * 2001}, "reason"),
        ("/judgements/rule", {**RULING, "explicit": ["anything"]}, "explicit"),
    ],
)  # fmt: skip
def test_what_is_out_of_bounds_is_named_by_field_and_never_said_back(
    program: Program, path: str, body: Any, field: str
) -> None:
    told = program.post(path, body)
    assert told.status_code == 422
    assert any(field in name for name in told.json()["fields"]), told.content
    assert "xxx" not in told.content.decode()
    assert "perhaps" not in told.content.decode()


def test_a_field_that_the_caller_made_up_is_not_said_back(program: Program) -> None:
    told = program.post("/search/find", {"text": "Bill", "Ana Valdane": 1})
    assert told.status_code == 422
    assert "Valdane" not in told.content.decode()


@pytest.mark.parametrize("name", ["record", "explain"])
def test_looking_for_a_record_that_is_not_shown_is_logged(program: Program, name: str) -> None:
    hidden = SECRET["record_id"]
    if name == "record":
        program.get(f"/records/{hidden}")
    else:
        program.post("/records/explain", {**PAIR, "other_id": hidden})
    entry = Entry.objects.get(what="api.refused")
    assert entry.by == "analyst"
    assert hidden not in entry.body


@pytest.mark.parametrize(("kind", "duty", "who"), [("strategic", "", "performance"), ("duty", "triage", "gateway")])
def test_what_shows_pointers_or_counts_shows_no_numbers_of_deliveries(
    program: Program, kind: str, duty: str, who: str
) -> None:
    program.grant = granted(program.people, kind, who, duty=duty, datasets=["13-nominals"], at=NOW, ends=NOW + 2 * DAY)
    told = program.of(who)
    for name in ("datasets", "receipts"):
        assert answer(told, name).status_code == 403


@pytest.mark.parametrize(
    "path", ["/judgements/queue?limit=0", "/judgements/queue?after=1|2", "/jobs/0", "/jobs?limit=999"]
)
def test_bounds_hold_in_addresses_too(program: Program, path: str) -> None:
    assert program.get(path).status_code == 422


def test_a_body_that_is_no_json_is_refused_in_the_same_shape(program: Program) -> None:
    told = program.call("post", "/search/find", "{not json")
    assert (told.status_code, set(told.json())) == (422, {"fact", "fields"})


def test_a_meeting_that_rule_5_forbids_is_named_in_the_refusal(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toex.work.judgements.touching._waits", lambda *_: ("child-and-adult",))
    told = answer(program, "rule")
    assert (told.status_code, told.json()["fields"]) == (422, {"explicit": "child-and-adult"})
    assert program.post("/judgements/rule", {**RULING, "explicit": ["child-and-adult"]}).status_code == 202


@pytest.mark.parametrize(
    ("error", "status"), [(UnknownDelivery("The note is missing."), 422), (RuntimeError("Ana Valdane"), 500)]
)
def test_what_goes_wrong_on_the_road_is_told_and_what_nobody_foresaw_is_not(
    program: Program, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("toex.picture.find", fail)
    told = answer(program, "find")
    assert told.status_code == status
    assert "Valdane" not in told.content.decode()


def test_the_description_is_open_and_the_page_of_docs_is_off(program: Program) -> None:
    program.token = ""
    assert program.get("/openapi.json").json()["info"]["title"] == "toex"
    assert program.get("/docs").status_code == 404
