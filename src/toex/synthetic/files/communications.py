"""Call data of two operators, subscribers, and the downloads of handsets."""

from datetime import datetime, timedelta

import numpy as np

from toex.synthetic import numbers
from toex.synthetic.files import Desk, local
from toex.synthetic.lives import Call, Contact, Handset, Message, Subscription
from toex.synthetic.places import FOLDERS
from toex.synthetic.shapes import stream
from toex.synthetic.tables import Delivery, Table, table
from toex.synthetic.world import CUT, World

OPERATION = "Operation Larkmere"
EXPIRY = "2027-03-31"
KINDS_A = {"voice": "Voice", "sms": "SMS", "data": "Data"}
KINDS_B = {"voice": "VOICE", "sms": "TEXT", "data": "GPRS"}
STAMP = "%d/%m/%Y %H:%M:%S"


def call_extra(kind: str) -> dict[str, str]:
    """Give what the register says of communications data: authority, kind, period, expiry."""
    return {
        "operation": OPERATION,
        "authority": "CD/2026/004417",
        "category": kind,
        "period_from": "2026-04-01",
        "period_to": "2026-09-13",
        "expiry": EXPIRY,
        "permitted_purpose": "Preventing or detecting crime",
    }


def operator_of(number: int) -> str:
    """Say which of the two operators a number is with."""
    return "TELCO-A" if number % 3 else "TELCO-B"


def _international(number: int) -> str:
    return "44" + numbers.mobile(number)[1:]


def calls_a(desk: Desk) -> Table:
    """Operator A: UTC, one time column, degrees."""
    told = sorted((e for e in desk.world.timeline.of(Call) if operator_of(e.caller) == "TELCO-A"), key=_order)
    rows = [
        [
            str(500_000 + n),
            KINDS_A[e.kind],
            _international(e.caller),
            e.called,
            e.at.strftime(STAMP),
            str(e.seconds),
            numbers.imei(e.handset)[: 14 + n % 2],
            numbers.imsi(e.caller),
            e.mast.cell,
            e.mast.site,
            f"{e.mast.lat:.5f}",
            f"{e.mast.lon:.5f}",
            str(e.mast.azimuth),
            e.mast.cell if e.seconds < 200 else "",
        ]
        for n, e in enumerate(told)
    ]
    delivery = Delivery(
        dataset="telco-a-calls",
        mapping="call-data-a",
        supplier="TELCO-A",
        path="telco-a/calls.csv",
        title="Call data, operator A",
        binding="operation",
        extra=call_extra("events"),
    )
    return table(delivery, rows, times=[e.at for e in told])


def calls_b(desk: Desk) -> Table:
    """Operator B: local time in two columns, eastings, rows above the header and totals below; both directions."""
    told = sorted((e for e in desk.world.timeline.of(Call) if "TELCO-B" in _operators(e)), key=_order)
    rows, times = [], []
    for e in told:
        for row in _rows_b(e):
            rows.append(row)
            times.append(e.at)
    delivery = Delivery(
        dataset="telco-b-calls",
        mapping="call-data-b",
        supplier="TELCO-B",
        path="telco-b/calls.txt",
        title="Call data, operator B",
        binding="operation",
        extra=call_extra("events"),
    )
    return table(delivery, rows, times=times)


def _operators(e: Call) -> set[str]:
    return {operator_of(e.caller)} | ({operator_of(e.called_number)} if e.called_number >= 0 else set())


def _rows_b(e: Call) -> list[list[str]]:
    at = local(e.at)
    found = []
    if operator_of(e.caller) == "TELCO-B":
        found.append(
            [
                _international(e.caller),
                e.called,
                KINDS_B[e.kind],
                "OUT",
                at.strftime("%d/%m/%Y"),
                at.strftime("%H:%M:%S"),
                str(e.seconds),
                numbers.imei(e.handset),
                numbers.imsi(e.caller),
                e.mast.cell,
                e.mast.site,
                str(e.mast.easting),
                str(e.mast.northing),
                str(e.mast.azimuth),
            ]
        )
    if e.called_number >= 0 and operator_of(e.called_number) == "TELCO-B":
        found.append(
            [
                _international(e.called_number),
                _international(e.caller),
                KINDS_B[e.kind],
                "IN",
                at.strftime("%d/%m/%Y"),
                at.strftime("%H:%M:%S"),
                str(e.seconds),
                "",
                numbers.imsi(e.called_number),
                "",
                "",
                "",
                "",
                "",
            ]
        )
    return found


def _order(e: Call) -> tuple[datetime, int, str]:
    return e.at, e.caller, e.called


def subscribers(desk: Desk) -> Table:
    """Who the operators say has a number; prepaid ones are often nobody's."""
    told = [*desk.world.timeline.of(Subscription), *_story_subscriptions(desk.world)]
    it = desk.claims([e.person for e in told], care=0.7)
    names, days, homes = it.names("{f} {s}"), it.dates("%Y-%m-%d"), it.homes()
    rows = [
        [
            f"SUB{n:06d}",
            _international(e.phone),
            operator_of(e.phone),
            numbers.imsi(e.phone),
            numbers.iccid(e.phone),
            "Prepay" if e.person < 0 else "Contract",
            names[n],
            days[n],
            homes[n],
            it.postcode[n],
            e.start.isoformat(),
            e.until.isoformat() if e.until else "",
            e.top_up,
        ]
        for n, e in enumerate(told)
    ]
    delivery = Delivery(
        dataset="subscribers",
        mapping="subscribers",
        supplier="TELCO-A",
        path="telco-a/subscribers.csv",
        title="Subscriber data",
        binding="operation",
        extra=call_extra("entity"),
    )
    times = [max(datetime(e.start.year, e.start.month, e.start.day), datetime(2026, 1, 1)) for e in told]
    return table(delivery, rows, times=times, people={"subscriber": it.who})


def _story_subscriptions(world: World) -> list[Subscription]:
    """Half of the people of the stories have their number in their own name."""
    rng = stream(world.seed, "subscriptions")
    start = datetime(2024, 2, 1).date()
    return [
        Subscription(phone=world.number(p), person=p, start=start, until=None)
        for p in sorted(world.known)
        if rng.random() < 0.5
    ]


def _zoned(at: datetime) -> str:
    return local(at).strftime(STAMP) + "(UTC+1)"


def _peer(world: World, person: int) -> str:
    return f"+{_international(world.number(person))}"


def _chat_rows(desk: Desk, handset: Handset) -> list[list[str]]:
    world = desk.world
    owner = f"+{_international(handset.phone)}"
    rows = []
    for n, e in enumerate(m for m in world.timeline.of(Message) if m.handset == handset.number):
        peer = _peer(world, e.peer)
        sender, to = (f"{owner} (owner)", peer) if e.sender == -1 else (peer, f"{owner} (owner)")
        rows.append(
            [
                str(n + 1),
                str(e.chat),
                f"{owner}_x000D_\n{peer}",
                sender,
                to,
                e.body,
                _zoned(e.at),
                "Sent" if e.sender == -1 else "Read",
                "",
                e.app,
                f"chats.db : 0x{n * 512:X}",
                "Yes" if e.deleted else "",
            ]
        )
    return rows


def _call_rows(desk: Desk, handset: Handset) -> list[list[str]]:
    since = handset.taken - timedelta(days=120)
    told = [
        e
        for e in desk.world.timeline.of(Call)
        if e.kind == "voice" and since < e.at < handset.taken and handset.phone in (e.caller, e.called_number)
    ]
    rows = []
    for n, e in enumerate(sorted(told, key=_order)):
        out = e.caller == handset.phone
        other = "+" + (e.called if out else _international(e.caller))
        rows.append(
            [
                str(n + 1),
                other,
                _zoned(e.at),
                "Outgoing" if out else "Incoming",
                f"{e.seconds // 3600:02d}:{e.seconds // 60 % 60:02d}:{e.seconds % 60:02d}",
                "Established",
                "Voice",
                "",
                "",
                "Phone",
                "",
            ]
        )
    return rows


def _handle(e: Contact) -> str:
    return f"{e.name.lower().replace(' ', '')}{e.phone % 97}"


def _contact_rows(desk: Desk, handset: Handset) -> tuple[list[list[str]], list[int]]:
    told = [e for e in desk.world.timeline.of(Contact) if e.handset == handset.number]
    rows = [
        [
            str(n + 1),
            e.name,
            f"Phone-Mobile: +{_international(e.phone)}\nUser ID-Username: {_handle(e)}",
            e.app,
            "",
            "",
            "",
        ]
        for n, e in enumerate(told)
    ]
    return rows, [e.person for e in told]


def handset(desk: Desk, taken: Handset) -> Table:
    """The download of one handset, with what was agreed about it."""
    contacts, people = _contact_rows(desk, taken)
    serial = desk.world.handset_of.get(taken.phone, 90_000 + taken.number)
    info = [
        ["1", "Device Model", "Fictional Phone 12", ""],
        ["2", "IMEI", numbers.imei(serial), ""],
        ["3", "ICCID", numbers.iccid(taken.phone), ""],
        ["4", "MSISDN", f"+{_international(taken.phone)}", ""],
        ["5", "Owner", desk.world.name(taken.owner), ""],
        ["6", "Extraction date/time", _zoned(taken.taken), ""],
    ]
    folder = FOLDERS[taken.force]
    extra = {
        "operation": OPERATION if taken.number % 3 else "Operation Saltings",
        "authority": taken.power,
        "power": taken.power,
        "agreed_scope": taken.scope,
        "owner": f"The user, a possible victim (handset {taken.number})",
        "expiry": EXPIRY,
        "privilege": "No legally privileged material identified",
    }
    delivery = Delivery(
        dataset=f"handset-{taken.number}",
        mapping="phone-download",
        supplier=taken.force,
        path=f"{folder}/handset_{taken.number}.xlsx",
        title=f"Handset {taken.number} of a possible victim",
        binding="operation",
        extra=extra,
    )
    keys = ["Device Info|Owner", *(f"Contacts|{row[0]}" for row in contacts)]
    return Table(
        delivery=delivery,
        columns={"key": np.array(keys, dtype=object)},
        week=np.full(len(keys), 1 if taken.taken < CUT else 2, dtype=np.int64),
        people={"owner": np.array([taken.owner] + [-1] * len(people)), "contact": np.array([-1, *people])},
        sheets={
            "Device Info": info,
            "Contacts": contacts,
            "Calls": _call_rows(desk, taken),
            "Chats": _chat_rows(desk, taken),
        },
    )


def files(desk: Desk) -> list[Table]:
    """Write call data, subscribers and every handset."""
    return [
        calls_a(desk),
        calls_b(desk),
        subscribers(desk),
        *(handset(desk, taken) for taken in desk.world.timeline.of(Handset)),
    ]
