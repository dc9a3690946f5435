"""Times read many at once are the times that the cleaner reads one by one."""

from datetime import datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toex.intake import clock
from toex.pole.values import moment

FORMS = (
    "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S",
)  # fmt: skip
TIMES = st.datetimes(min_value=datetime(1902, 1, 1), max_value=datetime(2099, 12, 31))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(TIMES, st.sampled_from(FORMS)), min_size=1, max_size=6),
    st.sampled_from(["UTC", "Europe/London"]),
)
def test_many_at_once_is_the_same_as_one_by_one(given_times: list[tuple[datetime, str]], zone: str) -> None:
    texts = [at.strftime(form) for at, form in given_times]
    stamps, precision, done = clock.read(pa.array(texts), zone=zone)
    for text, stamp, how, was_read in zip(texts, stamps.to_pylist(), precision.to_pylist(), done.tolist(), strict=True):
        found = moment.clean(text, zone=zone)
        if was_read:
            assert (stamp, how, "") == (found.utc, found.precision, found.doubt)
        else:
            assert found.doubt or not found.value


def test_every_hour_of_a_year_is_right_across_both_changes_of_the_clock() -> None:
    hours = [datetime(2026, 1, 1) + timedelta(hours=n, minutes=n % 60) for n in range(24 * 365)]
    texts = [at.strftime("%d/%m/%Y %H:%M") for at in hours]
    stamps, _, done = clock.read(pa.array(texts), zone="Europe/London")
    assert int((~done).sum()) == 2  # the hour that never was, and the hour that was twice
    for text, stamp, was_read in zip(texts, stamps.to_pylist(), done.tolist(), strict=True):
        assert not was_read or stamp == moment.clean(text).utc


NO_TIMES = ("31/02/2026 10:00", "2026-13-01 10:00", "01/01/2026 24:00", "1x/01/2026 10:00", "٠١/٠١/2026 10:00")


@pytest.mark.parametrize("text", NO_TIMES)
def test_no_time_is_made_of_what_is_none(text: str) -> None:
    stamps, _, done = clock.read(pa.array([text, None, ""]), zone="UTC")
    assert not done.any()
    assert stamps.null_count == 3
