"""The fields that a mapping may fill for each table, and the kind of value that each holds."""

from collections.abc import Mapping
from types import MappingProxyType

_IDENTIFIERS = {kind: kind for kind in ("phone", "email", "pnc", "cro", "noms", "nino", "driver", "passport")}
_PLACED = {
    "place_name": "text", "address": "address", "postcode": "address", "lat": "degrees", "lon": "degrees",
    "easting": "metres", "northing": "metres", "precision_m": "degrees",
}  # fmt: skip
_LINKED = {"since": "moment", "until": "moment", "link_note": "text"}

FIELDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "person": {
            "name": "name", "forename": "name", "middle": "name", "surname": "name", "alias": "text", "dob": "date",
            "sex": "sex", "ethnicity": "text", "nationality": "text", "occupation": "text", "address": "address",
            "postcode": "address", "note": "text", **_IDENTIFIERS, **_LINKED,
        },
        "organisation": {
            "name": "firm", "kind": "text", "number": "reference", "address": "address", "postcode": "address",
            "phone": "phone", **_LINKED,
        },
        "object": {
            "value": "", "kind": "text", "make": "text", "model": "text", "colour": "text", "vin": "vin",
            "issuer": "text", "note": "text", **_LINKED,
        },
        "place": {"kind": "text", "town": "text", **_PLACED, **_LINKED},
        "event": {
            "kind": "text", "reference": "text", "start": "moment", "finish": "moment", "summary": "block",
            "status": "text", "direction": "text", "duration": "seconds", "amount": "money", "currency": "text",
            **_PLACED, **_LINKED,
        },
        "text": {
            "kind": "text", "reference": "text", "item": "whole", "page": "whole", "title": "text", "text": "block",
            "written": "moment", "origin": "text", "thread": "text", "deleted": "yes", **_LINKED,
        },
    }
)  # fmt: skip

# What an object's value is, by the object's kind: the cleaner's name.
OBJECTS: Mapping[str, str] = MappingProxyType(
    {
        "phone": "phone", "vehicle": "vrm", "account": "account", "device": "imei", "sim": "imsi", "email": "email",
        "username": "username", "document": "reference",
    }
)  # fmt: skip

# The kinds of identifier a record may state, and the cleaner of each.
IDENTIFIERS: Mapping[str, str] = MappingProxyType(
    {
        **_IDENTIFIERS, "vrm": "vrm", "vin": "vin", "imei": "imei", "imsi": "imsi", "iccid": "iccid",
        "account": "account", "username": "username", "nhs": "nhs", "asn": "asn", "crn": "crn",
        "reference": "reference",
    }
)  # fmt: skip

# An object's value as an identifier: the kind under which it is looked up.
IDENTIFIER_OF: Mapping[str, str] = MappingProxyType(
    {"phone": "phone", "vehicle": "vrm", "account": "account", "device": "imei", "sim": "imsi", "email": "email",
     "username": "username", "document": "reference"}
)  # fmt: skip

# A record of these tables is made only where one of these columns has a value; an event is made wherever it applies.
ESSENTIAL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "person": ("name", "dob", "alias", *_IDENTIFIERS),
        "organisation": ("name", "number"),
        "object": ("value",),
        "place": ("address", "postcode", "place_name", "lat"),
        "event": (),
        "text": ("text",),
    }
)

ROW_FIELDS = (
    "marking", "grade", "source_grade", "info_grade", "handling", "conditions", "basis", "reported", "subject",
)  # fmt: skip
PERSONAL = ("phone", "email")  # identifiers that a person holds; the others name the person

# Where a cleaner's columns go in the table, for fields whose column does not simply bear the field's name.
TARGETS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "dob": {"value": "dob", "precision": "dob_precision", "swapped": "dob_swapped", "default": "dob_default"},
        "start": {"value": "start", "precision": "time_precision"},
        "amount": {"value": "amount", "currency": "currency"},
        "duration": {"value": "duration_s"},
        "firm": {"value": "name", "key": "name_key"},
    }
)

# Fields that are cleaned together, because they make one value: the kind, and its parts in order.
JOINT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name": ("name", "forename", "middle", "surname"),
        "address": ("address", "postcode"),
        "metres": ("easting", "northing"),
    }
)
