"""The room as Django knows it."""

from django.apps import AppConfig


class JudgementsConfig(AppConfig):
    """Judgements."""

    name = "toex.work.judgements"
    label = "judgements"
    default_auto_field = "django.db.models.BigAutoField"
