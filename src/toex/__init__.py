"""The open workbench for intelligence teams that tackle organised exploitation."""

__version__ = "0.1.0"
