"""The pages as Django knows them."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages: templates and the tags they are written with; no tables."""

    name = "toex.web"
    label = "web"
