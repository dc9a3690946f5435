"""Datasets and deliveries."""

from django.urls import URLPattern

addresses: list[URLPattern] = []
