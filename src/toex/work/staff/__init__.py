"""Organisations and people as dated data: who belongs where, in which role, with what capacity; how they log in."""
