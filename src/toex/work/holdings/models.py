"""Datasets as registered: whose they are, on what basis they are held, how long."""

from django.db import models

from toex.work.staff.models import Organisation


class Dataset(models.Model):
    """A supplier's dataset. Standing datasets serve every operation; a bound one leaves with its operation (rule 11)."""

    name = models.CharField(max_length=63, primary_key=True)  # as pole.Dataset: small letters, digits, hyphens
    title = models.CharField(max_length=128)
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="datasets")
    lawful_basis = models.CharField(max_length=256)
    agreement = models.CharField(max_length=128)
    marking = models.CharField(max_length=32, default="OFFICIAL-SENSITIVE")
    retention_group = models.CharField(max_length=8)
    review_date = models.DateField()
    binding = models.CharField(max_length=16, default="standing")  # standing | operation
    operation = models.CharField(max_length=64, blank=True)  # the operation's reference, where bound
    authority = models.CharField(max_length=64, blank=True)
    expiry = models.DateField(null=True)
    compartment = models.CharField(max_length=64, blank=True)
    registered_by = models.CharField(max_length=64)
    registered = models.DateTimeField()
    closed = models.DateTimeField(null=True)

    class Meta:
        """Its table."""

        db_table = "holdings_dataset"

    def __str__(self) -> str:
        return self.name
