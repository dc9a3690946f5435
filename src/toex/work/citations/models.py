"""What points at a record, with the copy that was taken of it, and what its owners were told."""

from typing import ClassVar

from django.db import models

from toex.work.staff.models import Person


class Citation(models.Model):
    """One object of a room that rests on one record, and the row as it was when it was cited.

    Room and object are names, not keys: the citing room is above this one. `sealed` holds values, supplier, file, row
    and grade; `digest` is its hash, so that a changed copy is seen.
    """

    record_id = models.CharField(max_length=64)
    room = models.CharField(max_length=32)
    object = models.CharField(max_length=128)
    operation = models.CharField(max_length=64, blank=True)  # the reference of the operation it was made for
    compartment = models.CharField(max_length=64, blank=True)
    sealed = models.JSONField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Person, models.PROTECT, related_name="citations")
    cited_at = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        """Asked by record, by object, and by the operation that owns it."""

        db_table = "citations_citation"
        indexes: ClassVar = [
            models.Index(fields=["record_id"], name="citations_record"),
            models.Index(fields=["room", "object"], name="citations_object"),
            models.Index(fields=["operation"], name="citations_operation"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record_id", "room", "object"], condition=models.Q(withdrawn=None), name="citations_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.room}:{self.object} cites a record"


class Notice(models.Model):
    """What an object was built on has changed: which of its records, and how. Read, then acknowledged, by a named owner."""

    room = models.CharField(max_length=32)
    object = models.CharField(max_length=128)
    operation = models.CharField(max_length=64, blank=True)
    compartment = models.CharField(max_length=64, blank=True)
    why = models.CharField(max_length=16)  # a code of reference list "notice_reasons"
    records = models.JSONField(default=list)
    told_by = models.CharField(max_length=64)
    told = models.DateTimeField()
    read = models.DateTimeField(null=True)
    read_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="read_notices")
    acknowledged = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="acknowledged_notices")

    class Meta:
        """Asked by object."""

        db_table = "citations_notice"
        indexes: ClassVar = [models.Index(fields=["room", "object"], name="citations_notice_object")]

    def __str__(self) -> str:
        return f"{self.why}: {self.room}:{self.object}"
