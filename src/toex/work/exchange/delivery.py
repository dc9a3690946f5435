"""A bundle's records as the file that is delivered of them: a row a record, its grades kept, its first origin named."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from toex.intake import load_mapping
from toex.pole import domain, record_id
from toex.work.exchange.data import Record
from toex.work.holdings.models import Dataset

MAPPING = "exchange"
_STATED = {"phones": "phone", "vehicles": "vrm", "accounts": "account", "devices": "imei", "usernames": "username"}
_CALLED = {"duration_s": "duration"}  # a column of a record as the mapping calls it


def here(dataset: str, installation: str, record: str, part: str) -> str:
    """Give the id that a sender's record has in a dataset here."""
    return record_id(dataset, f"{installation}|{record}", part)


def write(
    path: Path, records: Iterable[Record], *, dataset: Dataset, installation: str, known: Mapping[str, tuple[str, str]]
) -> None:
    """Write the file. `known` gives, by a sender's record, its id and table here: links to what is not known are left out."""
    sheet = load_mapping(MAPPING).sheets[0]
    heads = {name: headers[0] for name, headers in sheet.columns.items()}
    within = domain(dataset.name, dataset.compartment)
    with path.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.DictWriter(stream, heads.values())
        lines.writeheader()
        for one in sorted(records, key=lambda r: r.record):
            told = {"installation": installation, "record": one.record, **(_gone(one) if one.gone else _told(one))}
            told["from"] = "" if one.gone else ";".join(_ends(one, known, within))
            lines.writerow({heads[name]: value for name, value in told.items() if name in heads})


def _gone(one: Record) -> dict[str, Any]:
    return {"gone": one.gone, "reported": one.told.isoformat(timespec="minutes")}


def _told(one: Record) -> dict[str, Any]:
    said, values = one.said, one.said["values"]
    plain = {_CALLED.get(name, name): _plain(value) for name, value in values.items()}
    return {
        **plain, "dob": _born(values), "what": one.table, "origin": said["origin"], "reported": said["reported"],
        "categories": " ".join(sorted(map(str, said["categories"]))), **_stated(one),
        "source_grade": said["source_grade"], "info_grade": said["info_grade"], "handling": said["handling"],
        "conditions": said["conditions"], "marking": said["marking"], "basis": "", "owner": said["supplier"],
        "owner_dataset": said["dataset"], "owner_file": said["file"], "owner_row": said["row"] or "",
    }  # fmt: skip


def _plain(value: Any) -> Any:
    return value if not isinstance(value, bool) else "yes" if value else "no"


def _born(values: Mapping[str, Any]) -> str:
    """Give a day of birth as far as it is known: a year alone is not the first of January."""
    born = str(values.get("dob", ""))
    return born[: {"year": 4, "month": 7}.get(str(values.get("dob_precision", "")), 10)]


def _stated(one: Record) -> dict[str, str]:
    """Give the numbers that a record states beyond those in its own columns; an object is its own number."""
    if one.table == "object":
        return {}
    own = {str(value) for value in one.said["values"].values()}
    held = {name: {v for k, v, _ in one.said["identifiers"] if k == kind} - own for name, kind in _STATED.items()}
    return {name: ";".join(sorted(values)) for name, values in held.items()}


def _ends(one: Record, known: Mapping[str, tuple[str, str]], within: str) -> Iterator[str]:
    for kind, start, _ in sorted(map(tuple, one.said["links"])):
        if start in known:
            there, table = known[start]
            yield f"{table} {there} {within} {kind.replace(';', ' ').strip() or 'linked'}"
