"""What people ruled on what texts name: rules suggested it, a named person accepted or refused it, and picked who is meant."""

from typing import ClassVar

from django.db import models

from toex.work.access.models import Grant
from toex.work.holdings.models import Dataset, Receipt
from toex.work.staff.models import Person


class Mention(models.Model):
    """One ruling on one thing or name in one text. It is of the work under whose grant it was made, as a report is."""

    record_id = models.CharField(max_length=64)  # the text
    domain = models.CharField(max_length=200)  # in which the text lies
    subject = models.SmallIntegerField(
        default=0
    )  # the text's own bits of pole.SUBJECTS: a victim's text stays a victim's
    kind = models.CharField(max_length=16)  # person | phone | vehicle | place | email
    value = models.CharField(max_length=256)  # canonical; of a person the keys of forename and surname
    spans = models.JSONField()  # where the text had it: [[start, end], ...]
    digest = models.CharField(max_length=64)  # of the words that were read: another version of the text has another
    ruling = models.CharField(max_length=8)  # accepted | refused
    picked = models.CharField(max_length=64, blank=True)  # the record on file that is meant, where somebody picked one
    picked_table = models.CharField(max_length=16, blank=True)
    picked_domain = models.CharField(max_length=200, blank=True)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="mentions")
    operation = models.CharField(max_length=64, blank=True)
    compartment = models.CharField(max_length=128, blank=True)  # codes joined by +: readers of every one alone
    by = models.ForeignKey(Person, models.PROTECT, related_name="mentions")
    at = models.DateTimeField()
    undone = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    to_load = models.DateTimeField(null=True)  # since when it, or that it is gone, waits at the load desk
    dataset = models.ForeignKey(Dataset, models.PROTECT, null=True, related_name="+")  # in which it is a record
    receipt = models.ForeignKey(Receipt, models.PROTECT, null=True, related_name="+")  # of its last delivery there

    class Meta:
        """Asked by text, by what it names, by the record that is meant, and for what waits; one ruling stands at a time."""

        db_table = "research_mention"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["kind", "value"], name="research_mention_value"),
            models.Index(fields=["picked"], name="research_mention_picked"),
            models.Index(fields=["to_load"], name="research_mention_to_load"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record_id", "kind", "value", "grant"],
                condition=models.Q(undone=None),
                name="research_mention_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ruling} in a text"
