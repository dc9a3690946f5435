"""Charts, timelines and maps of one selection."""

from django.urls import URLPattern

addresses: list[URLPattern] = []
