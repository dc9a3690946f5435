"""Datasets as registered, what was delivered of them, how their records stand, and what became of those that went."""

from typing import ClassVar

from django.db import models

from toex.work.staff.models import Organisation, Person


class Dataset(models.Model):
    """A supplier's dataset. Standing datasets serve every operation; a bound one leaves with its operation (rule 11)."""

    name = models.CharField(max_length=63, primary_key=True)  # as pole.Dataset: small letters, digits, hyphens
    title = models.CharField(max_length=128)
    kind = models.CharField(max_length=32, default="other")  # a code of reference list "dataset_kinds"
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="datasets")
    lawful_basis = models.CharField(max_length=256)
    agreement = models.CharField(max_length=128)
    marking = models.CharField(max_length=32, default="OFFICIAL-SENSITIVE")
    retention_group = models.CharField(max_length=8)
    review_date = models.DateField()
    binding = models.CharField(max_length=16, default="standing")  # standing | operation
    operation = models.CharField(max_length=64, blank=True)  # the operation's reference, where bound
    authority = models.CharField(max_length=64, blank=True)
    expiry = models.DateField(null=True)  # the last day of the authority
    policy_document = models.CharField(max_length=128, blank=True)  # appropriate policy document, DPA 2018 s.42
    details = models.JSONField(default=dict)  # what its kind requires: codes of reference list "dataset_facts"
    pnd_state = models.CharField(max_length=16, default="due")  # of its records, where nothing else is said
    pnd_why = models.CharField(max_length=256, blank=True)
    compartment = models.CharField(max_length=64, blank=True)
    registered_by = models.CharField(max_length=64)
    registered = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)  # of the registration
    closed = models.DateTimeField(null=True)
    disposed = models.DateTimeField(null=True)

    class Meta:
        """Asked by review date."""

        db_table = "holdings_dataset"
        indexes: ClassVar = [models.Index(fields=["review_date"], name="holdings_dataset_review")]

    def __str__(self) -> str:
        return self.name


class Amendment(models.Model):
    """One dated version of a registration, whole: nothing that once held is overwritten."""

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="amendments")
    version = models.PositiveIntegerField()
    facts = models.JSONField()
    reason = models.CharField(max_length=256, blank=True)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """Each version once."""

        db_table = "holdings_amendment"
        constraints = (models.UniqueConstraint(fields=["dataset", "version"], name="holdings_amendment_once"),)

    def __str__(self) -> str:
        return f"{self.dataset_id} version {self.version}"


class Receipt(models.Model):
    """One delivered file, kept as it came under its SHA-256 until a recorded disposal or redaction."""

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="receipts")
    sha256 = models.CharField(max_length=64)
    kept = models.CharField(max_length=64)  # the file in the home's deliveries; another than sha256 once redacted
    mapping = models.CharField(max_length=128)
    file = models.CharField(max_length=255)  # as it was called when it was delivered
    size = models.BigIntegerField()
    received = models.DateTimeField()
    received_by = models.ForeignKey(Person, models.PROTECT, related_name="receipts")
    grant = models.BigIntegerField(null=True)
    job = models.BigIntegerField(null=True)
    state = models.CharField(max_length=16, default="received")  # received | loaded | refused | disposed
    reason = models.TextField(blank=True)  # why it was refused or disposed of
    snapshot = models.BigIntegerField(null=True)
    rows_in = models.BigIntegerField(null=True)
    rows_loaded = models.BigIntegerField(null=True)
    rows_set_aside = models.BigIntegerField(null=True)
    sheet = models.JSONField(default=dict)  # the quality sheet: counts and headers, no value
    settled = models.DateTimeField(null=True)

    class Meta:
        """A file is received once under a mapping, and asked by its hash."""

        db_table = "holdings_receipt"
        constraints = (models.UniqueConstraint(fields=["dataset", "sha256", "mapping"], name="holdings_receipt_once"),)
        indexes: ClassVar = [
            models.Index(fields=["sha256"], name="holdings_receipt_sha256"),
            models.Index(fields=["kept"], name="holdings_receipt_kept"),
        ]

    def __str__(self) -> str:
        return f"receipt {self.pk} of {self.dataset_id}"


class KeptMapping(models.Model):
    """A mapping of the unit's own, kept with the dataset that it reads; each version stays as it was used."""

    name = models.CharField(max_length=128, unique=True)  # dataset.v2: what a receipt names
    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="mappings")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=128)
    text = models.TextField()  # TOML
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """Each version once."""

        db_table = "holdings_mapping"
        constraints = (models.UniqueConstraint(fields=["dataset", "version"], name="holdings_mapping_once"),)

    def __str__(self) -> str:
        return self.name


class Upload(models.Model):
    """A file that somebody brought and has not handed in: kept apart, seen by nobody else, until received or given up."""

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="uploads")
    file = models.CharField(max_length=255)  # as it was called
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=16, default="waiting")  # waiting | received | given_up | refused
    reason = models.TextField(blank=True)
    grant = models.BigIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="uploads")
    at = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    receipt = models.ForeignKey(Receipt, models.PROTECT, null=True, related_name="uploads")

    class Meta:
        """Asked by who brought it and whether it waits."""

        db_table = "holdings_upload"
        indexes: ClassVar = [models.Index(fields=["by", "state"], name="holdings_upload_by")]

    def __str__(self) -> str:
        return f"upload {self.pk} of {self.dataset_id} ({self.state})"


class HandBack(models.Model):
    """A list of rows that were not loaded, given to the force that owns the file: who, when, how, and what it was."""

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="hand_backs")
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="hand_backs")
    rows = models.BigIntegerField()
    digest = models.CharField(max_length=64)  # of the list as it was given
    how = models.CharField(max_length=256)
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="hand_backs")
    grant = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        """Its table."""

        db_table = "holdings_hand_back"

    def __str__(self) -> str:
        return f"{self.rows} rows of receipt {self.receipt_id}"


class QualityCount(models.Model):
    """One count of a quality sheet, to be asked across deliveries: how often a reason, a problem of a field, a table."""

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="counts")
    what = models.CharField(max_length=16)  # reason | problem | records
    name = models.CharField(max_length=400)
    count = models.BigIntegerField()

    class Meta:
        """Asked by receipt and by what."""

        db_table = "holdings_quality"
        indexes: ClassVar = [models.Index(fields=["what", "name"], name="holdings_quality_what")]

    def __str__(self) -> str:
        return f"{self.what}: {self.count}"


class PndItem(models.Model):
    """How one record stands towards the Police National Database; the last entry holds, the earlier ones stay."""

    record_id = models.CharField(max_length=24)
    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="pnd_items")
    state = models.CharField(max_length=16)  # a code of reference list "pnd_states"
    urn = models.CharField(max_length=64, blank=True)
    on = models.DateField(null=True)
    why = models.CharField(max_length=256, blank=True)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """Asked by record."""

        db_table = "holdings_pnd"
        indexes: ClassVar = [models.Index(fields=["record_id", "at"], name="holdings_pnd_record")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.state}"


class Review(models.Model):
    """A decision on keeping a dataset (national retention assessment criteria): retain to another day, or dispose."""

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="reviews")
    decision = models.CharField(max_length=16)  # retain | dispose
    reason = models.TextField()
    next_date = models.DateField(null=True)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """Its table."""

        db_table = "holdings_review"

    def __str__(self) -> str:
        return f"{self.dataset_id} {self.decision}"


class Hold(models.Model):
    """A legal hold on a dataset, or on named records of it: nothing it covers is disposed of while it stands."""

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="holds")
    whole = models.BooleanField()  # the dataset, not only the records named
    ground = models.CharField(max_length=16)  # a code of reference list "hold_grounds"
    reason = models.TextField()
    until = models.DateField(null=True)  # the day on which it is looked at again; it ends by release alone
    placed_by = models.CharField(max_length=64)
    placed = models.DateTimeField()
    released_by = models.CharField(max_length=64, blank=True)
    released = models.DateTimeField(null=True)
    release_reason = models.TextField(blank=True)

    class Meta:
        """Its table."""

        db_table = "holdings_hold"

    def __str__(self) -> str:
        return f"hold {self.pk} ({self.ground})"


class HeldRecord(models.Model):
    """A record that a hold names."""

    hold = models.ForeignKey(Hold, models.PROTECT, related_name="records")
    record_id = models.CharField(max_length=24)

    class Meta:
        """Asked by record."""

        db_table = "holdings_held_record"
        indexes: ClassVar = [models.Index(fields=["record_id"], name="holdings_held_record_id")]

    def __str__(self) -> str:
        return self.record_id


class Erasure(models.Model):
    """Records, or a whole dataset, to be erased: asked by one person, approved by another, carried out with a proof."""

    datasets = models.JSONField(default=list)  # the names of those whose records go
    whole = models.BooleanField(default=False)  # a dataset, not only the records named
    record_ids = models.JSONField(default=list)  # every part of the suppliers' rows
    compartment = models.CharField(max_length=64, blank=True)
    ground = models.CharField(max_length=16)  # a code of reference list "erasure_grounds"
    reason = models.TextField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="asked_erasures")
    asked = models.DateTimeField()
    state = models.CharField(max_length=16, default="asked")  # a row of policies.ERASURE_STATES
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="decided_erasures")
    decided = models.DateTimeField(null=True)
    decision = models.TextField(blank=True)
    job = models.BigIntegerField(null=True)
    done = models.JSONField(default=dict)  # what the purge did so far: counts and hashes
    certificate = models.JSONField(default=dict)
    certified = models.DateTimeField(null=True)

    class Meta:
        """Asked by state."""

        db_table = "holdings_erasure"
        indexes: ClassVar = [models.Index(fields=["state"], name="holdings_erasure_state")]

    def __str__(self) -> str:
        return f"erasure {self.pk} ({self.state})"


class Redaction(models.Model):
    """A delivered file that was replaced: by a copy without the erased rows, or by a marker that says what it was."""

    erasure = models.ForeignKey(Erasure, models.PROTECT, related_name="redactions")
    old = models.CharField(max_length=64)  # SHA-256 of what is gone
    new = models.CharField(max_length=64)  # SHA-256 of what stands in its place
    rows = models.BigIntegerField()  # overwritten; 0 where the whole delivery had to go
    whole = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        """Each file once in an erasure."""

        db_table = "holdings_redaction"
        constraints = (models.UniqueConstraint(fields=["erasure", "old"], name="holdings_redaction_once"),)

    def __str__(self) -> str:
        return f"{self.old[:8]} -> {self.new[:8]}"
