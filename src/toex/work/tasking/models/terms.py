"""Terms of reference: versions, what they promise and ask, who signed, what was added since."""

from typing import ClassVar

from django.db import models

from toex.work.staff.models import Organisation, Person
from toex.work.tasking.models.form import Attachment, Objective
from toex.work.tasking.models.request import Request


class Terms(models.Model):
    """One version of a request's terms of reference; agreed when both sides have signed it, then never changed."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="terms")
    version = models.PositiveSmallIntegerField()
    purpose = models.TextField()
    datasets = models.JSONField(default=list)  # names of registered datasets
    people = models.ManyToManyField(Person, related_name="terms")  # staff who may read for it
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="drafted_terms")
    drafted = models.DateTimeField()  # when this text was last changed
    agreed = models.DateTimeField(null=True)  # the moment of the second side's signature
    why = models.TextField(blank=True)  # of a variation: why it is needed
    support = models.TextField(blank=True)
    scope_in = models.TextField(blank=True)
    scope_out = models.TextField(blank=True)
    methods = models.TextField(blank=True)
    marking = models.CharField(max_length=32, blank=True)  # a code of reference list "markings" that is held here
    handling = models.TextField(blank=True)
    risks = models.TextField(blank=True)
    dissemination = models.JSONField(default=list)  # who receives the products, by post
    review = models.DateField(null=True)
    hours = models.DecimalField(max_digits=5, decimal_places=1, default=0)  # promised a week, of the whole team

    class Meta:
        """One row a version."""

        db_table = "tasking_terms"
        ordering: ClassVar = ["request", "version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["request", "version"], name="tasking_terms_once")]

    def __str__(self) -> str:
        return f"{self.request_id} v{self.version}"


class Question(models.Model):
    """A key question of the terms. It points at an objective of the SIO's strategy, or it is not asked."""

    terms = models.ForeignKey(Terms, models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    direction = models.CharField(max_length=16)  # a code of reference list "question_directions"
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="questions")

    class Meta:
        """Numbered within the version."""

        db_table = "tasking_question"
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"question {self.number} of {self.terms_id}"


class ProductDue(models.Model):
    """A product that the terms promise, and the day on which it is due."""

    terms = models.ForeignKey(Terms, models.PROTECT, related_name="products")
    kind = models.CharField(max_length=32)  # a code of reference list "support_kinds"
    due = models.DateField()

    class Meta:
        """By day."""

        db_table = "tasking_product_due"
        ordering: ClassVar = ["due", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} by {self.due}"


class Milestone(models.Model):
    """A step on the way that both sides will look for."""

    terms = models.ForeignKey(Terms, models.PROTECT, related_name="milestones")
    text = models.CharField(max_length=255)
    due = models.DateField()

    class Meta:
        """By day."""

        db_table = "tasking_milestone"
        ordering: ClassVar = ["due", "pk"]

    def __str__(self) -> str:
        return f"milestone of {self.terms_id} by {self.due}"


class Signature(models.Model):
    """One side's signature of one version: by an account, or entered by an officer for somebody outside (rule 1)."""

    terms = models.ForeignKey(Terms, models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=8)  # toex | customer
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # none: by proxy
    name = models.CharField(max_length=128)
    rank = models.CharField(max_length=64, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    signed = models.DateTimeField()
    how = models.CharField(max_length=64)  # "own account", or how the message came
    message = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Once a side."""

        db_table = "tasking_signature"
        constraints: ClassVar = [models.UniqueConstraint(fields=["terms", "side"], name="tasking_signature_once")]

    def __str__(self) -> str:
        return f"{self.side} of {self.terms_id}"


class Addition(models.Model):
    """A named colleague or a like dataset, added to terms in force by one act of the Detective Inspector (rule 1)."""

    terms = models.ForeignKey(Terms, models.PROTECT, related_name="additions")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="terms_additions")
    dataset = models.CharField(max_length=63, blank=True)
    reason = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In order."""

        db_table = "tasking_addition"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"addition to {self.terms_id}"
