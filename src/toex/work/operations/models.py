"""Operations and compartments."""

from typing import ClassVar

from django.db import models

from toex.work.staff.models import Organisation, Person
from toex.work.tasking.models import Request


class Operation(models.Model):
    """Adopted work. Its reference is what records, grants and the log name it by."""

    reference = models.CharField(max_length=64, unique=True)  # small letters, digits, hyphens: "larkmere"
    name = models.CharField(max_length=64)  # Operation Larkmere
    request = models.OneToOneField(Request, models.PROTECT, related_name="operation")
    region = models.ForeignKey(Organisation, models.PROTECT, related_name="operations")
    manager = models.ForeignKey(Person, models.PROTECT, related_name="operations")
    opened = models.DateTimeField()
    closed = models.DateTimeField(null=True)
    compartment = models.CharField(max_length=64, blank=True)

    class Meta:
        """Its table."""

        db_table = "operations_operation"

    def __str__(self) -> str:
        return self.name


class Compartment(models.Model):
    """A part of the holdings, and of the log, that exists only for the readers whom it names."""

    code = models.SlugField(max_length=32, unique=True)
    corruption = models.BooleanField(
        default=False
    )  # rule 12: its readers are named one by one, nobody else knows of it
    owner = models.ForeignKey(Person, models.PROTECT, related_name="compartments")
    opened = models.DateTimeField()
    closed = models.DateTimeField(null=True)

    class Meta:
        """Its table."""

        db_table = "operations_compartment"

    def __str__(self) -> str:
        return self.code


class Reader(models.Model):
    """Somebody named to read a compartment, for a time."""

    compartment = models.ForeignKey(Compartment, models.PROTECT, related_name="readers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="readerships")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    named_by = models.CharField(max_length=64)

    class Meta:
        """Asked by person."""

        db_table = "operations_reader"
        indexes: ClassVar = [models.Index(fields=["person"], name="operations_reader_person")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.compartment_id}"
