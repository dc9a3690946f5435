"""An online report made as the Single Online Home's public example has it, of fictional people."""

import json
from typing import Any


def entity(kind: str, id: str, attributes: dict[str, Any], **related: tuple[str, str]) -> dict[str, Any]:
    """Give one entity in JSON:API form; `related` names what it points at, as (type, id)."""
    return {
        "id": id, "type": kind, "attributes": attributes,
        "relationships": {name: {"data": [{"type": end[0], "id": end[1]}]} for name, end in related.items()},
    }  # fmt: skip


def report(number: int = 1) -> dict[str, Any]:
    """Give an online crime report of three people, one of them a victim and one unknown by name."""
    id = f"a0000000-0000-4000-8000-{number:09}"
    home, phone, mail = (("location", f"{id}01a"), ("telephone", f"{id}02a"), ("email", f"{id}03a"))
    people = [
        entity("person", f"{id}11a", {"givenName": ["Mira", "Jo"], "surname": "Kestrelby", "dateOfBirth": "1991-03-04",
               "gender": "GNDR_0001", "under18": False}, currentAddress=home, personalTelephone=phone, personalEmail=mail),
        entity("person", f"{id}12a", {"givenName": ["Dov"], "surname": "Marlpit", "age": 40}),
        entity("person", f"{id}13a", {"personDescription": "A man in a grey coat"}),
    ]  # fmt: skip
    incident = entity(
        "incident", f"{id}000",
        {"incidentDescription": "He keeps my passport and drives me to the farm.", "incidentStartDateTime":
            {"dateFrom": "2026-10-20", "dateTo": "2026-10-21"}, "hadWeapon": False},
        victim=("person", f"{id}11a"), witness=("person", f"{id}12a"), suspect=("person", f"{id}13a"),
        incidentLocation=home, submission=("submission", f"{id}04a"), personReporting=("person", f"{id}12a"),
        otherPerson=("person", f"{id}99a"),
    )  # fmt: skip
    things = [
        entity("location", home[1], {"buildingNumber": "12", "streetName": "Larkmere Road", "town": "Halifax",
               "postcode": "HX1 1AA"}),
        entity("telephone", phone[1], {"telephoneNumber": "07700 900461"}),
        entity("email", mail[1], {"emailAddress": "mira@example.org"}),
        entity("submission", f"{id}04a", {"customerReferenceNumber": f"TYA-{number}-26-0100", "submitTime":
               "2026-10-22T15:09:33.880+01:00", "submissionContent": "In plain words.", "category": "OCR"}),
        entity("bicycle", f"{id}05a", {"colour": "red"}),
    ]  # fmt: skip
    return {"data": incident, "included": [*people, *things]}


def as_file(*reports: dict[str, Any], form: str = "one") -> bytes:
    """Write reports as one document, a list of them, or a line each."""
    if form == "lines":
        return "\n".join(map(json.dumps, reports)).encode()
    return json.dumps(list(reports) if form == "list" else reports[0], indent=1).encode()
