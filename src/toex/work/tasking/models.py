"""Requests and the terms of reference that come of them."""

from typing import ClassVar

from django.db import models

from toex.work.staff.models import Organisation, Person


class Request(models.Model):
    """What a force asks for, or what work starts from without a form. Its state is one of `states.STATES`."""

    reference = models.CharField(max_length=32, unique=True)  # REQ/2026/0001: no name, no number of a person
    kind = models.CharField(max_length=16, default="request")  # request | proactive | referral
    state = models.CharField(max_length=24, default="draft")
    name = models.CharField(max_length=64, blank=True)  # the operation's name where there is one
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="requests")  # who asks
    region = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="received")  # whose gateway
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="asked")
    created = models.DateTimeField()
    compartment = models.CharField(max_length=64, blank=True)

    class Meta:
        """Asked by region and state."""

        db_table = "tasking_request"
        indexes: ClassVar = [models.Index(fields=["region", "state"], name="tasking_queue")]

    def __str__(self) -> str:
        return self.reference


class Terms(models.Model):
    """One version of a request's terms of reference; agreed when both sides have signed it, then never changed."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="terms")
    version = models.PositiveSmallIntegerField()
    purpose = models.TextField()
    datasets = models.JSONField(default=list)  # names of registered datasets
    people = models.ManyToManyField(Person, related_name="terms")  # staff who may read for it
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="drafted_terms")
    drafted = models.DateTimeField()
    agreed = models.DateTimeField(null=True)  # the moment of the second side's signature

    class Meta:
        """One row a version."""

        db_table = "tasking_terms"
        ordering: ClassVar = ["request", "version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["request", "version"], name="tasking_terms_once")]

    def __str__(self) -> str:
        return f"{self.request_id} v{self.version}"
