"""The room as Django knows it."""

from django.apps import AppConfig


class HoldingsConfig(AppConfig):
    """Holdings."""

    name = "toex.work.holdings"
    label = "holdings"
    default_auto_field = "django.db.models.BigAutoField"
