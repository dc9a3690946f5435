"""Grants, who holds them, and the tokens of programs that read under them."""

from typing import ClassVar

from django.db import models

from toex.work.operations.models import Operation
from toex.work.staff.models import Person
from toex.work.tasking.models import Request, Terms


class Grant(models.Model):
    """One decision to let people read, for one purpose and a time (rule 1). Live only while `policies.is_live` says so.

    An operation's grant reads its datasets, staff, purpose and dates from the terms of reference in force: it opens with
    the second signature, follows a variation and ends with them.
    """

    kind = models.CharField(max_length=16)  # a code of reference list "grant_kinds"
    duty = models.CharField(max_length=24, blank=True)  # a code of reference list "duties", where the kind is duty
    purpose = models.TextField()
    operation = models.ForeignKey(Operation, models.PROTECT, null=True, related_name="grants")
    request = models.ForeignKey(Request, models.PROTECT, null=True, related_name="grants")
    terms = models.ForeignKey(Terms, models.PROTECT, null=True, related_name="grants")
    datasets = models.JSONField(default=list)
    people = models.ManyToManyField(Person, through="Holder", related_name="grants")
    marking = models.SmallIntegerField(default=1)
    handling = models.CharField(max_length=8, default="PC")
    subjects = models.SmallIntegerField(default=31)
    opens = models.DateTimeField()
    ends = models.DateTimeField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="asked_grants")
    asked = models.DateTimeField()
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="approved_grants")
    approved = models.DateTimeField(null=True)
    second_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="seconded_grants")  # break-glass
    seconded = models.DateTimeField(null=True)
    closed = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=64, blank=True)
    compartment = models.CharField(max_length=64, blank=True)

    class Meta:
        """Asked by operation."""

        db_table = "access_grant"
        indexes: ClassVar = [models.Index(fields=["operation", "kind"], name="access_grant_operation")]

    def __str__(self) -> str:
        return f"grant {self.pk} ({self.kind})"


class Holder(models.Model):
    """Somebody who may read under a grant, for as long as both last."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="holders")
    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    named_by = models.CharField(max_length=64)

    class Meta:
        """Once a person at a time."""

        db_table = "access_holder"

    def __str__(self) -> str:
        return f"{self.person_id} under {self.grant_id}"


class Token(models.Model):
    """What a program shows to read for one person under one grant; only the digest of its random value is kept."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="tokens")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=64)
    made = models.DateTimeField()
    ends = models.DateTimeField()
    revoked = models.DateTimeField(null=True)
    last_used = models.DateTimeField(null=True)

    class Meta:
        """Its table."""

        db_table = "access_token"

    def __str__(self) -> str:
        return f"token {self.pk} of {self.person_id}"
