"""Seeded measurements, never in the default run."""
