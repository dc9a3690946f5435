"""Charts as they are kept: versions added, none ever changed; what was drawn by hand, graded, until somebody confirms it."""

from typing import Any, ClassVar

from django.db import models

from toex.work.access.models import Grant
from toex.work.errors import OutOfOrder
from toex.work.operations.models import Operation
from toex.work.staff.models import Person


class Chart(models.Model):
    """A saved chart of an operation or, of a duty, of its grant. What it shows is drawn anew through each reader's view."""

    title = models.CharField(max_length=120)
    operation = models.ForeignKey(Operation, models.PROTECT, null=True, related_name="charts")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="charts")
    compartment = models.CharField(max_length=128, blank=True)  # those that its grant lies in
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="charts")
    made = models.DateTimeField()

    class Meta:
        """Asked by operation."""

        db_table = "research_chart"
        indexes: ClassVar = [models.Index(fields=["operation"], name="research_chart_operation")]

    def __str__(self) -> str:
        return f"chart {self.pk}"


class ChartVersion(models.Model):
    """A chart as it was saved once: which elements, where, in which groups. It holds no label and no name of a record."""

    chart = models.ForeignKey(Chart, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="chart_versions")
    at = models.DateTimeField()

    class Meta:
        """One of each number."""

        db_table = "research_chart_version"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chart", "number"], name="research_chart_version_once"),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of chart {self.chart_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add it; OutOfOrder where it is kept already."""
        if self.pk is not None:
            raise OutOfOrder("A saved version is never changed: a change is saved as another.")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> tuple[int, dict[str, int]]:
        """Raise OutOfOrder: versions are kept."""
        raise OutOfOrder("A saved version is never taken away.")


class HandDrawn(models.Model):
    """Somebody, something or a link that a person put on a chart: graded, with a reason, dashed until another confirms it."""

    chart = models.ForeignKey(Chart, models.PROTECT, related_name="drawn")
    kind = models.CharField(max_length=16)  # person, phone ... or link
    label = models.CharField(max_length=120)
    child = models.BooleanField(default=False)
    subject = models.SmallIntegerField(default=0)  # bits of pole.SUBJECTS
    one = models.CharField(max_length=160, blank=True)  # a link's ends: ids of elements of the chart
    other = models.CharField(max_length=160, blank=True)
    source_grade = models.CharField(max_length=1)
    info_grade = models.CharField(max_length=1)
    handling = models.CharField(max_length=1)
    conditions = models.CharField(max_length=400, blank=True)
    reason = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="drawn")
    at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="confirmed_drawn")
    confirmed = models.DateTimeField(null=True)
    confirmed_reason = models.TextField(blank=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="withdrawn_drawn")
    withdrawn = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        """Its table."""

        db_table = "research_hand_drawn"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("by")),
                name="research_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"drawn {self.pk} on chart {self.chart_id}"

    @property
    def grade(self) -> str:
        """The grade as it is written: source, information, handling."""
        return f"{self.source_grade}{self.info_grade}{self.handling}"
