"""Products and their versions: what they say sentence by sentence, who assured them, who was given them."""

from typing import ClassVar

from django.db import models

from toex.work.access.models import Grant
from toex.work.operations.models import Operation
from toex.work.staff.models import Organisation, Person


class Product(models.Model):
    """What is made for an operation under its grant, version after version."""

    reference = models.CharField(max_length=32, unique=True)  # PRD/2026/0001: no name, no number of a person
    kind = models.CharField(max_length=32)  # a code of reference list "product_kinds"
    title = models.CharField(max_length=200)
    operation = models.ForeignKey(Operation, models.PROTECT, related_name="products")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="products")
    compartment = models.CharField(max_length=64, blank=True)  # every one that was in sight of whoever wrote in it
    created = models.DateTimeField()
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        """Asked by operation."""

        db_table = "products_product"

    def __str__(self) -> str:
        return self.reference


class Version(models.Model):
    """One version, in one of `states.STATES`. `drawn` is the picture's own part of it; what people edit are its sections.

    `sealed` is the whole product as it was assured, and `digest` its hash: an assured version never changes.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, default="drawing")
    since = models.DateTimeField()  # in its state since
    points = models.JSONField(default=list)  # what it is drawn around: [kind, value, supplier]
    drawn = models.JSONField(default=dict)
    people = models.JSONField(default=dict)  # references by record, so that A7 is the same person in the next version
    snapshot = models.BigIntegerField(null=True)
    left_out = models.JSONField(default=list)  # drawn tables that are not printed: codes of `parts.TABLES`
    marking = models.CharField(max_length=200, blank=True)  # empty: the floor that is computed from what it cites
    marking_why = models.TextField(blank=True)
    handling = models.JSONField(default=list)  # conditions in words, beyond those that what it cites brings
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    begun = models.DateTimeField()
    hands = models.JSONField(default=list)  # numbers of whoever edited it or wrote what was carried over (rule 2)
    assured_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    assured = models.DateTimeField(null=True)
    sealed = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        """One row a number."""

        db_table = "products_version"
        ordering: ClassVar = ["product", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["product", "number"], name="products_version_once")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.product_id}"

    @property
    def cited_as(self) -> str:
        """The name under which the table of citations knows it."""
        return f"version:{self.pk}"


class Move(models.Model):
    """One change of a version's state: by whom, when, why."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="moves")
    act = models.CharField(max_length=16)
    was = models.CharField(max_length=16, blank=True)
    now = models.CharField(max_length=16)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        """In order."""

        db_table = "products_move"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.was} -> {self.now}"


class Section(models.Model):
    """A heading of a version with its sentences; one that is about a person names their reference.

    Of a person for safeguarding review it says who owns the risk: somebody in the force, never TOEX (rule 3).
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="sections")
    part = models.CharField(max_length=16)  # one of `parts.PARTS`
    place = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    person = models.CharField(max_length=8, blank=True)
    risk_owner = models.CharField(max_length=128, blank=True)
    risk_owner_rank = models.CharField(max_length=64, blank=True)
    risk_owner_at = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    referral = models.CharField(max_length=200, blank=True)
    struck = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    struck_why = models.TextField(blank=True)

    class Meta:
        """In order."""

        db_table = "products_section"
        ordering: ClassVar = ["place", "pk"]

    def __str__(self) -> str:
        return f"section {self.pk} of {self.version_id}"


class Sentence(models.Model):
    """One sentence: fact, assessment or note, and the records that it rests on. What is struck stays on file."""

    section = models.ForeignKey(Section, models.PROTECT, related_name="sentences")
    place = models.PositiveIntegerField()
    text = models.TextField()
    basis = models.CharField(max_length=16)  # fact | assessment | note
    likelihood = models.CharField(max_length=32, blank=True)  # a word of the yardstick
    confidence = models.CharField(max_length=16, blank=True)
    records = models.JSONField(default=list)
    lead = models.TextField(blank=True)  # a line of enquiry's "what"; a gap's "what would tell"; a place's name
    priority = models.CharField(max_length=16, blank=True)
    owner = models.CharField(max_length=128, blank=True)
    due = models.DateField(null=True)
    extra = models.JSONField(default=dict)  # of a place: its kind and people
    new = models.BooleanField(default=False)
    drawn = models.BooleanField(default=False)  # by the machine; a person's rewording makes it theirs
    revision = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written = models.DateTimeField()
    struck = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    struck_why = models.TextField(blank=True)

    class Meta:
        """In order."""

        db_table = "products_sentence"
        ordering: ClassVar = ["place", "pk"]

    def __str__(self) -> str:
        return f"sentence {self.pk}"


class Comment(models.Model):
    """What quality assurance says of a sentence, or of the whole; open until answered, and done when it is resolved."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="comments")
    sentence = models.ForeignKey(Sentence, models.PROTECT, null=True, related_name="comments")
    words = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    resolved = models.DateTimeField(null=True)

    class Meta:
        """In order."""

        db_table = "products_comment"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"comment {self.pk} on {self.version_id}"

    @property
    def state(self) -> str:
        """Open, answered or resolved."""
        return "resolved" if self.resolved else "answered" if self.answered else "open"


class Recipient(models.Model):
    """Who is to be given a version: where, what for, under which conditions."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="recipients")
    name = models.CharField(max_length=128)
    post = models.CharField(max_length=128, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=255)
    conditions = models.TextField()
    dropped = models.DateTimeField(null=True)

    class Meta:
        """In order."""

        db_table = "products_recipient"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"recipient {self.pk} of {self.version_id}"


class Issue(models.Model):
    """The final files of a version with the recipients whom they name, kept under their SHA-256."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="issues")
    number = models.PositiveSmallIntegerField()
    pdf = models.CharField(max_length=64)
    word = models.CharField(max_length=64)
    recipients = models.ManyToManyField(Recipient, related_name="issues")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """One row a number."""

        db_table = "products_issue"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "number"], name="products_issue_once")]

    def __str__(self) -> str:
        return f"issue {self.number} of {self.version_id}"


class Dissemination(models.Model):
    """A recipient was given an issue: when and how, by whom; and when they acknowledged it."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="disseminations")
    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="disseminations")
    sent = models.DateTimeField()
    how = models.CharField(max_length=128)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    acknowledged = models.DateTimeField(null=True)
    acknowledged_how = models.CharField(max_length=128, blank=True)
    acknowledged_entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        """A recipient is given an issue once."""

        db_table = "products_dissemination"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issue", "recipient"], name="products_disseminated_once")
        ]

    def __str__(self) -> str:
        return f"dissemination {self.pk}"


class Correction(models.Model):
    """A notice that something in what was given out is wrong, or that a version is withdrawn.

    `changed` holds, by record, why it is told of, what differs in words, and the row as it is now (none where it is gone).
    Nothing of a notice leaves before another person than its writer released it; a withdrawal is released by itself.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="corrections")  # from which it was drawn
    kind = models.CharField(max_length=16, default="notice")  # notice | withdrawal
    words = models.TextField()
    changed = models.JSONField(default=dict)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    released_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    released = models.DateTimeField(null=True)

    class Meta:
        """In order."""

        db_table = "products_correction"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"correction {self.pk} of {self.version_id}"


class CorrectionLine(models.Model):
    """One thing that was said and is wrong now: where, in which versions, on which records; and what is right."""

    correction = models.ForeignKey(Correction, models.PROTECT, related_name="lines")
    place = models.PositiveIntegerField()
    where = models.CharField(max_length=300)
    versions = models.JSONField(default=list)  # numbers of those that say it
    was = models.TextField()
    now = models.TextField()
    records = models.JSONField(default=list)

    class Meta:
        """In order."""

        db_table = "products_correction_line"
        ordering: ClassVar = ["place", "pk"]

    def __str__(self) -> str:
        return f"line {self.place} of correction {self.correction_id}"


class CorrectionTold(models.Model):
    """A correction notice to one of those who were given the version: red until it was sent, then until acknowledged."""

    correction = models.ForeignKey(Correction, models.PROTECT, related_name="told")
    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="+")
    sent = models.DateTimeField(null=True)
    how = models.CharField(max_length=128, blank=True)
    acknowledged = models.DateTimeField(null=True)

    class Meta:
        """Once a recipient."""

        db_table = "products_correction_told"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["correction", "recipient"], name="products_corrected_once")
        ]

    def __str__(self) -> str:
        return f"correction {self.correction_id} to {self.recipient_id}"


class Template(models.Model):
    """A force's own Word template for a kind of product: checked, kept by its hash, approved by another, used until ended."""

    kind = models.CharField(max_length=32)  # a code of reference list "product_kinds"
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="templates")
    file = models.CharField(max_length=255)  # as it was called
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended = models.DateTimeField(null=True)

    class Meta:
        """Asked by organisation and kind."""

        db_table = "products_template"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["organisation", "kind"], name="products_template_of")]

    def __str__(self) -> str:
        return f"template {self.pk} of {self.organisation_id}"
