"""The room as Django knows it."""

from django.apps import AppConfig


class ProductsConfig(AppConfig):
    """Products."""

    name = "toex.work.products"
    label = "products"
    default_auto_field = "django.db.models.BigAutoField"
