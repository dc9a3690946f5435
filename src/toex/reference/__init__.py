"""Lists that the field keeps, as dated data with their sources: never an enum in code."""

from toex.reference.errors import ListFormatError, ReferenceListError, UnknownListError
from toex.reference.lists import STATUSES, Code, CodeList
from toex.reference.loading import lay_over, load, names, open_lists, own_list
from toex.reference.organisations import current, members, organisations, predecessors, region_of, successors
from toex.reference.postcodes import Middle, postcode_middle
from toex.reference.spellings import forename_groups, name_words, stop_values
from toex.reference.yardstick import Reading, read_probability

__all__ = [
    "STATUSES",
    "Code",
    "CodeList",
    "ListFormatError",
    "Middle",
    "Reading",
    "ReferenceListError",
    "UnknownListError",
    "current",
    "forename_groups",
    "lay_over",
    "load",
    "members",
    "name_words",
    "names",
    "open_lists",
    "organisations",
    "own_list",
    "postcode_middle",
    "predecessors",
    "read_probability",
    "region_of",
    "stop_values",
    "successors",
]
