"""What a delivery made of records that somebody rests on: corrected, graded anew, or stated no more."""

from datetime import UTC, datetime
from pathlib import Path

from rows import person, table
from toex.picture import restated
from toex.pole import Dataset, bench_scope
from toex.store import Store

AT = datetime(2026, 9, 1, tzinfo=UTC)


def test_a_correction_is_told_from_a_new_grade_and_from_what_stayed(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "home", kind="bench", user="u", at=AT)
    plain = [person(key, supplier="13", receipt="a", name="Bill Hoxley", source_grade="2") for key in "ABCDE"]
    put(store, plain, "first")
    before = store.snapshot.number
    a, b, _, d, _ = plain
    again = {"receipt": "b", "digest": "again", "version": 2}
    put(
        store, [{**a, **again, "name": "William Hoxley"}, {**b, **again, "source_grade": "3"}, {**d, **again}], "second"
    )
    ids = {one["source_key"]: one["record_id"] for one in plain}
    with store.view(bench_scope(), number=before) as old, store.view(bench_scope()) as new:
        found = restated(old, new, [*ids.values(), "0" * 24])
    assert found.corrected == tuple(sorted((ids["A"], ids["D"])))  # of D only the row differs: a number that it states
    assert found.regraded == (ids["B"],)


def put(store: Store, rows: list[dict[str, object]], step: str) -> None:
    with store.writer(job="load", step=step) as writer:
        writer.register(Dataset("nominals-13", "13"))
        writer.add({"person": table("person", rows)})
        writer.publish(at=AT)
