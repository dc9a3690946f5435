"""Which address leads to which door."""

from django.urls import include, path

from toex.api import api

urlpatterns = [path("api/v1/", api.urls), path("", include("toex.web.urls"))]
