"""The unit's people and lists."""

from django.urls import URLPattern

addresses: list[URLPattern] = []
