"""Immediate risks: raised, told by voice, accepted by the receiver, reviewed. TOEX hands them over and never holds them."""

from typing import ClassVar

from django.db import models

from toex.work.staff.models import Organisation, Person
from toex.work.tasking.models.form import Attachment
from toex.work.tasking.models.request import Request


class ImmediateRisk(models.Model):
    """A threat to life or a child at risk. Red until it is handed over: told by voice, read back."""

    reference = models.CharField(max_length=32, unique=True)  # RISK/2026/0001
    kind = models.CharField(max_length=24)  # a code of reference list "immediate_risk_kinds"
    words = models.TextField()
    request = models.ForeignKey(Request, models.PROTECT, null=True, related_name="risks")
    region = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")  # whose manager reviews
    force = models.ForeignKey(Organisation, models.PROTECT, related_name="+")  # whose duty officer takes it
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    raised = models.DateTimeField()
    handed_over = models.DateTimeField(null=True)  # told by voice and read back at
    accepted = models.DateTimeField(null=True)
    owner = models.CharField(max_length=128, blank=True)  # rule 3: empty until the receiver accepts, never TOEX
    owner_account = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    message = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")  # of a proxy's acceptance
    review_due = models.DateTimeField()
    reviewed = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    review_words = models.TextField(blank=True)
    compartment = models.CharField(max_length=64, blank=True)

    class Meta:
        """Asked by what is open."""

        db_table = "tasking_risk"
        indexes: ClassVar = [models.Index(fields=["handed_over", "raised"], name="tasking_risk_open")]

    def __str__(self) -> str:
        return self.reference


class Call(models.Model):
    """One telling: to whom, when, by voice or not, read back or not. Only by voice and read back hands over."""

    risk = models.ForeignKey(ImmediateRisk, models.PROTECT, related_name="calls")
    officer = models.CharField(max_length=128)
    officer_account = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    force = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    told = models.DateTimeField()
    by_voice = models.BooleanField()
    read_back = models.BooleanField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In order."""

        db_table = "tasking_call"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"call on {self.risk_id}"
