"""The queue on PostgreSQL: workers in a hurry pass over what another is taking."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from people import START
from toex.work.jobs import leases
from toex.work.jobs.actions import enqueue
from toex.work.jobs.models import Job
from toex.work.staff.models import Organisation, Person

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own"),
]


def test_workers_at_once_take_different_jobs() -> None:
    force = Organisation.objects.create(code="13", name="A force", kind="force")
    person = Person.objects.create(username="data", name="Theo Lind", home=force)
    for n in range(8):
        enqueue(kind="count", args={"n": n}, by=person, at=START, title="Count")
    taken, gate = list[int](), Barrier(4)

    def take(name: str) -> None:
        gate.wait()
        while job := leases.claim(["count"], worker=name, now=START, lease=timedelta(seconds=30)):
            taken.append(job.pk)
        connection.close()

    workers = [Thread(target=take, args=[f"w{n}"]) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(taken) == sorted(Job.objects.values_list("pk", flat=True))
    assert set(Job.objects.values_list("fence", flat=True)) == {1}
