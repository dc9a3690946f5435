import gc
import itertools
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from people import START
from rows import person, table, tie
from toex.pole import Scope
from toex.work.access import sessions
from toex.work.access.asking import counts, pointers
from toex.work.access.counting import THRESHOLD, suppress
from toex.work.access.log import read_log
from toex.work.access.models import Token
from toex.work.access.sitting import Sitting
from toex.work.access.tokens import holder_of, issue, revoke, tokens_of
from toex.work.audit.models import Entry
from toex.work.errors import Incomplete, NotAllowed, NotThere
from unit_work import DAY, HOUR, People, adopted, dataset, fill, granted, operation_grant

NOW = START + HOUR


@pytest.fixture
def seated(people: People, unit: Path) -> Sitting:
    dataset("13-nominals")
    rows = [person(f"N{n}", dataset="13-nominals", supplier="13", name=f"A{n}") for n in range(7)]
    rows += [person(f"S{n}", dataset="14-nominals", supplier="14", name=f"B{n}") for n in range(3)]
    dataset("14-nominals")
    fill(
        unit,
        {"person": table("person", rows), "tie": table("tie", [tie(rows[0], rows[1])])},
        ["13-nominals", "14-nominals"],
    )
    grant = operation_grant(people, adopted(people))
    return Sitting(people["analyst"], grant, NOW)


# Views that are kept


def test_a_view_is_kept_for_the_same_scope_and_lent_to_one_at_a_time(seated: Sitting) -> None:
    sessions.let_go()
    with seated.view() as first, seated.view() as second:
        assert first._con is not second._con
        con = {id(first._con), id(second._con)}
    with seated.view() as third:
        assert id(third._con) in con
    assert sessions.let_go(seated.home) == 2


def test_a_view_that_was_given_back_shows_nothing(seated: Sitting) -> None:
    view = seated.view()
    view.close()
    view.close()
    with pytest.raises(AttributeError):
        view.query("SELECT * FROM person")


def test_a_view_of_another_scope_or_snapshot_is_another(seated: Sitting, unit: Path) -> None:
    sessions.let_go()
    scope = Scope("a", frozenset({"13-nominals"}))
    with sessions.lend(unit, scope) as one:
        con, number = id(one._con), one.snapshot.number
    with sessions.lend(unit, Scope("a", frozenset({"14-nominals"}))) as other:
        assert id(other._con) != con
        assert other.query("SELECT count(*) AS n FROM person")["n"].to_pylist() == [3]
    fill(unit, {"person": table("person", [person("N9", dataset="13-nominals")])}, ["13-nominals"])
    with sessions.lend(unit, scope) as newer:
        assert newer.snapshot.number == number + 1
        assert newer.query("SELECT count(*) AS n FROM person")["n"].to_pylist() == [8]
    assert sessions.let_go() == 1, "views of older snapshots were let go"


def test_a_view_that_failed_is_not_lent_again(seated: Sitting) -> None:
    sessions.let_go()
    with pytest.raises(ZeroDivisionError), seated.view():
        raise ZeroDivisionError
    assert sessions.let_go() == 0


def test_no_more_views_are_kept_than_fit(seated: Sitting, unit: Path) -> None:
    sessions.let_go()
    for n in range(sessions.MOST + 3):
        sessions.lend(unit, Scope(f"{n}", frozenset())).close()
    assert sessions.let_go() == sessions.MOST
    gc.collect()


# Counts


@pytest.mark.parametrize(
    "cells", [c for size in (1, 2, 3) for c in itertools.product([0, 1, 3, 4, 5, 6, 9, 12], repeat=size)]
)
def test_a_suppressed_count_cannot_be_told_from_the_others_the_total_and_the_rule(cells: tuple[int, ...]) -> None:
    """Whoever knows the rule and all that is shown finds at least two worlds for each cell that is left out."""
    named = {str(n): c for n, c in enumerate(cells)}
    told = suppress(named, total=sum(cells))
    assert all(c is None or c == 0 or c >= THRESHOLD for _, c in told.cells)
    out = [n for n, (_, c) in enumerate(told.cells) if c is None]
    if not out or told.total is None:
        return
    left = sum(cells[n] for n in out)
    possible: list[set[int]] = [set() for _ in out]
    for tried in itertools.product(range(1, left + 1), repeat=len(out) - 1):
        last = left - sum(tried)
        if last < 1:
            continue
        world = {**named, **{str(n): c for n, c in zip(out, (*tried, last), strict=True)}}
        if suppress(world, total=sum(cells)) == told:
            for place, c in enumerate((*tried, last)):
                possible[place].add(c)
    assert all(len(p) > 1 and min(p) < max(p) for p in possible)


def test_a_strategic_grant_counts_people_once_and_suppresses_small_counts(people: People, seated: Sitting) -> None:
    grant = granted(people, "strategic", "performance", ends=START + 9 * DAY)
    told = counts(Sitting(people["performance"], grant, NOW), by="supplier", at=NOW)
    assert dict(told.cells) == {"13": None, "14": None}
    assert told.total == 9
    with pytest.raises(Incomplete):
        counts(Sitting(people["performance"], grant, NOW), by="name", at=NOW)
    with pytest.raises(NotAllowed):
        counts(seated, by="supplier", at=NOW)


def test_pointers_say_whom_to_call_and_no_number(
    people: People, seated: Sitting, django_assert_max_num_queries: Any
) -> None:
    grant = granted(people, "duty", "gateway", duty="triage", datasets=["13-nominals"])
    with django_assert_max_num_queries(15):
        told = pointers(Sitting(people["gateway"], grant, NOW), "No Body", at=NOW)
    assert (told.held, told.suppliers) == (False, ())
    assert "No Body" not in Entry.objects.order_by("-number")[0].body
    with pytest.raises(NotAllowed):
        pointers(seated, "No Body", at=NOW)


# Tokens


def test_a_token_is_shown_once_and_kept_as_a_digest(seated: Sitting) -> None:
    text = issue(grant=seated.grant, label="notebook", ends=NOW + DAY, by=seated.person, at=NOW)
    assert len(bytes.fromhex(text.removeprefix("toex_"))) == 32
    kept = Token.objects.get()
    assert text not in str(vars(kept))
    assert tokens_of(seated.person) == [kept]
    assert holder_of(text, NOW) == (seated.person, seated.grant)
    kept.refresh_from_db()
    assert kept.last_used == NOW


@pytest.mark.parametrize("why", ["unknown", "ended", "revoked", "retired"])
def test_a_token_that_opens_nothing_is_refused_in_one_sentence(seated: Sitting, why: str) -> None:
    text = issue(grant=seated.grant, label="notebook", ends=NOW + DAY, by=seated.person, at=NOW)
    at, asked = NOW, text
    if why == "unknown":
        asked = "toex_" + "0" * 64
    elif why == "ended":
        at = NOW + DAY
    elif why == "revoked":
        revoke(token=Token.objects.get(), by=seated.person, at=NOW)
    else:
        seated.person.active = False
        seated.person.save()
    with pytest.raises(NotAllowed, match=r"^The token is not known, has ended or was revoked\.$"):
        holder_of(asked, at)


def test_a_token_is_for_oneself_within_a_grant_one_holds(people: People, seated: Sitting) -> None:
    with pytest.raises(NotThere):
        issue(grant=seated.grant, label="x", ends=NOW + DAY, by=people["researcher"], at=NOW)
    for ends in (NOW, NOW + 40 * DAY):
        with pytest.raises(Incomplete):
            issue(grant=seated.grant, label="x", ends=ends, by=seated.person, at=NOW)
    issue(grant=seated.grant, label="x", ends=NOW + DAY, by=seated.person, at=NOW)
    with pytest.raises(NotThere):
        revoke(token=Token.objects.get(), by=people["researcher"], at=NOW)


# The log


def test_the_log_is_read_under_an_audit_duty_for_a_lawful_purpose_and_the_reading_is_logged(
    people: People, seated: Sitting, django_assert_max_num_queries: Any
) -> None:
    grant = granted(people, "duty", "auditor", duty="audit")
    span = {"since": START, "until": NOW + timedelta(days=1), "by": people["auditor"], "at": NOW}
    with pytest.raises(Incomplete):
        read_log(grant=grant, purpose="curiosity", **span)
    with pytest.raises(NotAllowed):
        read_log(grant=seated.grant, purpose="lawfulness", **{**span, "by": seated.person})
    with django_assert_max_num_queries(15):
        told = read_log(grant=grant, purpose="lawfulness", **span, person="manager")
    assert {entry.by for entry in told} == {"manager"}
    last = Entry.objects.order_by("-number")[0]
    assert (last.what, last.by, last.grant) == ("access.read_log", "auditor", grant.pk)


def test_nothing_is_given_out_under_a_duty_though_it_shows_records(people: People, seated: Sitting) -> None:
    grant = granted(
        people, "duty", "analyst", duty="match_review", datasets=sorted(seated.grant.datasets) or ["13-nominals"]
    )
    duty = Sitting(people["analyst"], grant, seated.at)
    duty.note("consultation", "search", seated.at)
    with pytest.raises(NotAllowed):
        duty.note("disclosure", "export people", seated.at)
    last = Entry.objects.order_by("-number")[0]
    assert '"outcome": "refused"' in last.body
