from datetime import timedelta

import pytest

from people import PASSWORD, START
from toex.work.audit.models import Entry
from toex.work.errors import Incomplete, LogInFailed, NotAllowed, PasswordDue
from toex.work.staff.actions import enrol, give_role, retire
from toex.work.staff.log_in import LOCKED_FOR, MOST_FAILURES, Passwords, log_in, set_password
from toex.work.staff.models import Person

pytestmark = pytest.mark.usefixtures("real_passwords")
People = dict[str, Person]


def fail(username: str, times: int = 1) -> str:
    for _ in range(times):
        with pytest.raises(LogInFailed) as error:
            log_in(username=username, password="not this one at all", at=START)
    return str(error.value)


def test_a_person_logs_in_with_name_and_password_and_it_is_logged(people: People) -> None:
    before = Entry.objects.count()
    assert log_in(username="analyst", password=PASSWORD, at=START).name == "Lena Birk"
    assert Entry.objects.count() == before + 1


def test_a_wrong_name_and_a_wrong_password_read_the_same(people: People) -> None:
    assert fail("analyst") == fail("nobody-here")


def test_five_failures_lock_the_account_for_a_quarter_of_an_hour(people: People) -> None:
    fail("analyst", MOST_FAILURES)
    with pytest.raises(LogInFailed):
        log_in(username="analyst", password=PASSWORD, at=START + LOCKED_FOR - timedelta(seconds=1))
    assert log_in(username="analyst", password=PASSWORD, at=START + LOCKED_FOR)


def test_who_has_left_cannot_log_in(people: People) -> None:
    retire(person=people["analyst"], by=people["admin"], at=START)
    with pytest.raises(LogInFailed):
        log_in(username="analyst", password=PASSWORD, at=START)


def enrolled(people: People) -> Person:
    home = people["admin"].home
    return enrol(username="newcomer", name="Isla Thorne", home=home, password=PASSWORD, by=people["admin"], at=START)


def test_a_password_that_another_gave_opens_nothing_until_its_person_sets_their_own(people: People) -> None:
    enrolled(people)
    own = "a password of my own"
    with pytest.raises(PasswordDue):
        log_in(username="newcomer", password=PASSWORD, at=START)
    assert Passwords().authenticate(None, "newcomer", PASSWORD) is None
    for refused in (PASSWORD, "short"):
        with pytest.raises(Incomplete):
            set_password(username="newcomer", password=PASSWORD, new=refused, at=START)
    with pytest.raises(LogInFailed):
        set_password(username="newcomer", password="not this one at all", new=own, at=START)
    set_password(username="newcomer", password=PASSWORD, new=own, at=START)
    assert log_in(username="newcomer", password=own, at=START).name == "Isla Thorne"
    with pytest.raises(LogInFailed):
        log_in(username="newcomer", password=PASSWORD, at=START)
    assert own not in str(list(Entry.objects.values_list("body", flat=True)))


def test_one_administrator_alone_makes_nobody_who_can_do_anything(people: People) -> None:
    made = enrolled(people)
    said = {"person": made, "role": "manager", "organisation": made.home, "at": START}
    with pytest.raises(NotAllowed, match="another administrator"):
        give_role(by=people["admin"], **said)
    assert give_role(by=people["admin2"], **said)
