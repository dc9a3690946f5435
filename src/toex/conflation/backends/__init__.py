"""The engines that compare records: DuckDB with Splink for the mass, and a slow plain one that says what is right."""

from toex.conflation.backends.duckdb import DuckEngine
from toex.conflation.backends.plain import PlainEngine
from toex.conflation.backends.port import Engine, Scored

__all__ = ["DuckEngine", "Engine", "PlainEngine", "Scored"]
