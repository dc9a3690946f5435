"""What the readers' tests share: a file read by a mapping to the end, as intake's own tests read it."""

from unit.intake.conftest import load, people

__all__ = ["load", "people"]
