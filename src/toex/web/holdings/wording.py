"""The words of the holdings pages: fields of a mapping, tables of records, states of a delivery."""

_PARTS = {
    "person": "The person", "second": "Another person of the row", "organisation": "Company or organisation",
    "text": "Item of intelligence, or text", "event": "What happened", "phone": "Telephone of nobody named",
    "vehicle": "Vehicle", "account": "Bank account", "device": "Handset", "username": "Username", "place": "Place",
    "row": "The whole row",
}  # fmt: skip
_SHORT = {"second": "other person", "text": "item", "organisation": "company", "event": "event"}
_FIELDS = {
    "dob": "date of birth", "pnc": "PNC ID", "cro": "CRO number", "noms": "NOMS number", "nino": "National Insurance number",
    "driver": "driver number", "passport": "passport number", "note": "remark", "lat": "latitude", "lon": "longitude",
    "vin": "VIN", "place_name": "name of the place", "item": "item number", "text": "the text itself",
    "written": "when written", "start": "when it began", "finish": "when it ended", "reported": "when reported",
    "grade": "grade (3x5x2 or 5x5x5)", "source_grade": "grade of the source", "info_grade": "grade of the information",
    "handling": "handling code", "conditions": "handling conditions", "status": "outcome or state",
}  # fmt: skip
_VALUES = {
    "phone": "number", "vehicle": "VRM", "account": "sort code and number", "device": "IMEI", "username": "username",
}  # fmt: skip
_TABLES = {
    "person": "People", "organisation": "Organisations", "object": "Telephones, vehicles and other things", "place": "Places",
    "event": "Events", "text": "Texts", "link": "Links between them", "identifier": "Identifiers", "set_aside": "Set aside",
}  # fmt: skip


def field_words(part: str, name: str) -> str:
    """Say what a column becomes; without a field, of what."""
    if not name:
        return _PARTS.get(part, part)
    return _VALUES.get(part, "value") if name == "value" else _FIELDS.get(name, name.replace("_", " "))


def choice_words(part: str, name: str) -> str:
    """Say a choice so that it tells by itself of what: the person's fields plainly, the others' with what they are of."""
    told = field_words(part, name)
    return told if part in ("person", "row") else f"{_SHORT.get(part, part)}: {told}"


def column_words(name: str) -> str:
    """Say a mapping's column."""
    told = _FIELDS.get(name, name.replace("_", " "))
    return told[:1].upper() + told[1:]


def table_words(name: str) -> str:
    """Say what a table holds."""
    return _TABLES.get(name, name)
