"""The same two people as lines of JSON, a JSON list, Parquet and a plain table: the same records."""

import io
import json
from collections.abc import Callable

import pyarrow as pa
import pytest
from pyarrow import parquet

from toex.intake import FileMapping, IntakeError
from unit.intake.conftest import Outcome

Load = Callable[..., Outcome]
PEOPLE = [
    {"Ref": "P1", "Name": "Ann WALSH", "DOB": "04/03/1988", "Note": "a note, of two\nlines"},
    {"Ref": "P2", "Name": "Thi NGUYEN", "DOB": None, "Phone": "07700 900123"},
]


def as_parquet() -> bytes:
    stream = io.BytesIO()
    schema = pa.schema([(name, pa.string()) for name in ("Ref", "Name", "DOB", "Note", "Phone")])
    parquet.write_table(pa.Table.from_pylist(PEOPLE, schema=schema), stream)
    return stream.getvalue()


LINES = "\n".join(json.dumps(one) for one in PEOPLE).encode()


@pytest.mark.parametrize(
    "data", [LINES, json.dumps(PEOPLE, indent=1).encode(), as_parquet()], ids=["lines", "list", "Parquet"]
)
def test_records_by_name_give_what_a_table_gives(load: Load, people: FileMapping, data: bytes) -> None:
    table = 'Ref,Name,DOB,Note,Phone\nP1,Ann WALSH,04/03/1988,"a note, of two\nlines",\nP2,Thi NGUYEN,,,07700 900123\n'
    done, plain = load(data, name="people"), load(table, name="people.csv")
    names = ("source_key", "name", "dob", "phone", "note")
    told = [[tuple(row[n] for n in names) for row in one.rows("person")] for one in (done, plain)]
    assert told[0] == told[1]
    assert len(told[0]) == 2
    assert done.sheet.conserved


@pytest.mark.parametrize(
    "data", [LINES[:-9], b'[{"a": 1}, 2]', as_parquet()[:-40], b'{"a": ' * 2_000 + b"1" + b"}" * 2_000],
    ids=["cut short", "no record", "cut Parquet", "nested too deep"],
)  # fmt: skip
def test_what_is_no_list_of_records_is_refused(load: Load, data: bytes) -> None:
    with pytest.raises(IntakeError):
        load(data, name="people")
