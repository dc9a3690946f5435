"""The room as Django knows it."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Staff."""

    name = "toex.work.staff"
    label = "staff"
    default_auto_field = "django.db.models.BigAutoField"
