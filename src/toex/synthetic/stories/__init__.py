"""The stories of the world: five kinds of exploitation, and the innocent lives that look like them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Network:
    """What a told story leaves for the request: its group, kind and force, and what the force knows at the start."""

    group: str
    kind: str
    force: str
    known_person: int
    known_phone: int
    known_vrm: str
