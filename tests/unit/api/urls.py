"""The door at its address, as wiring puts it there."""

from django.urls import path

from toex.api.door import api

urlpatterns = [path("api/v1/", api.urls)]
