"""Intelligence reports written here."""

from django.urls import URLPattern

addresses: list[URLPattern] = []
