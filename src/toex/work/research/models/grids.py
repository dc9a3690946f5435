"""Research grids: lines by systems. Every result is added, none is changed; the newest stands."""

from typing import Any, ClassVar

from django.db import models

from toex.work.access.models import Grant
from toex.work.errors import OutOfOrder
from toex.work.staff.models import Person


class Kept(models.Model):
    """A row that is added and never changed."""

    class Meta:
        """No table of its own."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add it; OutOfOrder where it is kept already."""
        if self.pk is not None:
            raise OutOfOrder("What was entered in a grid is never changed: enter the newer result beside it.")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> tuple[int, dict[str, int]]:
        """Raise OutOfOrder: a result stays on file."""
        raise OutOfOrder("What was entered in a grid stays on file.")


class Template(Kept):
    """Which systems a grid of one threat area asks, from a day on; a newer version stands beside it."""

    area = models.CharField(max_length=16)  # a code of reference list "threat_areas"
    version = models.PositiveIntegerField()
    since = models.DateField()
    systems = models.JSONField()  # codes of reference list "research_systems", in order
    reason = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="grid_templates")
    at = models.DateTimeField()

    class Meta:
        """Each version once."""

        db_table = "research_template"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "version"], name="research_template_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.area} version {self.version}"


class Grid(models.Model):
    """Lines to be researched, for the work of one operation or, without one, of one grant."""

    title = models.CharField(max_length=120)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="grids")
    operation = models.CharField(max_length=64, blank=True)
    compartment = models.CharField(max_length=130, blank=True)  # those of its grant and its own, joined by plus signs
    areas = models.JSONField(default=list)  # codes of reference list "threat_areas" whose templates it was made by
    versions = models.JSONField(default=dict)  # of those templates, by area; 0 is the list as it ships
    systems = models.JSONField(default=list)  # codes of reference list "research_systems", in order; none is taken out
    by = models.ForeignKey(Person, models.PROTECT, related_name="grids")
    at = models.DateTimeField()

    class Meta:
        """Asked by operation and by grant."""

        db_table = "research_grid"
        indexes: ClassVar = [models.Index(fields=["operation"], name="research_grid_operation")]

    def __str__(self) -> str:
        return f"grid {self.pk}"


class GridLine(models.Model):
    """A line as it was pasted: somebody, a number, a mark, an address, an account."""

    grid = models.ForeignKey(Grid, models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    heading = models.TextField(blank=True)  # of the table that it was pasted from
    kind = models.CharField(max_length=16)  # a code of reference list "research_line_kinds"
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_why = models.TextField(blank=True)

    class Meta:
        """In order, each number once."""

        db_table = "research_line"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["grid", "number"], name="research_line_once")]

    def __str__(self) -> str:
        return f"{self.grid_id}: line {self.number}"


class Cell(Kept):
    """What one system outside gave on one line: by whom, when, hit, nil or not searched and why."""

    line = models.ForeignKey(GridLine, models.PROTECT, related_name="cells")
    system = models.CharField(max_length=32)
    result = models.CharField(max_length=16)  # a code of reference list "research_results"
    reason = models.CharField(max_length=24, blank=True)  # a code of reference list "not_searched_reasons"
    on = models.DateField(null=True)  # the day on which the system was asked
    reference = models.CharField(max_length=64, blank=True)
    attachment = models.CharField(max_length=128, blank=True)  # where the printout is kept
    note = models.TextField(blank=True)
    text = models.TextField(blank=True)  # what came back, graded
    source_grade = models.CharField(max_length=2, blank=True)
    info_grade = models.CharField(max_length=2, blank=True)
    handling = models.CharField(max_length=2, blank=True)
    conditions = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+")

    class Meta:
        """Asked by line."""

        db_table = "research_cell"

    def __str__(self) -> str:
        return f"{self.line_id} in {self.system}: {self.result}"


class OwnCell(Kept):
    """That this workbench was searched for a line, by whom and when; the result is told to an equal sight alone.

    `sight` is the digest of what the searcher could see. Only somebody who sees exactly that is shown the rest: for
    anybody else, and once records were delivered, joined or erased, the line is searched anew.
    """

    line = models.ForeignKey(GridLine, models.PROTECT, related_name="own_cells")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+")
    sight = models.CharField(max_length=64)
    state = models.CharField(max_length=64)  # the digest of the sight and of the records that there were
    found = models.PositiveIntegerField()
    records = models.JSONField(default=list)  # ids of the nearest records found
    datasets = models.JSONField(default=list)
    suppliers = models.JSONField(default=list)

    class Meta:
        """Asked by line."""

        db_table = "research_own_cell"

    def __str__(self) -> str:
        return f"{self.line_id} in this workbench"
