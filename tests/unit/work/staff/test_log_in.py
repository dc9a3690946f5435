from datetime import timedelta

import pytest

from people import PASSWORD, START
from toex.work.audit.models import Entry
from toex.work.errors import LogInFailed
from toex.work.staff.actions import retire
from toex.work.staff.log_in import LOCKED_FOR, MOST_FAILURES, log_in
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
