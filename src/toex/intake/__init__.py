"""Intake: a delivered file becomes records, links and identifiers, and a sheet that says how well it went."""

from toex.intake.checks import ERASED
from toex.intake.drafting import PARTS, Draft, proposed, rebound
from toex.intake.errors import IntakeError, LostRowError, MappingError, RefusedFileError, UnreadableFileError
from toex.intake.mapping import FileMapping
from toex.intake.mapping_file import load_mapping, parse_mapping, ready_mappings, ready_text
from toex.intake.mapping_text import named, written
from toex.intake.mending import Given, given
from toex.intake.profile import Profile, Suggestion, profile
from toex.intake.quality import QualitySheet
from toex.intake.reading import Reading, read
from toex.intake.redaction import redact, rows_of, stated
from toex.intake.sheets import Limits

__all__ = [
    "ERASED",
    "PARTS",
    "Draft",
    "FileMapping",
    "Given",
    "IntakeError",
    "Limits",
    "LostRowError",
    "MappingError",
    "Profile",
    "QualitySheet",
    "Reading",
    "RefusedFileError",
    "Suggestion",
    "UnreadableFileError",
    "given",
    "load_mapping",
    "named",
    "parse_mapping",
    "profile",
    "proposed",
    "read",
    "ready_mappings",
    "ready_text",
    "rebound",
    "redact",
    "rows_of",
    "stated",
    "written",
]
