"""Products along their road in a small unit, for every test that needs one: each walked there by the acts themselves."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from seats import NOW, STAFF, stock
from small_world import SmallWorld, furnish
from toex.picture import Known
from toex.wiring.kinds import kinds
from toex.work.access.models import Grant
from toex.work.jobs.models import Job
from toex.work.jobs.worker import Worker
from toex.work.judgements.actions import rule
from toex.work.judgements.seat import UnitSeat
from toex.work.products import actions, queries
from toex.work.products.content import Said
from toex.work.products.models import Section, Sentence, Version
from toex.work.staff.models import Organisation, Person
from toex.work.tasking.models import RequestForm
from unit_work import adopted, operation_grant

People = dict[str, Person]
TITLE = "The line into two towns"
DATASETS = ("13-nominals", "14-nominals", "42-stops", "13-missing", "13-intel", "14-intel", "adverts", "telco", "bank")
SEATED = (*STAFF, "senior")
MINUTE = timedelta(minutes=1)


def furnished(choose: Any = None) -> SmallWorld:
    """The small world; its first two people share an identifier with their second records, so that nothing waits there."""
    return furnish(SmallWorld(choose) if choose else SmallWorld())


class Shop:
    """A unit with a small world in it, an operation, its grant, and a clock that goes on by a minute at every act."""

    def __init__(self, home: Path, people: People, *, world: SmallWorld | None = None) -> None:
        self.people, self.turn = people, 0
        self.world = world or furnished()
        self.store = stock(home, {name: held for name, held in self.world.rows.items() if held})
        self.operation = adopted(people, SEATED, DATASETS)
        RequestForm.objects.create(
            request=self.operation.request, sio_name="Mark Denby", sio_rank="DCI", threat_areas=["CL"],
            risk_owner="Dana Pryce", risk_owner_rank="Supt", risk_owner_at_id="13",
        )  # fmt: skip
        self.grant: Grant = operation_grant(people, self.operation)

    def at(self) -> Any:
        self.turn += 1
        return NOW + self.turn * MINUTE

    def seat(self, who: str = "analyst") -> UnitSeat:
        return UnitSeat(self.people[who], self.grant, self.at())

    def do(self, act: Any, who: str = "analyst", /, **said: Any) -> Any:
        """Let somebody act from their own seat, now."""
        seat = said.pop("seat", None) or self.seat(who)
        return act(seat=seat, by=seat.person, at=seat.at, **said)

    def work(self) -> None:
        """A worker carries out whatever waits."""
        worker = Worker(kinds(), "a worker", self.at)
        while worker.run_once():
            pass

    def begun(self, who: str = "analyst", kind: str = "intelligence_package", points: Sequence[Known] = ()) -> Version:
        around = points or (Known("phone", "07700900004"), Known("record", self.person(4)))
        version: Version = self.do(actions.begin, who, kind=kind, title=TITLE, points=around)
        return version

    def drafted(self, who: str = "analyst") -> Version:
        version = self.begun(who)
        self.work()
        assert [job.note for job in Job.objects.filter(kind=actions.DRAW).exclude(state="done")] == []
        return self.fresh(version)

    def fresh(self, version: Version) -> Version:
        return Version.objects.select_related("product", "drafted_by").get(pk=version.pk)

    def person(self, number: int) -> str:
        """The record of one of the world's people."""
        made = [r["record_id"] for r in self.world.rows["person"] if r["source_key"] == f"N{number}"]
        return str(made[0])

    def section(self, version: Version, part: str, person: str = "") -> Section:
        found = version.sections.filter(part=part, struck=None, **({"person": person} if person else {})).first()
        assert found is not None
        return found

    def sentence(self, version: Version, part: str = "summary") -> Sentence:
        found = Sentence.objects.filter(section__version=version, section__part=part, struck=None).first()
        assert found is not None
        return found

    def judged(self, version: Version) -> Sentence:
        said = Said(
            "The older man holds the line.", "assessment", (self.person(4),), likelihood="likely", confidence="moderate"
        )
        made: Sentence = self.do(actions.add, section=self.section(version, "judgements"), said=said)
        return made

    def ruled(self, version: Version) -> int:
        """Somebody rules on every join that the version waits for; how many."""
        waiting = self.open_joins(version)
        for one in waiting:
            seat = self.seat("researcher")
            rule(
                seat=seat, record_id=one.record_id, other_id=one.other_id, ruling="same", reason="Looked at both.",
                by=seat.person, at=seat.at, explicit=("child-and-adult", "victim-and-suspect"),
            )  # fmt: skip
        self.work()
        return len(waiting)

    def open_joins(self, version: Version) -> Sequence[Any]:
        from toex.work.products.checking import resting

        seat = self.seat("senior")
        return resting(queries.kept(self.fresh(version)), seat, seat.standing()).open

    def submitted(self) -> Version:
        version = self.drafted()
        self.judged(version)
        self.do(actions.submit, version=version)
        return version

    def assured(self) -> Version:
        version = self.submitted()
        self.ruled(version)
        self.do(actions.assure, "senior", version=version)
        return self.fresh(version)

    def assured_with(self, *, edits: bool) -> Version:
        """Assured after somebody struck the first sentence of the summary."""
        version = self.drafted()
        self.judged(version)
        if edits:
            self.do(actions.strike, sentence=self.sentence(version), reason="Said twice.")
        self.do(actions.submit, version=version)
        self.ruled(version)
        self.do(actions.assure, "senior", version=version)
        return self.fresh(version)

    def recipient(self, version: Version, name: str = "Mark Denby") -> Any:
        return self.do(
            actions.address, version=version, name=name, post="SIO", organisation=Organisation.objects.get(code="13"),
            purpose="The investigation", conditions="Not to be shown in interview.",
        )  # fmt: skip

    def disseminated(self) -> Version:
        version = self.assured()
        recipient = self.recipient(version)
        self.do(actions.issue, "senior", version=version)
        self.do(actions.disseminate, "senior", recipient=recipient, how="secure email", sent=self.at())
        return self.fresh(version)
