"""Intelligence reports written here: items as their author wrote them, kept restricted, and as everybody else reads them."""

from typing import ClassVar

from django.db import models

from toex.work.access.models import Grant
from toex.work.holdings.models import Dataset, Receipt
from toex.work.research.models.grids import Cell
from toex.work.staff.models import Organisation, Person


class Report(models.Model):
    """An intelligence report (IR). Its state is one of `report_states.STATES`; no field holds a source's identity (rule 12)."""

    reference = models.CharField(max_length=32, unique=True)  # IR/2026/0001
    state = models.CharField(max_length=16, default="draft")
    since = models.DateTimeField()  # in its state since
    operation = models.CharField(max_length=64, blank=True)
    compartment = models.CharField(max_length=128, blank=True)  # codes joined by +: readers of every one alone
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="reports")
    author = models.ForeignKey(Person, models.PROTECT, related_name="reports")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")  # the author's, as it was
    begun = models.DateTimeField()
    title = models.CharField(max_length=128, blank=True)
    marking = models.CharField(max_length=32)
    priority = models.CharField(max_length=8, blank=True)
    source_ref = models.CharField(max_length=24, blank=True)  # a number in a source register elsewhere
    obtained = models.DateTimeField(null=True)
    obtained_until = models.DateTimeField(null=True)
    researched = models.CharField(max_length=256, blank=True)  # which systems were searched beside it
    submitted = models.DateTimeField(null=True)
    sanitised = models.DateTimeField(null=True)
    sanitised_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="sanitised_reports")
    sanitised_how = models.CharField(max_length=512, blank=True)  # what rule was applied
    safe_title = models.CharField(max_length=128, blank=True)
    sent = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="sent_reports")
    sent_to = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    sent_desk = models.CharField(max_length=128, blank=True)  # the desk or role that received it
    channel = models.CharField(max_length=64, blank=True)
    urn = models.CharField(max_length=64, blank=True)  # the owning force's: free text, no national form was found
    urn_on = models.DateField(null=True)
    pnd_state = models.CharField(max_length=16, default="due")  # a code of reference list "pnd_states"
    pnd_urn = models.CharField(max_length=64, blank=True)
    pnd_on = models.DateField(null=True)
    pnd_why = models.CharField(max_length=256, blank=True)
    to_load = models.DateTimeField(null=True)  # since when something of it waits at the load desk
    dataset = models.ForeignKey(Dataset, models.PROTECT, null=True, related_name="+")  # in which its items are records
    receipt = models.ForeignKey(Receipt, models.PROTECT, null=True, related_name="+")  # of its last delivery there

    class Meta:
        """Asked by operation and state, and for what waits to be loaded."""

        db_table = "research_report"
        indexes: ClassVar = [
            models.Index(fields=["operation", "state"], name="research_report_of"),
            models.Index(fields=["to_load"], name="research_report_to_load"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(sanitised_by=models.F("author")), name="research_report_second_person"
            )
        ]

    def __str__(self) -> str:
        return self.reference


class ReportItem(models.Model):
    """One item: text, grades (3x5x2), fact or assessment, when it happened; `safe_text` is what others read."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    source_grade = models.CharField(max_length=1, blank=True)
    assessment = models.CharField(max_length=1, blank=True)
    assessment_why = models.CharField(max_length=256, blank=True)  # of E: suspected to be false, why
    handling = models.CharField(max_length=1, blank=True)
    conditions = models.JSONField(default=dict)  # where handling is C: codes of reference list "condition_fields"
    basis = models.CharField(max_length=12, blank=True)  # fact | assessment (DPA 2018 s.38(2))
    happened = models.DateTimeField(null=True)
    happened_until = models.DateTimeField(null=True)
    place = models.CharField(max_length=128, blank=True)
    safe_text = models.TextField(blank=True)
    withheld = models.BooleanField(default=False)  # the second person lets nothing of it out
    cell = models.ForeignKey(
        Cell, models.PROTECT, null=True, related_name="+"
    )  # of the grid, where it was taken from one
    delivered = models.BooleanField(default=False)  # it went to be loaded: taken back later, its record says so

    class Meta:
        """In order."""

        db_table = "research_report_item"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "number"], name="research_item_once")]

    def __str__(self) -> str:
        return f"item {self.number} of {self.report_id}"


class ReportSubject(models.Model):
    """Somebody or something that a report is about: a record, never an entity, and its part in it."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="subjects")
    record_id = models.CharField(max_length=64)
    table = models.CharField(max_length=16)
    role = models.CharField(max_length=16)  # a code of reference list "subject_categories"
    item = models.PositiveSmallIntegerField(null=True)  # its number; none: of the report as a whole
    compartment = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In order; a record once in a report."""

        db_table = "research_report_subject"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "record_id"], name="research_report_subject_once")
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.report_id}"


class ReportMove(models.Model):
    """One act on a report that moved it: by whom, when, why."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="moves")
    act = models.CharField(max_length=16)
    was = models.CharField(max_length=16, blank=True)
    now = models.CharField(max_length=16)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        """In order."""

        db_table = "research_report_move"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.act} on {self.report_id}"
