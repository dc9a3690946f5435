"""Pairs of records that wait for a ruling."""

from django.urls import URLPattern

addresses: list[URLPattern] = []
