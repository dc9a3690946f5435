"""The tasking request form: what the asker says, and what lies beside it."""

from typing import ClassVar

from django.db import models

from toex.work.staff.models import Organisation, Person
from toex.work.tasking.models.request import Request


class Attachment(models.Model):
    """A file kept under its SHA-256 in the home's `attachments`; the row says what it was called and who brought it."""

    request = models.ForeignKey(Request, models.PROTECT, null=True, related_name="attachments")
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Its table."""

        db_table = "tasking_attachment"

    def __str__(self) -> str:
        return f"attachment {self.digest[:12]}"


class RequestForm(models.Model):
    """The single answers of a form. A draft's may be missing; what is required says `policies.completeness`."""

    request = models.OneToOneField(Request, models.PROTECT, related_name="form")
    bcu = models.CharField(max_length=128, blank=True)
    sio_name = models.CharField(max_length=128, blank=True)
    sio_rank = models.CharField(max_length=64, blank=True)
    sio_contact = models.CharField(max_length=128, blank=True)
    threat_areas = models.JSONField(default=list)  # codes of reference list "threat_areas"
    wanted = models.JSONField(default=list)  # codes of reference list "support_kinds"
    background = models.TextField(blank=True)
    strategy = models.TextField(blank=True)  # the investigation strategy in words, where it is no document
    strategy_document = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    forces = models.ManyToManyField(Organisation, related_name="+")  # forces affected
    no_data = models.BooleanField(default=False)  # said: the force holds no data for it
    wanted_by = models.DateField(null=True)
    urgency = models.TextField(blank=True)  # why by that date
    safeguarding = models.TextField(blank=True)  # done today; where nothing is needed, that is said
    risk_owner = models.CharField(max_length=128, blank=True)  # rule 3: a separate field
    risk_owner_rank = models.CharField(max_length=64, blank=True)
    risk_owner_at = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    risk_owner_account = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        """Its table."""

        db_table = "tasking_form"

    def __str__(self) -> str:
        return f"form of {self.request_id}"


class Objective(models.Model):
    """An objective of the SIO's investigation strategy; questions of the terms point at it. A retired one stays."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="objectives")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    retired = models.BooleanField(default=False)

    class Meta:
        """Numbered within the request."""

        db_table = "tasking_objective"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["request", "number"], name="tasking_objective_once")]

    def __str__(self) -> str:
        return f"objective {self.number} of {self.request_id}"


class DataHeld(models.Model):
    """Data that the force holds for it: what, and where."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="data_held")
    what = models.CharField(max_length=255)
    place = models.CharField(max_length=255)

    class Meta:
        """Its table."""

        db_table = "tasking_data_held"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"data held for {self.request_id}"


class RequestSubject(models.Model):
    """Somebody or something that a request names: as written, and cleaned so that it can be compared."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="subjects")
    kind = models.CharField(max_length=16)  # a code of reference list "request_subject_kinds"
    written = models.CharField(max_length=255)
    value = models.CharField(max_length=255, blank=True)
    problem = models.CharField(max_length=255, blank=True)
    born = models.CharField(max_length=10, blank=True)  # a person's date of birth, YYYY-MM-DD where it is known whole
    roles = models.JSONField(default=list)  # codes of reference list "subject_categories"; several at once (rule 10)

    class Meta:
        """In order."""

        db_table = "tasking_subject"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"subject {self.pk}"


class SubjectKey(models.Model):
    """What a subject is compared by: an exact identifier, or name and date of birth in each reading."""

    subject = models.ForeignKey(RequestSubject, models.CASCADE, related_name="keys")
    key = models.CharField(max_length=300)

    class Meta:
        """Asked by key."""

        db_table = "tasking_subject_key"
        indexes: ClassVar = [models.Index(fields=["key"], name="tasking_key_value")]

    def __str__(self) -> str:
        return f"key of {self.subject_id}"


class Advice(models.Model):
    """The Organised Crime Advisor's advice: asked for, given."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="advice")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked = models.DateTimeField()
    advised_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    advised = models.DateTimeField(null=True)
    words = models.TextField(blank=True)

    class Meta:
        """In order."""

        db_table = "tasking_advice"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"advice on {self.request_id}"
