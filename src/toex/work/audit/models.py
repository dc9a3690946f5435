"""The log's entries and checkpoints as they lie in the database: no foreign keys, so nothing that goes takes them along."""

from django.db import models


class Entry(models.Model):
    """One act. `body` is what the hash covers; the columns beside it repeat parts of it, to be asked by."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    act = models.CharField(max_length=16)
    what = models.CharField(max_length=64)
    by = models.CharField(max_length=64)
    grant = models.BigIntegerField(null=True)
    operation = models.CharField(max_length=64, blank=True)
    compartment = models.CharField(max_length=64, blank=True)
    body = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        """Asked by time, person, grant and operation."""

        db_table = "audit_entry"
        indexes = (
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["by", "at"], name="audit_by"),
            models.Index(fields=["grant", "at"], name="audit_grant"),
            models.Index(fields=["operation", "at"], name="audit_operation"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.act} {self.what}"


class Checkpoint(models.Model):
    """A checkpoint that was signed: what its file holds, so that a missing file is noticed."""

    number = models.BigIntegerField(primary_key=True)  # of the last entry that it covers
    at = models.DateTimeField()
    text = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        """Its table."""

        db_table = "audit_checkpoint"

    def __str__(self) -> str:
        return f"checkpoint at entry {self.number}"
