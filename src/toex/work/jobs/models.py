"""Jobs and their finished steps, as the queue keeps them."""

from typing import ClassVar

from django.db import models

from toex.work.staff.models import Person


class Job(models.Model):
    """A background run. Its state is one of `policies.STATES`; its title, stage and note hold no personal value.

    `fence` counts who has held it: only the holder of the newest fence may write. `attempts` are the times it was taken
    up, `failures` those that ended in an error.
    """

    kind = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    args = models.JSONField(default=dict)
    by = models.ForeignKey(Person, models.PROTECT, related_name="jobs")
    grant = models.BigIntegerField(null=True)
    operation = models.CharField(max_length=64, blank=True)
    compartment = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=16, default="queued")
    queued = models.DateTimeField()
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)
    stage = models.CharField(max_length=64, blank=True)
    share = models.FloatField(default=0.0)  # of the whole job, from 0 to 1
    note = models.TextField(blank=True)
    fence = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True)
    cancel_asked = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """Asked by state and age, by person, by operation."""

        db_table = "jobs_job"
        indexes: ClassVar = [
            models.Index(fields=["state", "queued"], name="jobs_queue"),
            models.Index(fields=["by", "queued"], name="jobs_by"),
            models.Index(fields=["operation", "queued"], name="jobs_operation"),
        ]

    def __str__(self) -> str:
        return f"job {self.pk} ({self.kind}, {self.state})"


class Step(models.Model):
    """A finished step: this row and the step's effects in the database were written in one transaction."""

    job = models.ForeignKey(Job, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=64)
    result = models.JSONField(default=dict)
    done = models.DateTimeField()

    class Meta:
        """Once a job and number: what makes an effect happen exactly once."""

        db_table = "jobs_step"
        constraints: ClassVar = [models.UniqueConstraint(fields=["job", "number"], name="jobs_step_once")]

    def __str__(self) -> str:
        return f"step {self.number} of job {self.job_id}"
