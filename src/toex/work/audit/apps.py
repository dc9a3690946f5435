"""The room as Django knows it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit."""

    name = "toex.work.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
