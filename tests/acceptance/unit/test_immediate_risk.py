"""The interrupt: 02:10 on a Sunday, by voice, day and night; and what may be read at once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from acceptance.unit.journey import AT, DAY, HOUR, People, look, organisation, stock
from toex.work.access import actions as access
from toex.work.access.models import Grant
from toex.work.audit.models import Entry
from toex.work.errors import Incomplete, NotAllowed, NotThere
from toex.work.tasking import actions, queries
from toex.work.tasking.actions.risks import Told
from toex.work.tasking.models import ImmediateRisk

NIGHT = datetime(2026, 9, 13, 1, 10, tzinfo=UTC)  # 02:10 in London
MINUTE = timedelta(minutes=1)


@pytest.fixture
def on_call(people: People, tmp_path: Path) -> People:
    """Data are held, and the analyst has the duty of being on call this week: asked for, approved by the inspector."""
    folder = tmp_path / "in"
    folder.mkdir()
    stock(people, folder)
    duty = access.ask(
        kind="duty", duty="on_call", purpose="On call, week 37.", people=[people["analyst"]], ends=AT + 7 * DAY,
        by=people["analyst"], at=AT,
    )  # fmt: skip
    access.approve(grant=duty, by=people["manager"], at=AT)
    return people


def raised(people: People) -> ImmediateRisk:
    return actions.raise_risk(
        kind="child_at_risk", words="A girl of 14 is to be moved tonight.", force=organisation("13"),
        by=people["analyst"], at=NIGHT,
    )  # fmt: skip


def opened(people: People, who: str = "analyst") -> Grant:
    return access.ask(
        kind="immediate_risk", purpose="Where is she, and with whom?", people=[people["analyst"]], ends=NIGHT + DAY,
        by=people[who], at=NIGHT + MINUTE,
    )  # fmt: skip


def colour(people: People, who: str, at: datetime) -> str:
    return queries.open_risks(by=people[who], at=at)[0].colour


def test_at_ten_past_two_on_a_sunday_a_risk_goes_by_voice_and_is_red_until_read_back(on_call: People) -> None:
    """ "All of our teams work Monday to Friday but will try to be as flexible as possible to meet your needs." """
    people, risk = on_call, raised(on_call)
    assert NIGHT.weekday() == 6
    sergeant = Told(
        "Will Garth", organisation("13"), NIGHT + 3 * MINUTE, by_voice=True, read_back=False, account=people["duty"]
    )
    with pytest.raises(Incomplete):
        actions.hand_over(risk=risk, told=sergeant, by=people["analyst"], at=NIGHT + 4 * MINUTE)
    actions.note_call(risk=risk, told=sergeant, by=people["analyst"], at=NIGHT + 4 * MINUTE)
    assert {colour(people, who, NIGHT + 5 * MINUTE) for who in ("analyst", "manager", "duty")} == {"red"}

    back = Told("Will Garth", organisation("13"), NIGHT + 6 * MINUTE, True, True, people["duty"])
    actions.hand_over(risk=risk, told=back, by=people["analyst"], at=NIGHT + 7 * MINUTE)
    risk.refresh_from_db()
    assert (risk.handed_over, risk.owner) == (NIGHT + 6 * MINUTE, "")  # told is not taken: rule 3
    assert colour(people, "manager", NIGHT + 8 * MINUTE) == "amber"
    actions.accept_risk(risk=risk, by=people["duty"], at=NIGHT + 9 * MINUTE)
    risk.refresh_from_db()
    assert (risk.owner, risk.owner_account) == ("Will Garth", people["duty"])

    [row] = queries.open_risks(by=people["manager"], at=NIGHT + 5 * HOUR)
    assert row.review_late  # four hours on the wall clock, Sunday or not
    with pytest.raises(NotAllowed):
        actions.review(risk=risk, words="I looked myself.", by=people["analyst"], at=NIGHT + 5 * HOUR)
    actions.review(risk=risk, words="Told, taken, found safe.", by=people["manager"], at=NIGHT + 5 * HOUR)
    assert queries.open_risks(by=people["manager"], at=NIGHT + 5 * HOUR) == []


def test_toex_hands_the_risk_over_and_never_holds_it(on_call: People) -> None:
    """ "Support for the correct ownership of the threat" """
    risk = raised(on_call)
    ours = Told("Ruth Ansel", organisation("13"), NIGHT + MINUTE, True, True, on_call["manager"])
    with pytest.raises(NotAllowed):
        actions.hand_over(risk=risk, told=ours, by=on_call["analyst"], at=NIGHT + MINUTE)
    with pytest.raises(NotAllowed):
        actions.raise_risk(
            kind="threat_to_life", words="Ours.", force=organisation("YHROCU"), by=on_call["analyst"], at=NIGHT
        )
    with pytest.raises(NotThere):  # another region's team knows nothing of it
        actions.review(risk=risk, words="All well.", by=on_call["manager2"], at=NIGHT + HOUR)


def test_who_is_on_call_reads_at_once_and_no_longer_unless_another_approves_within_hours(on_call: People) -> None:
    """ "Develop intelligence to identify threat, risk, harm against victims, and opportunity against offenders." """
    people, grant = on_call, opened(on_call)
    analyst = people["analyst"]
    assert look(analyst, grant, NIGHT + 2 * MINUTE).found == 4
    assert Entry.objects.filter(what="search", by="analyst", grant=grant.pk).count() == 1
    with pytest.raises(NotAllowed):  # nobody approves what they asked for and hold
        access.approve(grant=grant, by=analyst, at=NIGHT + 3 * MINUTE)
    assert look(analyst, grant, NIGHT + 4 * HOUR).found == 4
    with pytest.raises(NotThere):
        look(analyst, grant, NIGHT + 4 * HOUR + MINUTE)
    with pytest.raises(NotAllowed):  # and then it is too late to approve
        access.approve(grant=grant, by=people["manager"], at=NIGHT + 4 * HOUR + MINUTE)


def test_approved_in_time_it_lasts_until_its_end(on_call: People) -> None:
    """ "Disruption activity against perpetrators of organised exploitation and the protection of those they exploit." """
    grant = opened(on_call)
    access.approve(grant=grant, by=on_call["manager"], at=NIGHT + 3 * HOUR)
    assert look(on_call["analyst"], grant, NIGHT + DAY - MINUTE).found == 4
    with pytest.raises(NotThere):
        look(on_call["analyst"], grant, NIGHT + DAY)


def test_nobody_else_opens_one_on_their_own_word(on_call: People) -> None:
    """ "dedicated intelligence and analytical expertise" """
    for who in ("researcher", "senior", "requester", "admin"):
        with pytest.raises(NotAllowed):
            opened(on_call, who)
    assert look(on_call["analyst"], opened(on_call, "manager"), NIGHT + 2 * MINUTE).found == 4
