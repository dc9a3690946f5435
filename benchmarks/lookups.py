"""Look-ups over ten million records with a warm view, beside the same questions to unsorted Parquet in plain DuckDB."""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from toex.pole import Batch, Dataset, Scope, batch, record_id
from toex.pole.values import name as names
from toex.search import find, wash
from toex.store import Store, View

DATASET = "bench-nominals"
CHUNK = 200_000


def run(small: bool) -> dict[str, object]:
    """Measure identifier and name look-ups (p95) and a wash of 1,000 lines."""
    people = 500_000 if small else 5_000_000
    folder = Path(tempfile.mkdtemp(prefix="toex-bench-"))
    try:
        store = _home(folder / "home", people)
        with store.view(Scope("benchmark", frozenset({DATASET}))) as view:
            return {"records": people, "identifiers": 2 * people, **_measure(view, folder, people)}
    finally:
        shutil.rmtree(folder)


def _measure(view: View, folder: Path, people: int) -> dict[str, object]:
    rng = np.random.default_rng(7)
    asked = rng.integers(0, people, 1200)
    phones = [_phone(int(n)) for n in asked]
    called = [f"{_surname(int(n))}, {_forename(int(n))}" for n in asked]
    for text in (*phones[:20], *called[:20]):
        find(view, text)
    plain = _plain(view, folder)
    lines = phones[:500] + called[:500]
    wash(view, lines[:10])
    return {
        "find a phone, ms": _spread([_time(lambda t=t: find(view, t)) for t in phones[20:120]]),
        "find a name, ms": _spread([_time(lambda t=t: find(view, t)) for t in called[20:120]]),
        "phone in unsorted Parquet, DuckDB alone, ms": _spread(
            [
                _time(lambda t=t: plain.execute("SELECT record_id FROM i WHERE value = ?", [t]).fetchall())
                for t in phones[:30]
            ]
        ),
        "wash of 1,000 lines, s": round(_time(lambda: wash(view, lines)) / 1000, 3),
    }


def _plain(view: View, folder: Path) -> duckdb.DuckDBPyConnection:
    rows = view.query("SELECT value, record_id FROM identifier ORDER BY record_id")
    pq.write_table(rows, folder / "unsorted.parquet")
    con = duckdb.connect()
    con.execute(f"CREATE VIEW i AS FROM read_parquet('{folder / 'unsorted.parquet'}')")
    return con


def _time(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def _spread(times: list[float]) -> dict[str, float]:
    return {"p50": round(statistics.median(times), 1), "p95": round(sorted(times)[int(len(times) * 0.95)], 1)}


def _phone(n: int) -> str:
    return f"+4477{n % 100_000_000:08}"  # never dialled: they live and die with the benchmark's folder


def _forename(n: int) -> str:
    return ("Ana", "Ben", "Cara", "Dan", "Ewa", "Femi", "Gita", "Hugo", "Ines", "Jan")[n % 10] + chr(97 + n // 10 % 26)


def _surname(n: int) -> str:
    letters = "bcdfghjklmnpqrst"
    return "".join(letters[(n >> s) % 16] + "aeiou"[(n >> s) % 5] for s in (4, 8, 12, 16)).title()


def _home(folder: Path, people: int) -> Store:
    store = Store.create(folder, kind="bench", user="benchmark")
    with store.writer(job="load", step="1") as writer:
        writer.register(Dataset(DATASET, "13"))
        for start in range(0, people, CHUNK):
            writer.add(_chunk(start, min(CHUNK, people - start)))
        writer.publish()
    return store


def _chunk(start: int, size: int) -> dict[str, Batch]:
    numbers = range(start, start + size)
    ids = [record_id(DATASET, str(n), "person") for n in numbers]
    cleaned = {pair: names.clean_parts(pair[0], "", pair[1]) for pair in {(_forename(n), _surname(n)) for n in numbers}}
    parts = [cleaned[_forename(n), _surname(n)] for n in numbers]
    access = {
        "dataset": _all(DATASET, size), "compartment": _all("", size), "marking": np.ones(size, np.int8),
        "handling": _all("P", size), "subject": np.zeros(size, np.int16),
    }  # fmt: skip
    access = {key: value if isinstance(value, pa.Array) else pa.array(value) for key, value in access.items()}
    person = {
        **access, "record_id": ids, "source_key": [str(n) for n in numbers], "digest": [i[:16] for i in ids],
        "version": pa.array(np.ones(size, np.int32)), "name": [f"{_forename(n)} {_surname(n)}" for n in numbers],
        "forename_key": [p.forename_key for p in parts], "surname_key": [p.surname_key for p in parts],
        "forename_root": [p.variant or p.forename_key for p in parts], "surname_sound": [p.surname_sound for p in parts],
        "supplier": _all("13", size),
    }  # fmt: skip
    twice = {key: pa.concat_arrays([value, value]) for key, value in access.items()}
    identifier = {
        **twice, "value": [_phone(n) for n in numbers] + [f"AB{n:09}" for n in numbers],
        "kind": ["phone"] * size + ["reference"] * size,
        "record_id": ids * 2, "table": _all("person", 2 * size), "role": _all("holder", 2 * size),
    }  # fmt: skip
    return {"person": batch("person", person, size), "identifier": batch("identifier", identifier, 2 * size)}


def _all(value: str, size: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(size, np.int32)), pa.array([value])).cast(pa.string())
