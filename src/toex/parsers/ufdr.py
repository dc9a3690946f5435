"""UFDR, the report of a phone's download: the sheets that the same maker's workbook has, read as a stream.

The names of models and fields are those of http://pa.cellebrite.com/report/2.0 as public readers of it know them; no
true export could be had, so the form is unverified.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from toex.parsers.markup import elements, forget, tag_of
from toex.parsers.packed import Counted, Packed, unpacked
from toex.parsers.refusals import GivenUpError, Why
from toex.parsers.sending import Sender

REPORT = "report.xml"
_DEVICE = ("#", "Name", "Value", "Source")
_SECTIONS = ("Device Info", "Additional Fields", "Extraction Data")
_ALSO = "Also said"  # what no column of its own is for
_CONTACTS = ("#", "Name", "Entries", "Source", _ALSO, "Deleted")
_CALLS = ("#", "Parties", "Time", "Direction", "Duration", "Status", "Call Type", "Source", _ALSO, "Deleted")
_CHATS = (
    "#", "Chat #", "Participants", "From", "To", "Body", "Timestamp: Time", "Status", "Attachment #1", "Source", _ALSO,
    "Deleted",
)  # fmt: skip
# models that are as flat as a row: the workbook's sheet, and what is read for each of its columns
_FLAT: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "VisitedPage": ("Web History", {"Title": "Title", "URL": "Url", "Last Visited-Time": "LastVisited", "Source": "Source"}),
    "SearchedItem": ("Searched Items", {"Value": "Value", "Time": "TimeStamp", "Source": "Source"}),
    "UserAccount": ("User Accounts", {"Username": "Username", "Name": "Name", "Service Type": "ServiceType", "Source": "Source"}),
    "Location": ("Locations", {"Position": "Position", "Time": "TimeStamp", "Name": "Name", "Source": "Source"}),
    "Email": ("Emails", {"From": "From", "To": "To", "Subject": "Subject", "Body": "Body", "Time": "TimeStamp",
              "Source": "Source"}),
}  # fmt: skip
_READ: Mapping[str, frozenset[str]] = {
    "Contacts": frozenset({"Name", "Source", "Entries"}),
    "Calls": frozenset({"TimeStamp", "Direction", "Type", "Duration", "Status", "CallType", "Source", "Parties"}),
    **{kind: frozenset(columns.values()) for kind, (_, columns) in _FLAT.items()},
    "Chats": frozenset({"Body", "TimeStamp", "Status", "Source", "From", "To", "Parties", "Attachment", "Attachments"}),
}
_WITHIN = frozenset({"Party", "Attachment", "PhoneNumber", "UserID"})  # models that are read with what holds them
_KNOWN = {
    "DeviceInfoDetectedPhoneModel": "Device Model", "DeviceInfoSelectedDeviceName": "Model", "DetectedPhoneModel": "Model",
    "DeviceInfoExtractionStartDateTime": "Extraction start date/time", "ExtractionStartDateTime": "Extraction start date/time",
}  # fmt: skip


def read(path: Path, out: Sender, *, cap: int) -> None:
    """Send the device, its contacts, calls and chats; models of other types each to a table of their own."""
    with unpacked(path, cap) as archive:
        name = next((one for one in archive.members if one.rpartition("/")[2].lower() == REPORT), "")
        if not name:
            raise GivenUpError(Why.BROKEN)
        out.begin("Device Info", _DEVICE)
        phone = _Phone(archive, out)
        for element, chat in _whole(archive.stream(name)):
            phone.take(element, chat)


def _whole(stream: Counted) -> Iterator[tuple[Any, Any]]:
    """Give each element that is read as a whole, with the chat that holds it, and forget it afterwards.

    These are tagged files, sections of metadata, and models that no other holds; a chat's messages one by one, once the
    chat has told who takes part, since one chat may be the greater part of a phone.
    """
    for element in elements(stream, "file", "metadata", "model"):
        if element.get("type") in _WITHIN:
            continue
        holders = [one for one in element.iterancestors() if tag_of(one) in ("file", "model")]
        chat = None
        if len(holders) == 1 and element.get("type") == "InstantMessage" and holders[0].get("type") == "Chat":
            chat = holders[0]
        if not holders or (chat is not None and "Participants" in _parts(chat)):
            yield element, chat
            forget(element)


@dataclass(frozen=True, slots=True)
class _Party:
    """Who takes part, as the workbook writes them; `role` is From or To where the model says so."""

    told: str
    owner: bool
    role: str


class _Phone:
    """What of a phone was read so far."""

    def __init__(self, archive: Packed, out: Sender) -> None:
        self._archive, self._out = archive, out
        self._files: dict[str, tuple[str, str]] = {}  # the path and the hash of each tagged file
        self._counts: dict[str, int] = {}
        self._chats = 0
        self._people: tuple[_Party, ...] = ()  # of the chat in hand
        self._source = ""

    def take(self, element: Any, chat: Any) -> None:
        """Send what an element tells; a chat is numbered when it ends, so its messages bear the number that comes."""
        tag = tag_of(element)
        if chat is not None:
            self._said(element, chat)
        elif tag == "file":
            self._file(element)
        elif tag == "metadata":
            self._device(element)
        else:
            kinds = {
                "Contact": self._contact,
                "Call": self._call,
                "Chat": self._chat,
                "SMS": self._message_alone,
                "InstantMessage": self._message_alone,
            }
            kinds.get(element.get("type", ""), self._other)(element)

    def _file(self, element: Any) -> None:
        said = {one.get("name", ""): (one.text or "").strip() for one in element.iter() if tag_of(one) == "item"}
        found = said.get("SHA256") or said.get("MD5") or ""
        self._files[element.get("id", "")] = (said.get("Local Path") or element.get("path", ""), found)

    def _device(self, element: Any) -> None:
        section = element.get("section", "")
        table = "Device Info" if section in _SECTIONS else "Metadata"
        self._out.begin(table, _DEVICE)
        for item in element:
            name, value = item.get("name", ""), (item.text or "").strip()
            if name and value:
                known = _KNOWN.get(name, name.removeprefix("DeviceInfo"))
                self._row(table, {"Name": known, "Value": value, "Source": section})

    def _contact(self, model: Any) -> None:
        entries = [_entry(one) for one in _parts(model).get("Entries", ())]
        self._out.begin("Contacts", _CONTACTS)
        self._row("Contacts", {**_fields(model), "Entries": "\n".join(entries), **_beside(model, "Contacts")})

    def _call(self, model: Any) -> None:
        fields = _fields(model)
        others = [one for one in _parties(_parts(model).get("Parties", ())) if not one.owner]
        self._out.begin("Calls", _CALLS)
        self._row(
            "Calls",
            {**fields, "Parties": _told(others), "Time": fields.get("TimeStamp", ""), "Call Type": fields.get("CallType", ""),
             "Direction": fields.get("Direction") or fields.get("Type", ""), **_beside(model, "Calls")},
        )  # fmt: skip

    def _chat(self, model: Any) -> None:
        for message in _parts(model).get("Messages", ()):
            self._said(message, model)
        self._chats += 1
        self._people = ()

    def _said(self, message: Any, chat: Any) -> None:
        if not self._people:
            self._people, self._source = _parties(_parts(chat).get("Participants", ())), _fields(chat).get("Source", "")
        self._message(message, chat=str(self._chats + 1), people=self._people, source=self._source)

    def _message_alone(self, model: Any) -> None:
        self._message(model, chat="", people=_parties(_parts(model).get("Parties", ())), source="")

    def _message(self, model: Any, *, chat: str, people: Sequence[_Party], source: str) -> None:
        fields, parts = _fields(model), _parts(model)
        sender = _parties(parts.get("From", ())) or [one for one in people if one.role == "From"]
        to = _parties(parts.get("To", ())) or [one for one in people if one not in sender]
        attached = [self._attached(one) for name in ("Attachment", "Attachments") for one in parts.get(name, ())]
        self._out.begin("Chats", _CHATS)
        self._row(
            "Chats",
            {"Chat #": chat, "Participants": _told(people), "From": _told(sender), "To": _told(to),
             "Body": fields.get("Body", ""), "Timestamp: Time": fields.get("TimeStamp", ""), "Status": fields.get("Status", ""),
             "Attachment #1": "\n".join(attached), "Source": fields.get("Source") or source, **_beside(model, "Chats")},
        )  # fmt: skip

    def _attached(self, model: Any) -> str:
        """Tell an attachment by its name and its hash: as the report states it, or as the file in the package has it."""
        fields = _fields(model)
        path, digest = "", ""
        for target in model.iter():
            if tag_of(target) == "targetid" and (target.text or "").strip() in self._files:
                path, digest = self._files[(target.text or "").strip()]
        path = path or fields.get("attachment_extracted_path", "")
        inside = next((one for one in (path.replace("\\", "/"), f"files/{path}") if one in self._archive.members), "")
        if not digest and inside:
            hashed = sha256()
            for block in self._archive.blocks(inside):
                hashed.update(block)
            digest = hashed.hexdigest()
        return f"{fields.get('Filename') or path.rpartition('/')[2]}{f' ({digest})' if digest else ''}"

    def _other(self, model: Any) -> None:
        kind = model.get("type", "") or "Other"
        if kind in _FLAT:
            sheet, columns = _FLAT[kind]
            said = {**_fields(model), **{name: _held(parts) for name, parts in _parts(model).items()}}
            self._out.begin(sheet, ("#", *columns, _ALSO, "Deleted"))
            self._row(sheet, {**{name: said.get(field, "") for name, field in columns.items()}, **_beside(model, kind)})
            return
        self._out.begin(kind, ("#", _ALSO, "Deleted"))
        self._row(kind, _beside(model, kind))

    def _row(self, table: str, values: Mapping[str, str]) -> None:
        self._counts[table] = self._counts.get(table, 0) + 1
        self._out.record(table, {**values, "#": str(self._counts[table])})


def _fields(model: Any) -> dict[str, str]:
    """Give the plain fields of a model."""
    held = model.iterchildren("{*}field")
    return {one.get("name", ""): (one[0].text or "") if len(one) else "" for one in held}


def _parts(model: Any) -> dict[str, list[Any]]:
    """Give the models that a model holds, by the field that holds them."""
    fields = model.iterchildren("{*}modelField", "{*}multiModelField")
    return {one.get("name", ""): list(one.iterchildren("{*}model")) for one in fields}


def _held(models: Iterable[Any]) -> str:
    """Tell the models that a field holds in one cell: a place by its point, people by what they are known by."""
    told = []
    for model in models:
        fields = _fields(model)
        point = (fields.get("Latitude", ""), fields.get("Longitude", ""))
        told.append(f"({point[0]}, {point[1]})" if all(point) else _party(fields).told)
    return "\n".join(told)


def _parties(models: Iterable[Any]) -> tuple[_Party, ...]:
    return tuple(_party(_fields(model)) for model in models)


def _party(fields: Mapping[str, str]) -> _Party:
    owner = fields.get("IsPhoneOwner", "").lower() == "true"
    said = (fields.get("Identifier", ""), fields.get("Name", ""), "(owner)" if owner else "")
    return _Party(" ".join(part for part in said if part), owner, fields.get("Role", ""))


def _told(parties: Iterable[_Party]) -> str:
    return "\n".join(party.told for party in parties)


def _entry(model: Any) -> str:
    """Write a contact's entry as the maker's workbook does, such as `Phone-Mobile: +44 …`."""
    fields = _fields(model)
    kind = (
        "Phone"
        if model.get("type") == "PhoneNumber"
        else "User ID"
        if model.get("type") == "UserID"
        else model.get("type", "")
    )
    return f"{kind}-{fields.get('Category', '')}: {fields.get('Value', '')}"


def _beside(model: Any, table: str) -> dict[str, str]:
    """Give what the columns of a table have no place for, a line a field with what it holds, and whether it was deleted."""
    read = _READ.get(table, frozenset())
    lines = [f"{name}: {value}" for name, value in _fields(model).items() if name not in read and value]
    for name, held in _parts(model).items():
        if name not in read:
            lines += [f"{name}: {', '.join(filter(None, (v.text for v in one.iter('{*}value'))))}" for one in held]
    return {_ALSO: "\n".join(lines), "Deleted": _deleted(model)}


def _deleted(model: Any) -> str:
    state = model.get("deleted_state", "Intact")
    return "" if state in ("Intact", "Unknown", "") else "Yes"
