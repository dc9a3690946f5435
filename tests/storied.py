"""A small unit with one woman whom three forces hold, a child, a shared number, and what binds them, for tests of pages."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from seats import NOW, seated, stock
from small_world import SmallWorld, phone
from toex.work.judgements.seat import UnitSeat
from toex.work.staff.models import Person

People = dict[str, Person]
DATASETS = ["13-nominals", "14-nominals", "13-intel", "13-missing", "42-nominals"]
BORN = date(1985, 1, 2)


class Story(SmallWorld):
    """Ana Restov by three forces, one of which has another birthday; Joana, a child; a number that both give."""

    def __init__(self) -> None:
        super().__init__()
        ana = {
            "dob": BORN,
            "sex": "2",
            "phone": phone(1),
            "address": "1 Elm Street, Leeds",
            "address_key": "1 ELM|LS1 4AP",
            "postcode": "LS1 4AP",
        }
        self.one = self.person("13-nominals", "N1", "Ana", "Restov", 1, subject=4, **_row(2), **ana)
        self.two = self.person(
            "14-nominals", "S1", "Ana", "Restova", 1, subject=1, **_row(3), **ana | {"dob": date(1985, 1, 20)}
        )
        self.three = self.person("42-nominals", "X1", "Anna", "Restov", **_row(4), **ana)
        self.child = self.person("13-missing", "M1", "Joana", "Quillane", 1, dob=date(2014, 5, 5), subject=4, **_row(5))
        self.other = self.person("14-nominals", "S2", "Tom", "Carrow", 2, subject=1, dob=BORN, **_row(6))
        self.secret = self.person("14-nominals", "S3", "Zelda", "Hidden", 1, dob=BORN, **_row(7))
        self.record[self.secret]["compartment"] = "kestrel"
        for row in self.rows["identifier"]:
            if row["record_id"] == self.secret:
                row["compartment"] = "kestrel"
        self.episode = self.event(
            "13-missing", "M1", "missing", NOW - timedelta(days=40), finish=NOW - timedelta(days=39), summary="Found at the flat",
            **_row(5),
        )  # fmt: skip
        self.link("missing", self.child, self.episode, ("person", "event"))
        self.report = self.add(
            "text", "13-intel", "IR1", "text", kind="intelligence", reference="IR/1", origin="IR/1",
            written=NOW - timedelta(days=3),
            text="Ana Restov collects wages from three workers each Friday.", source_grade="2", info_grade="B", **_row(9),
        )  # fmt: skip
        self.link("subject", self.one, self.report, ("person", "text"))
        self.link("associate", self.other, self.one, ("person", "person"))
        self.same(self.one, self.two)
        self.same(self.two, self.three)
        self.number = phone(1)


def _row(number: int) -> dict[str, Any]:
    return {"receipt": "r1", "row": number, "reported": datetime(2026, 8, number, 9, tzinfo=NOW.tzinfo)}


def storied(unit: Path, people: People) -> tuple[Story, UnitSeat]:
    """Put the story into a unit and seat the analyst before it; the compartment's row is loaded and shown to nobody."""
    story = Story()
    stock(unit, dict(story.rows))
    return story, seated(people, DATASETS)
