"""An entry of the log in plain words: what was done, to what, with what outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from toex.reference import load
from toex.work.audit.queries import Logged

# What each act is called where its own name would not be read at once; the rest is told by its name.
WORDS: Mapping[str, str] = {
    "search": "Searched", "wash": "Looked up a list", "show": "Opened a record", "record": "Opened a record",
    "subject": "Opened a subject", "tally": "Counted what the desk shows",
    "explain": "Looked at why two records are one, or may be",
    "why joined": "Looked at why records are one", "judge": "Ruled on a match", "changed": "Looked at what changed",
    "find a thing": "Opened a number, vehicle or place", "evaluate": "Measured how records were joined",
    "intelligence package": "Made a package", "subject profile": "Made a subject profile",
    "entities": "Gave out who is one with whom",
    "export grid": "Gave out a research grid", "conflate": "Joined records", "overlay": "Joined an operation's own records",
    "judgements.conflate": "Joined records, by machine", "judgements.overlay": "Joined an operation's own records, by machine",
    "judgements.apply": "Applied rulings to the joins", "judgements.rule": "Ruled on a match",
    "judgements.touch": "Looked at what a ruling would touch", "judgements.queue": "Opened the review queue",
    "access.view": "Tried to read under a grant", "access.ask": "Asked for a grant", "access.approve": "Approved a grant",
    "access.close": "Closed a grant", "access.add_holder": "Named a colleague to a grant",
    "access.drop_holder": "Let a holder of a grant go", "access.add_dataset": "Added a dataset to a grant",
    "access.open_operation": "Opened an operation's grant", "access.take_on": "Took a request on as an operation",
    "access.close_operation": "Closed an operation with its grants", "access.issue": "Made a token",
    "access.revoke": "Revoked a token", "access.read_log": "Read the log", "access.own_log": "Looked at their own log",
    "access.verify_log": "Verified the log", "access.pointers": "Asked whom to call", "access.counts": "Counted people",
    "web.refused": "Was refused a page or an act", "staff.log_in": "Logged in", "staff.set_password": "Set their password",
    "staff.enrol": "Gave somebody an account", "staff.give_role": "Gave somebody a role", "staff.end_role": "Ended somebody's role",
    "staff.retire": "Closed somebody's account", "staff.set_capacity": "Said how many hours somebody gives",
    "staff.found": "Took the organisations into a new home", "staff.set_code": "Changed an entry of a list",
    "staff.end_code": "Ended an entry of a list", "holdings.load": "Loaded a delivery", "holdings.settle": "Settled a delivery",
    "holdings.receive_file": "Received a delivered file", "holdings.register": "Registered a dataset",
    "jobs.enqueue": "Started background work", "jobs.cancel": "Stopped background work", "jobs.retry": "Started failed work again",
}  # fmt: skip
_FAILED = {"staff.log_in": "Failed to log in"}
_ABOUT = ("record", "other")
_THINGS = {
    "grant": "grant",
    "person": "person",
    "request": "request",
    "dataset": "dataset",
    "organisation": "organisation",
}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is read: by whom, when, what in words, which records, what else it names."""

    at: datetime
    by: str
    username: str
    organisation: str
    behalf: str
    act: str
    said: str
    records: tuple[str, ...]
    things: tuple[str, ...]
    facts: tuple[str, ...]
    grant: int | None
    operation: str
    compartment: str
    reason: str
    refused: bool


def lines(entries: Sequence[Logged], names: Mapping[str, str], people: Mapping[int, str]) -> list[Line]:
    """Write entries in words; `names` are people's by log-in, `people` by number."""
    words = load("log_words")
    return [_line(e, names, people, words.label(e.act)) for e in entries]


def _line(e: Logged, names: Mapping[str, str], people: Mapping[int, str], act: str) -> Line:
    refused = e.outcome == "refused"
    return Line(
        e.at, names.get(e.by, e.by), e.by, e.organisation, e.behalf, act, told(e.what, refused=refused), _records(e),
        tuple(_things(e, people)), tuple(_facts(e)), e.grant, e.operation, e.compartment, e.reason, refused,
    )  # fmt: skip


def told(what: str, *, refused: bool = False) -> str:
    """Write what was done in words."""
    if refused and what in _FAILED:
        return _FAILED[what]
    if what in WORDS:
        return WORDS[what]
    room, _, name = what.rpartition(".")
    said = name.replace("_", " ").replace("-", " ")
    return f"{room.capitalize()}: {said}" if room else said[:1].upper() + said[1:]


def _records(e: Logged) -> tuple[str, ...]:
    named = [str(e.facts[key]) for key in _ABOUT if e.facts.get(key)]
    named += [one.rpartition(":")[2] for one in e.objects if ":record:" in one]
    return tuple(dict.fromkeys(named))


def _things(e: Logged, people: Mapping[int, str]) -> list[str]:
    told = []
    for one in e.objects:
        _, kind, number = (*one.split(":", 2), "", "")[:3]
        if kind == "record" or kind not in _THINGS:
            continue
        named = people.get(int(number), number) if kind == "person" and number.isdigit() else number
        told.append(named if kind == "person" else f"{_THINGS[kind]} {named}")
    return told


def _facts(e: Logged) -> list[str]:
    """Counts that help; digests say nothing to a reader."""
    said = {"found": "{} found", "lines": "{} lines", "records": "{} records", "rows": "{} rows", "people": "{} people",
            "elements": "{} elements", "version": "version {}", "ruling": "ruled {}", "purpose": "purpose: {}"}  # fmt: skip
    told = [form.format(_plain(e.facts[name])) for name, form in said.items() if name in e.facts]
    return [*told, "under break-glass"] if e.facts.get("break_glass") else told


def _plain(value: object) -> str:
    return str(value).replace("_", " ")


def numbers_of(entries: Sequence[Logged]) -> set[int]:
    """Name the people that entries point at, by number."""
    named = (one.split(":") for e in entries for one in e.objects if one.startswith("staff:person:"))
    return {int(parts[2]) for parts in named if parts[2].isdigit()}
