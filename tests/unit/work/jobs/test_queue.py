from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event
from typing import Any
from unittest import mock

import pytest
from django.db import OperationalError
from pytest_django import DjangoAssertNumQueries

from people import START
from toex.store import HomeBusy
from toex.work.audit.actions import record
from toex.work.audit.checkpoints import OFTEN
from toex.work.audit.models import Checkpoint, Entry
from toex.work.errors import NotAllowed, NotThere, OutOfOrder
from toex.work.jobs import leases, queries
from toex.work.jobs.actions import cancel, enqueue, retry
from toex.work.jobs.kinds import Kind, LeaseLost, Run, Settled, StepOf
from toex.work.jobs.models import Job, Step
from toex.work.jobs.policies import MOST_ATTEMPTS, MOST_FAILURES
from toex.work.jobs.worker import Worker
from toex.work.staff.models import Person

People = dict[str, Person]
LEASE = timedelta(seconds=30)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def ask(person: Person, kind: str = "count", **more: object) -> Job:
    return enqueue(kind=kind, args={"upto": 3}, by=person, at=START, title="Count to three", **more)  # type: ignore[arg-type]


def worker(*acts: Callable[[Run], object], clock: Clock | None = None, name: str = "one") -> Worker:
    steps = tuple(StepOf(f"step{n}", act) for n, act in enumerate(acts, 1))  # type: ignore[arg-type]
    return Worker({"count": Kind("count", steps)}, name, clock or Clock(), LEASE)


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_a_job_is_carried_out_step_by_step_and_a_step_knows_the_results_of_those_before(people: People) -> None:
    job = ask(people["data"])
    one = worker(lambda run: {"n": run.args["upto"]}, lambda run: {"n": run.results["step1"]["n"] * 2})
    assert one.run_once()
    assert not one.run_once()
    held = fresh(job)
    assert (held.state, held.share, held.stage, held.attempts) == ("done", 1.0, "step2", 1)
    assert list(Step.objects.filter(job=job).order_by("number").values_list("name", "result")) == [
        ("step1", {"n": 3}), ("step2", {"n": 6}),
    ]  # fmt: skip


def test_the_oldest_job_comes_first_and_kinds_that_a_worker_does_not_know_wait(people: People) -> None:
    taken: list[int] = []
    second = ask(people["data"])
    first = enqueue(
        kind="count", args={}, by=people["data"], at=START - timedelta(hours=1), title="Asked an hour before"
    )
    other = ask(people["data"], kind="unknown")
    one = worker(lambda run: taken.append(run.job))
    while one.run_once():
        pass
    assert taken == [first.pk, second.pk]
    assert fresh(other).state == "queued"


def test_what_a_step_writes_stands_or_falls_with_its_done_mark(people: People) -> None:
    def write() -> None:
        record("collection", "test.step", by=people["data"], at=START)
        raise HomeBusy("Another writer holds the home's lock.")

    job = ask(people["data"])
    worker(lambda run: Settled({"n": 1}, write=write)).run_once()
    assert not Entry.objects.filter(what="test.step").exists()
    assert not Step.objects.exists()
    assert (fresh(job).state, fresh(job).failures) == ("queued", 1)
    assert fresh(job).note == "Another writer holds the home's lock."


def test_a_worker_whose_lease_was_taken_over_can_write_nothing(people: People) -> None:
    clock, job = Clock(), ask(people["data"])
    other = worker(lambda run: {"by": "two"}, clock=clock, name="two")

    def stalled(run: Run) -> Settled:
        clock.now += LEASE * 2
        assert other.run_once()
        return Settled({"by": "one"}, write=lambda: record("collection", "test.step", by=run.by, at=run.clock()))

    worker(stalled, clock=clock).run_once()
    assert Step.objects.get(job=job).result == {"by": "two"}
    assert not Entry.objects.filter(what="test.step").exists()
    assert (fresh(job).state, fresh(job).worker, fresh(job).fence) == ("done", "two", 2)


def test_nobody_takes_a_job_whose_lease_still_runs(people: People) -> None:
    ask(people["data"])
    held = leases.claim(["count"], worker="one", now=START, lease=LEASE)
    assert held
    assert leases.claim(["count"], worker="two", now=START + LEASE, lease=LEASE) is None
    assert leases.extend(held, now=START + LEASE, lease=LEASE)
    assert leases.claim(["count"], worker="two", now=START + LEASE * 2, lease=LEASE) is None
    taken = leases.claim(["count"], worker="two", now=START + LEASE * 3, lease=LEASE)
    assert taken
    assert not leases.extend(held, now=START + LEASE * 3, lease=LEASE)
    with pytest.raises(LeaseLost):
        leases.end(held, state="done", now=START)


def test_a_job_that_was_dropped_goes_on_after_its_last_finished_step(people: People) -> None:
    clock, done = Clock(), list[str]()
    job = ask(people["data"])

    class Killed(BaseException):
        """What a kill looks like from within: nothing more is written."""

    def second(run: Run) -> None:
        if not done.count("second"):
            done.append("second")
            raise Killed
        done.append("second again")

    one = worker(lambda run: done.append("first"), second, clock=clock)
    with pytest.raises(Killed):
        one.run_once()
    assert not one.run_once()
    clock.now += LEASE * 2
    assert one.run_once()
    assert done == ["first", "second", "second again"]
    assert (fresh(job).state, fresh(job).failures) == ("done", 0)


def test_three_errors_end_a_job_and_what_is_told_quotes_nothing_of_the_data(people: People) -> None:
    def fails(run: Run) -> None:
        raise ValueError("could not read Birk, Lena, 07700 900123")

    job, one = ask(people["data"]), worker(fails)
    for _ in range(MOST_FAILURES):
        assert one.run_once()
    assert not one.run_once()
    assert (fresh(job).state, fresh(job).failures) == ("failed", MOST_FAILURES)
    assert "ValueError" in fresh(job).note
    assert "Birk" not in fresh(job).note


def test_what_a_rule_refuses_is_not_tried_again(people: People) -> None:
    def refused(run: Run) -> None:
        raise NotAllowed("The grant has ended.")

    job, one = ask(people["data"]), worker(refused)
    assert one.run_once()
    assert (fresh(job).state, fresh(job).note) == ("failed", "The grant has ended.")


def test_a_job_that_brings_down_every_worker_is_given_up_and_the_next_one_is_taken(people: People) -> None:
    bad, now = ask(people["data"]), START
    for _ in range(MOST_ATTEMPTS):
        held = leases.claim(["count"], worker="one", now=now, lease=LEASE)
        assert held == bad
        now += LEASE * 2
    good = ask(people["data"])
    assert leases.claim(["count"], worker="one", now=now, lease=LEASE) == good
    assert fresh(bad).state == "failed"
    assert "without finishing" in fresh(bad).note


def test_a_failed_job_goes_on_where_it_stopped_when_it_is_repeated(people: People) -> None:
    broken, done = [True], list[str]()

    def second(run: Run) -> None:
        if broken:
            raise NotAllowed("The grant has ended.")

    job = ask(people["data"])
    one = worker(lambda run: done.append("first"), second)
    one.run_once()
    broken.clear()
    retry(job=job, by=people["data"], at=START)
    one.run_once()
    assert done == ["first"]
    assert fresh(job).state == "done"
    assert Entry.objects.get(what="jobs.retry").by == "data"


def test_only_a_failed_job_is_repeated(people: People) -> None:
    job = ask(people["data"])
    with pytest.raises(OutOfOrder):
        retry(job=job, by=people["data"], at=START)


def test_a_waiting_job_is_cancelled_at_once(people: People) -> None:
    job = ask(people["data"])
    cancel(job=job, by=people["data"], at=START)
    assert fresh(job).state == "cancelled"
    assert not worker(lambda run: None).run_once()
    assert Entry.objects.get(what="jobs.cancel").by == "data"


def test_a_running_job_is_cancelled_at_its_next_sign_of_progress(people: People) -> None:
    reached: list[str] = []
    job = ask(people["data"])

    def long(run: Run) -> None:
        run.progress(0.25)
        assert fresh(job).share == 0.125
        cancel(job=job, by=people["manager"], at=START)
        run.progress(0.5)
        reached.append("beyond")

    worker(long, lambda run: reached.append("second")).run_once()
    assert reached == []
    assert fresh(job).state == "cancelled"


def test_a_running_job_is_cancelled_before_its_next_step_and_what_is_done_stays(people: People) -> None:
    job = ask(people["data"])
    reached: list[str] = []

    def first(run: Run) -> None:
        cancel(job=job, by=people["data"], at=START)

    worker(first, lambda run: reached.append("second")).run_once()
    assert reached == []
    assert fresh(job).state == "cancelled"
    assert Step.objects.get(job=job).name == "step1"


def test_only_who_asked_and_managers_steer_a_job(people: People) -> None:
    job = ask(people["data"])
    for username in ("analyst", "admin", "auditor"):
        with pytest.raises(NotAllowed):
            cancel(job=job, by=people[username], at=START)
    cancel(job=job, by=people["manager"], at=START)
    with pytest.raises(OutOfOrder):
        cancel(job=job, by=people["manager"], at=START)


def test_a_job_of_a_compartment_reads_as_if_it_were_not_there(people: People) -> None:
    hidden = ask(people["data"], operation="larkmere", compartment="quiet")
    shown = ask(people["data"], operation="larkmere")
    assert queries.jobs_for("larkmere") == [shown]
    assert queries.jobs_for("larkmere", compartments={"quiet"}) == [shown, hidden]
    with pytest.raises(NotThere) as there:
        queries.job(hidden.pk)
    with pytest.raises(NotThere) as nowhere:
        queries.job(10_000)
    assert str(there.value) == str(nowhere.value)
    assert Entry.objects.filter(what="jobs.enqueue", compartment="quiet").count() == 1


def test_a_persons_jobs_are_read_in_one_query_however_many(
    people: People, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(20):
        ask(people["data"])
    ask(people["analyst"])
    with django_assert_max_num_queries(1):
        assert {j.by.username for j in queries.jobs_of(people["data"])} == {"data"}


def test_a_worker_outlives_a_database_that_is_away_for_a_while(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    job, stop, asked = ask(people["data"]), Event(), list[int]()
    one = worker(lambda run: stop.set())
    claim = leases.claim

    def away(*args: Any, **more: Any) -> Job | None:
        asked.append(1)
        if len(asked) == 1:
            raise OperationalError("could not connect")
        return claim(*args, **more)

    monkeypatch.setattr(leases, "claim", away)
    monkeypatch.setattr("toex.work.jobs.worker.connection", mock.Mock())  # the test's own stays open
    one.run_until(stop)
    assert fresh(job).state == "done"
    assert len(asked) == 2


def test_a_worker_that_is_told_to_stop_gives_the_rest_of_its_job_back(people: People) -> None:
    job, stop, done = ask(people["data"]), Event(), list[str]()

    def first(run: Run) -> None:
        done.append("first")
        stop.set()

    one = worker(first, lambda run: done.append("second"))
    one.run_until(stop)
    assert done == ["first"]
    assert (fresh(job).state, fresh(job).failures, fresh(job).lease_until) == ("queued", 0, None)
    assert worker(first, lambda run: done.append("second"), name="two").run_once()
    assert done == ["first", "second"]
    assert fresh(job).state == "done"


def test_a_checkpoint_is_signed_between_jobs_when_one_is_due(people: People) -> None:
    clock = Clock()
    one = worker(lambda run: None, clock=clock)
    one.run_once()
    assert not Checkpoint.objects.exists()
    clock.now += OFTEN
    one.run_once()
    assert Checkpoint.objects.get().at == clock.now


def test_asking_and_cancelling_take_few_queries_and_so_does_each_step(
    people: People, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(15):
        job = ask(people["data"])
    with django_assert_max_num_queries(15):
        cancel(job=job, by=people["data"], at=START)
    for steps in (1, 10):
        ask(people["data"])
        with django_assert_max_num_queries(25 + 12 * steps):
            worker(*[lambda run: None] * steps).run_once()
