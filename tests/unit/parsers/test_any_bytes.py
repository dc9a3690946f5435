"""Sound files of every kind, changed anywhere: a reader reads them or gives them up, and nothing else happens."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz.harness import inside, read_any, seeds
from toex.parsers import Why

READERS = ("chart", "pole_json", "records", "statements", "texts", "ufdr", "whatsapp", "workbook")


@pytest.mark.parametrize("reader", READERS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_a_changed_file_is_read_or_given_up(reader: str, tmp_path: Path, data: st.DataObject) -> None:
    sound = seeds(tmp_path)[reader]
    begun = sound[data.draw(st.integers(0, len(sound) - 1))]
    at = data.draw(st.integers(0, max(len(begun) - 1, 0)))
    piece = data.draw(st.binary(max_size=40) | st.sampled_from([b"\xff" * 8, b"<", b"9" * 30, b"\0" * 64, b"-1"]))
    gone = data.draw(st.integers(0, 200))

    def change(part: bytes) -> bytes:
        place = at % max(len(part), 1)
        return part[:place] + piece + part[place + gone :]

    changed = inside(begun, change, data.draw(st.integers(0, 50))) if data.draw(st.booleans()) else change(begun)
    assert read_any(changed, tmp_path) in {0, *Why}


def test_every_reader_has_seeds(tmp_path: Path) -> None:
    assert set(seeds(tmp_path)) >= set(READERS)
