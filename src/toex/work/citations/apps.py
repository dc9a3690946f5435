"""The room as Django knows it."""

from django.apps import AppConfig


class CitationsConfig(AppConfig):
    """Citations."""

    name = "toex.work.citations"
    label = "citations"
    default_auto_field = "django.db.models.BigAutoField"
