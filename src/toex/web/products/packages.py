"""Packages from draft to dissemination."""

from django.urls import URLPattern

addresses: list[URLPattern] = []
