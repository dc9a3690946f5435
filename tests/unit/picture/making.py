"""Small made-up networks, people and entries for the tests of composing."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from toex.analysis import Connection, Entry, Network, Node, Prompt
from toex.picture.cast import Cast, cast_of
from toex.reference import load

START = datetime(2026, 5, 1, 9, tzinfo=UTC)
TODAY = date(2026, 8, 1)


def node(key: str, **given: Any) -> Node:
    kind = key.partition(":")[0] if ":" in key else "person"
    label = key.partition(":")[2] if ":" in key else f"Person {key}"
    facts: dict[str, Any] = {
        "label": label,
        "record_ids": (f"{key}-1",),
        "suppliers": ("06",),
        "born": date(1990, 1, 1),
    }
    return Node(key, kind, **(facts | given))


def tie(a: str, b: str, *kinds: str, sources: int = 1, contacts: int = 0) -> Connection:
    return Connection(a, b, kinds or ("holder",), sources, contacts, (f"{a}~{b}",))


def network(nodes: list[Node], connections: list[Connection], *, seeds: tuple[str, ...] = (), **given: Any) -> Network:
    people = tuple(n.key for n in nodes if n.kind == "person")
    return Network("N-1", tuple(nodes), tuple(connections), people, (), seeds, **given)


def cast(net: Network, **given: Any) -> Cast:
    facts: dict[str, Any] = {"known_before": None, "refs": {}}
    return cast_of(net, (), today=TODAY, organisations=load("organisations"), **(facts | given))


def entry(key: str, hours: float, kind: str, sentence: str = "", **given: Any) -> Entry:
    at = START + timedelta(hours=hours)
    facts: dict[str, Any] = {
        "until": at, "via": "", "other": "", "place": "", "supplier": "06", "count": 1, "record_ids": (f"{kind}{hours}",),
    }  # fmt: skip
    return Entry(node=key, at=at, kind=kind, sentence=sentence, **(facts | given))


def prompt(code: str, key: str, sentence: str = "One thing happened.", **given: Any) -> Prompt:
    facts: dict[str, Any] = {"at": START, "until": START + timedelta(days=2), "record_ids": (f"{code}-{key}",)}
    return Prompt(code, key, sentence, "a source", **(facts | given))
