"""A fictional phone, written as the report of a download."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

OWNER, PEER = "+447700900001", "+447700900002"
_PROJECT = '<?xml version="1.0" encoding="utf-8"?><project xmlns="http://pa.cellebrite.com/report/2.0" name="download">'


@dataclass(frozen=True)
class Model:
    """A model of the report: its type, plain fields, the models it holds by field, and whether it was deleted."""

    kind: str
    fields: Mapping[str, str]
    parts: Mapping[str, Sequence["Model"]] = ()  # type: ignore[assignment]
    deleted: bool = False

    def xml(self) -> str:
        """Write it."""
        state = "Deleted" if self.deleted else "Intact"
        told = "".join(
            f"<field name={quoteattr(name)} type='String'><value type='String'>{escape(value)}</value></field>"
            for name, value in self.fields.items()
        )
        held = "".join(
            f"<multiModelField name={quoteattr(name)}>{''.join(part.xml() for part in parts)}</multiModelField>"
            for name, parts in dict(self.parts).items()
        )
        return f"<model type={quoteattr(self.kind)} id='m' deleted_state='{state}'>{told}{held}</model>"


def party(identifier: str, *, owner: bool = False) -> Model:
    return Model("Party", {"Identifier": identifier, "IsPhoneOwner": str(owner)})


def message(
    body: str, *, deleted: bool = False, attached: Sequence[Model] = (), more: Mapping[str, str] | None = None
) -> Model:
    parts = {"From": [party(PEER)], "To": [party(OWNER, owner=True)], "Attachments": attached}
    said = {"Body": body, "TimeStamp": "2026-07-01T22:17:09+01:00", "Status": "Read", "Source": "WhatsApp"}
    return Model("InstantMessage", {**said, **(more or {})}, parts, deleted)


def report(
    *models: Model,
    files: Mapping[str, bytes] | None = None,
    before: str = "",
    section: tuple[str, str, str] | None = None,
) -> bytes:
    """Pack a report of a phone with these models and files; `before` stands before the root.

    `section` is a further section of metadata: its name, and the name and value of what it says.
    """
    device = (
        "<metadata section='Device Info'><item name='DeviceInfoDetectedPhoneModel'>Phone 12</item>"
        f"<item name='IMEI'>490154203237518</item><item name='MSISDN'>{OWNER}</item><item name='Owner'>Ann WALSH</item></metadata>"
    )
    tagged = "".join(
        f"<file id='f-{name}' path='/sdcard/{name}'><metadata section='File'><item name='Local Path'>files\\{name}</item>"
        "</metadata></file>"
        for name in files or {}
    )
    if section:
        device += f"<metadata section='{section[0]}'><item name='{section[1]}'>{section[2]}</item></metadata>"
    inner = f"{device}<taggedFiles>{tagged}</taggedFiles><decodedData>{''.join(m.xml() for m in models)}</decodedData>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        text = f"{_PROJECT}{inner}</project>"
        archive.writestr("report.xml", text.replace("?><project", f"?>{before}<project") if before else text)
        for name, content in (files or {}).items():
            archive.writestr(f"files/{name}", content)
    return stream.getvalue()
