"""A bundle of another installation: checked, then a delivery like any other, with its grades and its first origin."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from exchanged import HERE, NAME, THERE, Carried, desk, named, received, registered, trusted
from people import START
from seats import seated
from toex import search
from toex.pole import record_id
from toex.work.audit.models import Entry
from toex.work.errors import Incomplete, NotAllowed, OutOfOrder, WorkError
from toex.work.exchange import actions
from toex.work.exchange.models import ReceivedBundle, TrustedSender
from toex.work.exchange.packing import MANIFEST, SIGNATURE
from toex.work.exchange.queries import bundles_shown
from toex.work.holdings.models import Receipt
from toex.work.staff.models import Organisation, Person

pytestmark = pytest.mark.django_db
People = dict[str, Person]


@pytest.fixture
def there(unit: Path, people: People, carried: Carried) -> People:
    """The second installation: another organisation's, with a dataset for what the first one sends, which it trusts."""
    named(people, THERE)
    trusted(people, carried)
    registered(people)
    return people


def altered(content: bytes, name: str, change: Any) -> bytes:
    """The same bundle with one member changed and nothing signed anew."""
    kept = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(kept, "w", ZIP_DEFLATED) as after:
        for member in before.namelist():
            held = before.read(member)
            after.writestr(member, change(held) if member == name else held)
    return kept.getvalue()


def test_the_other_installation_finds_the_subject_with_the_grades_as_they_were_given(
    there: People, carried: Carried
) -> None:
    made = received(there, carried.bundles[0])
    receipt = Receipt.objects.get()
    assert (receipt.state, receipt.rows_set_aside, receipt.mapping) == ("loaded", 0, "exchange")
    assert receipt.rows_loaded == made.records.count() > 5
    seat = seated(there, [NAME])
    with seat.view() as view:
        [line] = search.wash_lines(view, [search.Line("Tom Quillane", "")], limit=5)
        assert line.subjects[0].told == "Tom Quillane (suspect)"
        [number] = search.wash_lines(view, [search.Line("07700 900004", "")], limit=5)
        assert number.found
        rows = view.query("SELECT supplier, handling, marking, subject FROM person").to_pylist()
        assert {(r["supplier"], r["handling"], r["marking"]) for r in rows} == {(HERE, "P", 1)}
        links = view.query("SELECT DISTINCT kind FROM link").to_pylist()
    assert {"missing", "subject"} <= {link["kind"] for link in links}
    assert Entry.objects.get(what="exchange.receive").act == "collection"


def test_a_child_goes_by_name_only_where_the_product_itself_names_them(there: People, carried: Carried) -> None:
    """Decision 16: the children at risk are in the table for safeguarding review; nobody else's name is anywhere."""
    received(there, carried.bundles[0])
    with seated(there, [NAME]).view() as view:
        people = {r["name"] for r in view.query("SELECT name FROM person WHERE dob > '2010-01-01'").to_pylist()}
        words = view.query("SELECT coalesce(text, '') || coalesce(title, '') AS said FROM text").to_pylist()
    assert people <= {"Ana Valdane", "Joana Restov", "Ann Valdane"}  # the last is another record of the first
    assert [w["said"] for w in words if "Ana" in w["said"]] == []
    data = json.loads(member(carried.bundles[0], "data.json"))
    product = json.dumps({**data["product"], "at_risk": []})
    assert [name for name in ("Valdane", "Restov") if name in product] == []


def member(content: bytes, name: str) -> bytes:
    with ZipFile(BytesIO(content)) as archive:
        return archive.read(name)


def test_what_comes_from_one_origin_counts_once_beside_the_forces_own_record(there: People, carried: Carried) -> None:
    """Rule 7: the same report, and the same row of a dataset that both hold."""
    from toex.picture import source_rows
    from toex.publishing.citation import Numbering

    received(there, carried.bundles[0])
    with seated(there, [NAME]).view() as view:
        texts = view.query("SELECT record_id, origin FROM text WHERE kind = 'intelligence'").to_pylist()
        [man] = view.query("SELECT record_id FROM person WHERE name = 'Tom Quillane'").to_pylist()
        rows = {row.ref: row for row in source_rows(view, [man["record_id"], *(t["record_id"] for t in texts)])}
    assert {rows[t["record_id"]].origin for t in texts} <= {"IR/26/0", "IR/26/1"}
    own = record_id("13-nominals", "N4", "person")
    assert rows[man["record_id"]].origin == own  # what the same row of the same dataset is called everywhere
    counting = Numbering({**{ref: row.origin for ref, row in rows.items()}, own: own})
    assert counting.independent([man["record_id"], own]) == 1


def test_the_same_bundle_made_again_is_the_same_file_and_holds_no_path_or_clock_of_its_own(carried: Carried) -> None:
    with ZipFile(BytesIO(carried.bundles[0])) as archive:
        assert archive.namelist() == [MANIFEST, SIGNATURE, "data.json", "product.docx", "product.pdf"]
        assert {one.date_time[0] for one in archive.infolist()} == {1980}
        manifest = json.loads(archive.read(MANIFEST))
    assert (manifest["to"], manifest["organisation"], manifest["version"]) == (THERE, HERE, 1)
    assert manifest["recipients"] == [
        {"name": "Mark Denby", "post": "SIO", "purpose": "The investigation", "conditions": "Not to be shown in interview."}
    ]  # fmt: skip
    assert manifest["marking"] == "OFFICIAL-SENSITIVE"


@pytest.mark.parametrize("name", ["data.json", "product.pdf", MANIFEST])
def test_a_bundle_that_was_changed_is_refused_and_nothing_of_it_is_kept(
    name: str, there: People, carried: Carried
) -> None:
    wrong = altered(carried.bundles[0], name, lambda held: held.replace(b"e", b"f", 1))
    with pytest.raises(NotAllowed, match=r"changed|not the one that was signed"):
        received(there, wrong)
    assert not Receipt.objects.exists()
    assert not ReceivedBundle.objects.exists()


def test_a_bundle_of_an_unknown_sender_is_refused(there: People, carried: Carried) -> None:
    TrustedSender.objects.all().delete()
    with pytest.raises(NotAllowed, match="No trusted sender"):
        received(there, carried.bundles[0])


def test_a_bundle_of_a_sender_who_is_trusted_no_more_is_refused(there: People, carried: Carried) -> None:
    actions.end_trust(sender=TrustedSender.objects.get(), reason="The key was lost.", by=there["admin"], at=START)
    with pytest.raises(NotAllowed, match="No trusted sender"):
        received(there, carried.bundles[0])


def test_a_bundle_that_is_addressed_to_another_organisation_is_refused(there: People, carried: Carried) -> None:
    with pytest.raises(NotAllowed, match="addressed to another"):
        received(there, carried.bundles[1])


def test_a_bundle_is_not_taken_twice(there: People, carried: Carried) -> None:
    seat = desk(there)
    received(there, carried.bundles[0], seat=seat)
    with pytest.raises(OutOfOrder, match="received already"):
        received(there, carried.bundles[0], seat=seat)
    assert Receipt.objects.count() == 1


def test_a_bundle_goes_into_a_dataset_of_its_senders_own_under_a_loading_duty(there: People, carried: Carried) -> None:
    registered(there, "other-kind", kind="other")
    registered(there, "other-sender", supplier="13")
    seat = desk(there, NAME, "other-kind", "other-sender")
    for name in ("other-kind", "other-sender"):
        with pytest.raises(OutOfOrder, match="registered for them"):
            received(there, carried.bundles[0], seat=seat, dataset=name)
    other = seated(there, [NAME])
    with pytest.raises(NotAllowed):
        actions.receive(content=carried.bundles[0], dataset=NAME, seat=other, by=other.person, at=other.at)


def test_a_key_is_trusted_when_somebody_there_read_its_fingerprint_out(
    unit: Path, people: People, carried: Carried
) -> None:
    said: dict[str, Any] = {
        "organisation": Organisation.objects.get(code=HERE), "card": carried.card, "fingerprint": carried.fingerprint,
        "checked_with": "Ann Redfern", "checked_how": "by telephone", "at": START,
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        actions.trust(**said, by=people["data"])
    for wrong in ({"fingerprint": "0" * 64}, {"card": "no card"}, {"checked_with": " "}):
        with pytest.raises(Incomplete):
            actions.trust(**{**said, **wrong}, by=people["admin"])
    groups = " ".join(carried.fingerprint[n : n + 4] for n in range(0, 64, 4)).upper()
    actions.trust(**{**said, "fingerprint": groups}, by=people["admin"])
    with pytest.raises(OutOfOrder):
        actions.trust(**said, by=people["admin"])
    assert Entry.objects.get(what="exchange.trust").by == "admin"


def test_what_is_handled_with_conditions_is_read_only_where_conditions_are_and_so_is_the_product(
    there: People, carried: Carried
) -> None:
    received(there, carried.bundles[0])
    seat = seated(there, [NAME])
    assert [one.reference for one in bundles_shown(seat.standing())] == ["PRD/2026/0001"]
    seat.grant.handling = ["P"]
    seat.grant.save(update_fields=["handling"])
    assert bundles_shown(seat.standing()) == []


def garbage() -> list[bytes]:
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        for name in (MANIFEST, SIGNATURE, "data.json"):
            archive.writestr(name, b"0" * (200 << 20) if name == "data.json" else b"{}")
    bomb = kept.getvalue()
    kept = BytesIO()
    with ZipFile(kept, "w") as archive:
        for name in (MANIFEST, SIGNATURE, "../../data.json"):
            archive.writestr(name, b"{}")
    slip = kept.getvalue()
    kept = BytesIO()
    with ZipFile(kept, "w") as archive:
        for number in range(2000):
            archive.writestr(f"{number}", b"")
    return [b"", b"PK\x05\x06", bytes(5000), bomb, slip, kept.getvalue(), bomb[:-1], bomb + b"\0", b"%PDF" + bomb]


@pytest.mark.parametrize("number", range(9))
def test_what_is_no_bundle_is_refused_before_anything_in_it_is_believed(number: int, there: People) -> None:
    with pytest.raises(NotAllowed):
        received(there, garbage()[number])


def test_every_single_byte_of_a_bundle_counts(there: People, carried: Carried) -> None:
    """Wherever a byte differs the bundle is refused, or it holds the very same members."""
    from toex.work.exchange.packing import unpack
    from toex.work.exchange.queries import key_by

    content = carried.bundles[0]
    right = unpack(content, key_of=key_by)
    for place in range(0, len(content), max(1, len(content) // 150)):
        wrong = bytearray(content)
        wrong[place] ^= 0x55
        try:
            found = unpack(bytes(wrong), key_of=key_by)
        except WorkError:
            continue
        assert (found.manifest, found.members) == (right.manifest, right.members)
