"""The room as Django knows it."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Access."""

    name = "toex.work.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
