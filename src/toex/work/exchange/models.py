"""Whose installation this is, whose bundles are believed, which went out and which came in."""

from typing import ClassVar

from django.db import models

from toex.work.access.models import Grant
from toex.work.holdings.models import Dataset, Receipt
from toex.work.products.models import Correction, Issue
from toex.work.staff.models import Organisation, Person


class Installation(models.Model):
    """Whose this installation is, from a moment on; its number is of its first key, and stays."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.CharField(max_length=16)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In order; the last one holds."""

        db_table = "exchange_installation"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.organisation_id} ({self.number})"


class TrustedSender(models.Model):
    """An installation elsewhere whose key somebody checked with somebody there: only its bundles are opened."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="trusted_senders")
    installation = models.CharField(max_length=16)
    public_key = models.TextField()  # PEM
    fingerprint = models.CharField(max_length=64)
    checked_with = models.CharField(max_length=128)  # who read the fingerprint out there
    checked_how = models.CharField(max_length=128)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_why = models.TextField(blank=True)

    class Meta:
        """A key is trusted once at a time."""

        db_table = "exchange_trusted_sender"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["fingerprint"], condition=models.Q(ended=None), name="exchange_trusted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} ({self.installation})"


class SentBundle(models.Model):
    """One file that was made for another organisation: of an issue, or of a correction to it."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="bundles")
    correction = models.ForeignKey(Correction, models.PROTECT, null=True, related_name="bundles")
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.CharField(max_length=24, unique=True)  # as its manifest names it
    sha256 = models.CharField(max_length=64)  # of the file, kept with the final files
    records = models.PositiveIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In order."""

        db_table = "exchange_sent"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"bundle {self.number}"


class ReceivedBundle(models.Model):
    """One file that came from another installation, was checked and became a delivery. It is kept under its SHA-256."""

    sender = models.ForeignKey(TrustedSender, models.PROTECT, related_name="bundles")
    number = models.CharField(max_length=24)  # as its manifest names it
    kind = models.CharField(max_length=16)  # product | correction
    reference = models.CharField(max_length=32)  # the product's, there
    version = models.PositiveSmallIntegerField()
    turn = models.PositiveSmallIntegerField()  # the issue's number, or the correction's
    title = models.CharField(max_length=200)
    marking = models.CharField(max_length=200)
    handling = models.JSONField(default=list)
    recipients = models.JSONField(default=list)  # who there was named: name, post, purpose, conditions
    notice = models.JSONField(default=dict)  # of a correction: what was said, what is right
    sha256 = models.CharField(max_length=64)
    made = models.DateTimeField()
    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="+")
    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="+")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    erased = models.DateTimeField(null=True)  # since when the file is gone, for something in it was erased here

    class Meta:
        """A bundle is received once."""

        db_table = "exchange_received"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["sha256"], name="exchange_received_once")]
        indexes: ClassVar = [models.Index(fields=["reference"], name="exchange_received_reference")]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference} version {self.version}"


class ReceivedRecord(models.Model):
    """A sender's record in a dataset here: as of when it was told last, and whence the sender has it."""

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="+")
    installation = models.CharField(max_length=16)
    record = models.CharField(max_length=64)  # as the sender knows it
    here = models.CharField(max_length=64)  # as it is known here
    table = models.CharField(max_length=16)
    told = models.DateTimeField()  # as of when
    bundle = models.ForeignKey(ReceivedBundle, models.PROTECT, related_name="records")
    supplier = models.CharField(max_length=128, blank=True)
    supplier_dataset = models.CharField(max_length=63, blank=True)
    supplier_file = models.CharField(max_length=255, blank=True)
    supplier_row = models.BigIntegerField(default=0)
    taken_back = models.BooleanField(default=False)

    class Meta:
        """A sender's record once a dataset; asked by what it is called here."""

        db_table = "exchange_received_record"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dataset", "installation", "record"], name="exchange_record_once")
        ]
        indexes: ClassVar = [models.Index(fields=["here"], name="exchange_record_here")]

    def __str__(self) -> str:
        return f"{self.here} of {self.dataset_id}"


class ReturnedList(models.Model):
    """Lists of a force's own rows that were given back to it: what stood in them in numbers, and the file's hash."""

    to = models.ForeignKey(Organisation, models.PROTECT, related_name="returned_lists")
    counts = models.JSONField(default=dict)  # rows by sheet
    sha256 = models.CharField(max_length=64)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In order."""

        db_table = "exchange_returned_list"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"lists for {self.to_id}"
