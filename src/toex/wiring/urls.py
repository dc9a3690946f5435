"""Which address leads to which door."""

from django.urls import path

from toex.api import api

urlpatterns = [path("api/v1/", api.urls)]
