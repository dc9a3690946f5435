"""The registers of delivered files, one a week, and the request of a fictional force."""

from pathlib import Path

from toex.synthetic.files import References
from toex.synthetic.numbers import mobile
from toex.synthetic.places import FORCE_NAMES
from toex.synthetic.stories import Network
from toex.synthetic.tables import Delivery, Table

RECEIVED = {1: "2026-09-07T07:30:00+01:00", 2: "2026-09-14T07:30:00+01:00"}
MERGER = "2026-09-10"
BODIES = (
    ("TELCO-A", "Northfold Mobile", "operator"),
    ("TELCO-B", "Tansley Telecom", "operator"),
    ("BANK", "Marlow and Eskmoor Bank", "bank"),
    ("EMPLOYER", "Fernacre Foods", "employer"),
    ("COUNCIL", "Borough of Larkmere", "local authority"),
    ("CHARITY", "Harbourgate Trust", "third sector"),
    ("DVLA", "Driver and Vehicle Licensing Agency", "agency"),
    ("HMPPS", "HM Prison and Probation Service", "agency"),
    ("NAS", "National ANPR Service", "national service"),
)
BASIS = {
    "standing": "Data Protection Act 2018 s.35(2)(b): law enforcement purpose",
    "operation": "Data Protection Act 2018 s.35(2)(b): for the named operation only",
}


def quoted(text: str) -> str:
    """Write a TOML string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _fields(delivery: Delivery, week: int) -> dict[str, str]:
    later = week == 2 and "week2_supplier" in delivery.extra
    return {
        "file": delivery.path,
        "dataset": delivery.dataset,
        "mapping": delivery.mapping,
        "supplier": delivery.extra["week2_supplier"] if later else delivery.supplier,
        "title": delivery.title,
        "lawful_basis": BASIS[delivery.binding],
        "agreement": f"ISA/2026/{delivery.supplier}",
        "marking": "OFFICIAL-SENSITIVE",
        "retention_group": "3",
        "review_date": "2032-09-07",
        "binding": delivery.binding,
        "received": RECEIVED[week],
        **{name: value for name, value in delivery.extra.items() if name != "week2_supplier"},
    }


def _organisations(week: int) -> list[str]:
    blocks = [
        f"[[organisation]]\ncode = {quoted(code)}\nname = {quoted(name)}\nkind = {quoted(kind)}\n"
        for code, name, kind in BODIES
    ]
    if week == 2:
        blocks.append(
            '[[organisation]]\ncode = "P1"\nname = "Ridings Police (fictional merger)"\nkind = "force"\n'
            f'predecessors = ["13", "14"]\nvalid_from = "{MERGER}"\n'
        )
    return blocks


def register(folder: Path, *, made: list[Table], week: int) -> None:
    """Write the register of one week's files."""
    blocks = _organisations(week)
    for one in made:
        lines = [f"{name} = {quoted(value)}" for name, value in _fields(one.delivery, week).items()]
        blocks.append("[[delivery]]\n" + "\n".join(lines) + "\n")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "deliveries.toml").write_text("\n".join(blocks), encoding="utf-8")


QUESTIONS = (
    "Who holds the line, and which numbers has it used?",
    "Who is at risk, and which of them are children?",
    "Which vehicles and roads are used, and who travels?",
    "Who stands above the people whom we know, here and abroad?",
)
OBJECTIVES = (
    "Safeguard every child and adult who is exploited",
    "Identify those who control the group and its money",
    "Find links to other forces and to prisons",
)


def _subjects(network: Network, refs: References) -> list[str]:
    nominal = refs.of(network.force, network.known_person)
    return [
        f'[[subject]]\nkind = "nominal"\nvalue = {quoted(nominal)}\nsupplier = {quoted(network.force)}\n',
        f'[[subject]]\nkind = "phone"\nvalue = {quoted(mobile(network.known_phone))}\n',
        f'[[subject]]\nkind = "vrm"\nvalue = {quoted(network.known_vrm)}\n',
    ]


def request(path: Path, *, network: Network, other: Network, refs: References) -> None:
    """Write what the requesting force knows at the start: three things of one network, one thing of another."""
    blocks = [
        'operation = "Operation Larkmere"',
        f"requesting_force = {quoted(network.force)}",
        f"requesting_force_name = {quoted(FORCE_NAMES[network.force])}",
        'sio_role = "Detective Chief Inspector, Serious and Organised Crime"',
        'oca_consulted = "2026-08-28"',
        'threat_areas = ["county lines", "modern slavery and human trafficking"]',
        'background = "Children from the force are found in another force with drugs and cash; one number recurs."',
        "objectives = [" + ", ".join(quoted(text) for text in OBJECTIVES) + "]",
        "questions = [" + ", ".join(quoted(text) for text in QUESTIONS) + "]",
        "",
        *_subjects(network, refs),
        f'[[subject]]\nkind = "phone"\nvalue = {quoted(mobile(other.known_phone))}\n',
    ]
    path.write_text("\n".join(blocks), encoding="utf-8")
