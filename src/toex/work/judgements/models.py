"""Rulings as they are kept: each added, none ever changed."""

from typing import Any, ClassVar

from django.db import models

from toex.work.access.models import Grant
from toex.work.errors import OutOfOrder
from toex.work.staff.models import Person


class Judgement(models.Model):
    """What a named person ruled on two records, under which grant, when and why. The last one on a pair stands."""

    record_id = models.CharField(max_length=64)  # the lower of the two
    other_id = models.CharField(max_length=64)
    ruling = models.CharField(max_length=16)  # same | different | unsure
    reason = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="judgements")
    at = models.DateTimeField()
    grant = models.ForeignKey(Grant, models.PROTECT, null=True, related_name="judgements")
    operation = models.CharField(max_length=64, blank=True)
    compartment = models.CharField(max_length=64, blank=True)

    class Meta:
        """Asked by pair and by either record."""

        db_table = "judgements_judgement"
        indexes: ClassVar = [
            models.Index(fields=["record_id", "other_id"], name="judgements_pair"),
            models.Index(fields=["other_id"], name="judgements_other"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(record_id__lt=models.F("other_id")), name="judgements_lower_record_first"
            ),
            models.CheckConstraint(
                condition=models.Q(ruling__in=["same", "different", "unsure"]), name="judgements_ruling_known"
            ),
        ]

    def __str__(self) -> str:
        return f"judgement {self.pk}: {self.ruling}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add it; OutOfOrder where it is kept already."""
        if self.pk is not None:
            raise OutOfOrder("A ruling is never changed: whoever sees it otherwise now adds one, with a reason.")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> tuple[int, dict[str, int]]:
        """Raise OutOfOrder: a ruling is undone by another."""
        raise OutOfOrder("A ruling is never taken away: it is undone by another, with a reason.")
