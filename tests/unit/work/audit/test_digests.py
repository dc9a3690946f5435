from pytest_django import Settings

from toex.picture import chain
from toex.work.audit.digests import keyed

NUMBER = "07700900123"


def test_a_number_is_not_found_in_the_log_by_trying_numbers_without_the_homes_secret(settings: Settings) -> None:
    settings.SECRET_KEY = "one home's secret"
    here = keyed(NUMBER)
    assert keyed(NUMBER) == here
    assert here != chain.digest([NUMBER])
    settings.SECRET_KEY = "another home's"
    assert keyed(NUMBER) != here
