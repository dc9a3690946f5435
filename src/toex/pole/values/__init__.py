"""Cleaners of values: each takes any text and gives a canonical value, or says in plain words why there is none."""

from toex.pole.values.registry import CLEANERS, Cleaned, cleaners

__all__ = ["CLEANERS", "Cleaned", "cleaners"]
