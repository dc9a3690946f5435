"""What other bodies hold: a bank, an employer, a council, a charity that reads adverts, the referral mechanism."""

from datetime import datetime, timedelta

from toex.synthetic import numbers
from toex.synthetic.files import Desk, local, numbers_of
from toex.synthetic.files.communications import EXPIRY, OPERATION
from toex.synthetic.lives import Account, Advert, Payment, Referral, Tenancy, Work
from toex.synthetic.tables import Delivery, Table, table
from toex.synthetic.world import CUT

DAY = "%d/%m/%Y"
ORDER = {"operation": OPERATION, "authority": "Production order 26/0188", "expiry": EXPIRY}
SETTLED = CUT - timedelta(days=10)


def accounts(desk: Desk) -> Table:
    """Accounts and their holders."""
    told = desk.world.timeline.of(Account)
    it = desk.claims([e.holder for e in told], care=0.5)
    names, days, homes = it.names("{f} {m} {s}"), it.dates("%Y-%m-%d"), it.homes()
    rows = [
        [
            f"AC{e.number:07d}",
            e.sort_code,
            e.digits,
            names[n],
            days[n],
            homes[n],
            it.postcode[n],
            it.phone_text[n],
            "",
            e.opened.isoformat(),
            "",
            e.kind,
        ]
        for n, e in enumerate(told)
    ]
    delivery = Delivery(
        dataset="bank-accounts",
        mapping="bank-accounts",
        supplier="BANK",
        path="bank/accounts.csv",
        title="Bank accounts and holders",
        binding="operation",
        extra=ORDER,
    )
    return table(delivery, rows, times=[SETTLED] * len(told), people={"holder": it.who})


def transactions(desk: Desk) -> Table:
    """Transactions of those accounts: a payment between two of them stands on both, with running balances."""
    held = {e.number: e for e in desk.world.timeline.of(Account)}
    names = {number: desk.world.name(e.holder).upper() for number, e in held.items()}
    balances = dict.fromkeys(held, 25_000)
    rows: list[list[str]] = []
    times = []
    for e in sorted(desk.world.timeline.of(Payment), key=lambda p: (p.at, p.payer, p.payee)):
        for mine, other, sign in ((e.payer, e.payee, -1), (e.payee, e.payer, 1)):
            if mine not in held:
                continue
            balances[mine] += sign * e.pence
            rows.append(
                _transaction(
                    e,
                    held[mine],
                    other=held.get(other),
                    name=names.get(other, e.elsewhere),
                    sign=sign,
                    number=len(rows),
                    balance=balances[mine],
                )
            )
            times.append(e.at)
    delivery = Delivery(
        dataset="bank-transactions",
        mapping="bank-transactions",
        supplier="BANK",
        path="bank/transactions.csv",
        title="Bank transactions",
        binding="operation",
        extra=ORDER,
    )
    return table(delivery, rows, times=times)


def _transaction(
    e: Payment, mine: Account, *, other: Account | None, name: str, sign: int, number: int, balance: int
) -> list[str]:
    at, amount = local(e.at), f"{e.pence / 100:.2f}"
    place = e.elsewhere if e.kind in ("ATM", "CASH") else ""
    return [
        f"TX{number:08d}",
        f"AC{mine.number:07d}",
        mine.sort_code,
        mine.digits,
        at.strftime("%Y-%m-%d"),
        at.strftime("%H:%M"),
        e.kind,
        name,
        e.reference,
        amount if sign > 0 else "",
        amount if sign < 0 else "",
        f"{balance / 100:.2f}",
        name if other else "",
        other.sort_code if other else "",
        other.digits if other else "",
        place,
    ]


def payroll(desk: Desk) -> Table:
    """A payroll, one row a worker, with the account that the wage goes to."""
    told = desk.world.timeline.of(Work)
    it = desk.claims([e.person for e in told], care=0.7)
    days, homes = it.dates(DAY), it.homes()
    held = {e.number: e for e in desk.world.timeline.of(Account)}
    dice = desk.world.dice
    rows = []
    for n, e in enumerate(told):
        account = held.get(e.account) or Account(number=e.account, holder=e.person, opened=e.start)
        address = (e.address.text, e.address.postcode) if e.address else (homes[n], it.postcode[n])
        rows.append(
            [
                f"E{n:06d}",
                it.surname[n],
                it.forename[n],
                days[n],
                numbers.ni_number(dice),
                e.start.strftime(DAY),
                e.leave.strftime(DAY) if e.leave else "",
                e.job,
                e.site,
                e.agency,
                *address,
                numbers.spell_mobile(e.phone, n),
                account.sort_code,
                account.digits,
                desk.world.name(e.person),
                f"{e.pence / 100:.2f}",
            ]
        )
    delivery = Delivery(
        dataset="payroll",
        mapping="payroll",
        supplier="EMPLOYER",
        path="employer/payroll.xlsx",
        title="Payroll of three sites",
        binding="operation",
        extra={**ORDER, "authority": "Request to employer 26/031"},
    )
    times = [datetime(e.start.year, e.start.month, e.start.day) for e in told]
    return table(delivery, rows, times=times, people={"worker": it.who})


def tenancies(desk: Desk) -> Table:
    """Lets that the council knows of."""
    told = desk.world.timeline.of(Tenancy)
    tenants, landlords = (
        desk.claims([e.tenant for e in told], care=0.6),
        desk.claims([e.landlord for e in told], care=0.6),
    )
    names, days, owners = tenants.names("{f} {s}"), tenants.dates(DAY), landlords.names("{f} {s}")
    rows = [
        [
            f"CT/{n:06d}",
            e.place.text,
            e.place.postcode,
            names[n],
            days[n],
            tenants.phone_text[n],
            e.company or owners[n],
            numbers.spell_mobile(e.landlord_phone, n) if e.landlord_phone >= 0 else "",
            e.licence,
            "; ".join(desk.world.name(p) for p in e.occupants),
            e.start.strftime(DAY),
            e.until.strftime(DAY) if e.until else "",
            e.note,
        ]
        for n, e in enumerate(told)
    ]
    delivery = Delivery(
        dataset="council-tenancies",
        mapping="tenancies",
        supplier="COUNCIL",
        path="council/tenancies.csv",
        title="Tenancies and licences",
    )
    return table(delivery, rows, times=[SETTLED] * len(told), people={"tenant": tenants.who, "landlord": landlords.who})


def adverts(desk: Desk) -> Table:
    """Adverts for adult services, with the telephone and the working name."""
    told = sorted(desk.world.timeline.of(Advert), key=lambda e: (e.at, e.person))
    rows = [
        [
            f"AD{n:06d}",
            f"adsite-{n % 2 + 1}.example",
            local(e.at).strftime("%Y-%m-%dT%H:%M:%S"),
            e.town,
            e.area,
            numbers.spell_mobile(e.phone, n),
            e.name,
            str(e.age),
            e.nationality,
            str(e.price),
            f"{e.name} {e.town}",
            e.body,
            e.image,
            "",
        ]
        for n, e in enumerate(told)
    ]
    delivery = Delivery(
        dataset="adverts",
        mapping="adverts",
        supplier="CHARITY",
        path="charity/adverts.csv",
        title="Adverts for adult services",
    )
    return table(
        delivery, rows, times=[e.at for e in told], people={"advertised": numbers_of([e.person for e in told])}
    )


def referrals(desk: Desk) -> Table:
    """Referrals to the national referral mechanism."""
    told = sorted(desk.world.timeline.of(Referral), key=lambda e: e.at)
    it = desk.claims([e.person for e in told], care=0.7)
    forenames, days, sexes = it.names("{f} {m}"), it.dates(DAY), it.sexes(("Unknown", "Male", "Female"))
    rows = [
        [
            f"NRM26{n:05d}",
            local(e.at).strftime(DAY),
            e.responder,
            it.surname[n],
            forenames[n],
            days[n],
            "Child" if desk.world.people.age(e.person) < 18 else "Adult",
            sexes[n],
            desk.world.people.nationality[e.person],
            e.kind,
            "Y" if e.county_lines else "N",
            e.place.town,
            e.place.postcode,
            e.place.force,
            it.phone_text[n],
            "Positive" if n % 4 else "Pending",
            local(e.at + timedelta(days=5)).strftime(DAY) if n % 4 else "",
            "Pending",
        ]
        for n, e in enumerate(told)
    ]
    delivery = Delivery(
        dataset="nrm-referrals",
        mapping="nrm",
        supplier="91",
        path="national/nrm.csv",
        title="Referrals to the national referral mechanism",
    )
    return table(delivery, rows, times=[e.at for e in told], people={"person": it.who})


def files(desk: Desk) -> list[Table]:
    """Write everything that other bodies deliver."""
    return [accounts(desk), transactions(desk), payroll(desk), tenancies(desk), adverts(desk), referrals(desk)]
