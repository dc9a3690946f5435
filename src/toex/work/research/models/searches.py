"""Searches that somebody keeps, to run again: what was asked, never what was found."""

from typing import ClassVar

from django.db import models

from toex.work.access.models import Grant
from toex.work.staff.models import Person


class SavedSearch(models.Model):
    """What was asked, under which grant, by whom. Private to its maker, or shared with whoever works on the same."""

    title = models.CharField(max_length=120)
    asked = models.TextField()
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="searches")
    operation = models.CharField(max_length=64, blank=True)  # the reference of the grant's operation
    compartment = models.CharField(max_length=130, blank=True)  # the grant's own, joined by plus signs
    shared = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="searches")
    at = models.DateTimeField()
    ended = models.DateTimeField(null=True)  # taken off the list; what was asked stays on file

    class Meta:
        """Asked by operation and by grant."""

        db_table = "research_search"
        indexes: ClassVar = [models.Index(fields=["operation"], name="research_search_operation")]

    def __str__(self) -> str:
        return f"search {self.pk}"
