"""Research grids: subjects by systems."""

from django.urls import URLPattern

addresses: list[URLPattern] = []
