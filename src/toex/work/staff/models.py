"""Organisations and people, each fact with the days on which it holds."""

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Organisation(models.Model):
    """A force, BCU, regional unit, national body or agency, under the field's own code."""

    code = models.CharField(max_length=16, primary_key=True)
    name = models.CharField(max_length=128)
    short = models.CharField(max_length=32, blank=True)
    kind = models.CharField(max_length=32)
    gateway = models.CharField(max_length=64, blank=True)  # what the region calls its gateway: SCTAC, ROCU Gateway
    since = models.DateField(null=True)
    until = models.DateField(null=True)  # from that day on it is no more

    class Meta:
        """Its table."""

        db_table = "staff_organisation"

    def __str__(self) -> str:
        return self.short or self.name


class Membership(models.Model):
    """A force in a region, or a BCU in a force, on the days from `since` up to but not including `until`."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    within = models.ForeignKey(Organisation, models.PROTECT, related_name="members")
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        """Its table."""

        db_table = "staff_membership"

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.within_id}"


class Succession(models.Model):
    """Who carries an organisation's work on: forces merge, regions are taken over."""

    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="inheritances")
    on = models.DateField()

    class Meta:
        """Its table; said once."""

        db_table = "staff_succession"
        constraints = (models.UniqueConstraint(fields=["predecessor", "successor"], name="staff_succession_once"),)

    def __str__(self) -> str:
        return f"{self.predecessor_id} -> {self.successor_id}"


class Person(AbstractBaseUser):
    """Somebody who works here, or with us. What they may do follows from dated roles and grants, never from this row."""

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=128)
    rank = models.CharField(max_length=64, blank=True)
    home = models.ForeignKey(Organisation, models.PROTECT, related_name="people")
    active = models.BooleanField(default=True)
    enrolled_by = models.CharField(max_length=64, blank=True)
    password_due = models.BooleanField(default=False)  # somebody else knows it: it opens nothing until it is changed
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = BaseUserManager["Person"]()

    class Meta:
        """Its table."""

        db_table = "staff_person"

    def __str__(self) -> str:
        return f"{self.rank} {self.name}".strip()

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether the account is in use, in Django's word."""
        return self.active


class RoleHeld(models.Model):
    """A role of a person at an organisation from `since` up to but not including `until`."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=32)  # a code of reference list "roles"
    at = models.ForeignKey(Organisation, models.PROTECT, related_name="roles")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    given_by = models.CharField(max_length=64)

    class Meta:
        """Asked by person."""

        db_table = "staff_role"

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} at {self.at_id}"

    def holds(self, moment: datetime) -> bool:
        """Say whether the role is held at a moment."""
        return self.since <= moment and (self.until is None or moment < self.until)


class Capacity(models.Model):
    """Hours a week that a person can give from a day on; absence is a capacity of none for a while."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="capacities")
    hours = models.DecimalField(max_digits=4, decimal_places=1)
    since = models.DateField()
    until = models.DateField(null=True)
    why = models.CharField(max_length=128, blank=True)

    class Meta:
        """Its table."""

        db_table = "staff_capacity"

    def __str__(self) -> str:
        return f"{self.person_id} {self.hours} h from {self.since}"
