"""Jobs as the pages show them: one's own, asked again while they run, stopped and tried again."""

from collections.abc import Callable
from typing import Any

import pytest

from seats import NOW
from toex.work.jobs.actions import enqueue
from toex.work.jobs.models import Job
from toex.work.staff.models import Person

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Any]


@pytest.fixture
def job(people: dict[str, Person]) -> Job:
    return enqueue(kind="load", args={}, by=people["data"], at=NOW, title="Load a file of 13-nominals")


def test_a_job_that_runs_is_asked_again_and_one_that_ended_is_not(browser: Browsers, job: Job) -> None:
    mine = browser("data")
    assert "Load a file of 13-nominals queued" in mine.get("/jobs").said
    piece = mine.get(f"/jobs/{job.pk}", HX_Request="true")
    assert "waiting its turn" in piece.said
    assert b'hx-trigger="every 2s"' in mine.last.content
    Job.objects.update(state="running", share=0.25, stage="read and publish", started=NOW)
    mine.get(f"/jobs/{job.pk}", HX_Request="true")
    assert b'value="0.250"' in mine.last.content
    Job.objects.update(state="done", share=1.0, finished=NOW)
    mine.get(f"/jobs/{job.pk}", HX_Request="true")
    assert b"hx-get" not in mine.last.content


def test_a_job_is_stopped_and_a_failed_one_tried_again(browser: Browsers, job: Job) -> None:
    mine = browser("data")
    mine.post(f"/jobs/{job.pk}/cancel")
    assert Job.objects.get().state == "cancelled"
    mine.post(f"/jobs/{job.pk}/retry")
    assert "only one that has failed is repeated" in mine.follow().said
    Job.objects.update(state="failed", note="The disk was full.")
    assert "The disk was full." in mine.get(f"/jobs/{job.pk}").said
    mine.post(f"/jobs/{job.pk}/retry")
    assert Job.objects.get().state == "queued"


def test_a_job_is_there_for_who_asked_and_for_a_manager(browser: Browsers, job: Job) -> None:
    browser("manager").get(f"/jobs/{job.pk}")
    none = browser("analyst").get("/jobs/999", status=404)
    assert browser("analyst").get(f"/jobs/{job.pk}", status=404).said == none.said
    browser("analyst").post(f"/jobs/{job.pk}/cancel", status=404)
    assert "Nothing was asked for" in browser("analyst").get("/jobs").said


def test_a_job_of_a_compartment_is_not_there_for_its_asker_without_it(browser: Browsers, job: Job) -> None:
    Job.objects.update(compartment="kestrel")
    browser("data").get(f"/jobs/{job.pk}", status=404)
    assert "13-nominals" not in browser("data").get("/jobs").said
