"""The room as Django knows it."""

from django.apps import AppConfig


class ResearchConfig(AppConfig):
    """Research."""

    name = "toex.work.research"
    label = "research"
    default_auto_field = "django.db.models.BigAutoField"
