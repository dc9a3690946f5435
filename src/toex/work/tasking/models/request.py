"""Requests, how they moved, and what was said of them at triage and consideration."""

from typing import ClassVar

from django.db import models

from toex.work.staff.models import Organisation, Person


class Series(models.Model):
    """The last number given in a series of references. Most numbers are of things unseen: a gap tells nothing."""

    code = models.CharField(max_length=16, primary_key=True)  # REQ/2026
    last = models.PositiveIntegerField(default=0)

    class Meta:
        """Its table."""

        db_table = "tasking_series"

    def __str__(self) -> str:
        return f"{self.code}: {self.last}"


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
    origin = models.CharField(max_length=16, blank=True)  # a code of reference list "referral_origins"
    sio = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="led_requests"
    )  # where they have an account
    submitted = models.DateTimeField(null=True)  # before that moment nobody at TOEX sees it
    since = models.DateTimeField(null=True)  # in its state since
    clock_from = models.DateTimeField(null=True)  # from when the state's target counts
    priority = models.CharField(max_length=16, blank=True)  # a code of reference list "request_priorities"
    priority_why = models.TextField(blank=True)

    class Meta:
        """Asked by region and state, by who asked."""

        db_table = "tasking_request"
        indexes: ClassVar = [
            models.Index(fields=["region", "state"], name="tasking_queue"),
            models.Index(fields=["organisation", "state"], name="tasking_organisation"),
        ]

    def __str__(self) -> str:
        return self.reference


class Move(models.Model):
    """One change of a request's state: by whom, when, why."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="moves")
    act = models.CharField(max_length=24)
    was = models.CharField(max_length=24, blank=True)
    now = models.CharField(max_length=24)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    where = models.CharField(max_length=128, blank=True)  # the body that a request was redirected to

    class Meta:
        """In order."""

        db_table = "tasking_move"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.was} -> {self.now}"


class TriageSheet(models.Model):
    """One answer of the gateway to one of the triage checks; the newest of a check stands."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="sheet")
    check_code = models.CharField(max_length=16)  # a code of reference list "triage_checks"
    words = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In order."""

        db_table = "tasking_triage_sheet"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.check_code}"


class SuitabilityAnswer(models.Model):
    """One answer of the manager to a question of suitability; the newest of a question stands."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="suitability")
    question = models.CharField(max_length=16)  # a code of reference list "suitability_questions"
    fits = models.BooleanField()
    words = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In order."""

        db_table = "tasking_suitability"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.question}"


class RegionAsk(models.Model):
    """A manager's question to another region's: will you take it? The request moves only when they say yes."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="region_asks")
    asked = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reason = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    takes = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered = models.DateTimeField(null=True)

    class Meta:
        """One open question at a time."""

        db_table = "tasking_region_ask"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request"], condition=models.Q(answered=None), name="tasking_one_ask")
        ]

    def __str__(self) -> str:
        return f"{self.request_id} to {self.asked_id}"


class Enquiry(models.Model):
    """A question before there is a form, and the gateway's answer."""

    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="enquiries")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    region = models.ForeignKey(Organisation, models.PROTECT, related_name="enquiries")
    words = models.TextField()
    asked = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered = models.DateTimeField(null=True)

    class Meta:
        """Asked by region."""

        db_table = "tasking_enquiry"

    def __str__(self) -> str:
        return f"enquiry {self.pk}"
