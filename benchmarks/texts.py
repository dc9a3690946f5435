"""Search of a million texts with the view's filter, beside SQLite's FTS5 and DuckDB reading the same rows through.

A tenth of the rows is hidden by handling; every question is counted and its first twenty answers are given.
"""

import random
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

import duckdb

from toex.pole import Dataset, Scope, batch, record_id
from toex.search import find_texts
from toex.store import Store, View

DATASET = "bench-messages"
_CHUNK = 50_000
_SEEN = Scope("benchmark", frozenset({DATASET}), handling=frozenset("P"))
_BARS = {"index, processor seconds": 30.0, "search p95, ms": 10.0}


def run(small: bool) -> dict[str, object]:
    """Measure the making of an index and questions of six kinds; the same questions to the two others."""
    count = 100_000 if small else 1_000_000
    folder = Path(tempfile.mkdtemp(prefix="toex-bench-"))
    try:
        store = _home(folder / "home", count)
        made = _spent(store.index)
        with store.view(_SEEN) as view:
            asked = _questions(view, 40)
            ours = _ours(view, asked)
            beside = {
                "SQLite FTS5": _sqlite(folder / "fts.db", view, asked),
                "DuckDB, read through": _duckdb(folder, asked),
            }
            unread = _unread(folder / "home", asked)
    finally:
        shutil.rmtree(folder)
    return _told(count, made, ours, beside, unread)


def _told(count: int, made: float, ours: dict[str, Any], beside: dict[str, Any], unread: Any) -> dict[str, object]:
    p95 = ours["all"]["p95"]
    return {
        "texts": count, "index, processor seconds": round(made, 1), "search, ms": ours, "beside": beside,
        "before there is an index, ms": unread,
        "ratios": {
            **{f"search p95, ours to {name}": round(p95 / told["all"]["p95"], 4) for name, told in beside.items()},
            "index, ours to SQLite FTS5": round(made / beside["SQLite FTS5"]["index, processor seconds"], 2),
        },
        "bars": _BARS,
        "met": {
            "index, processor seconds": made * 1_000_000 / count <= _BARS["index, processor seconds"],
            "search p95, ms": p95 <= _BARS["search p95, ms"],
        },
    }  # fmt: skip


def _texts(count: int) -> Iterator[str]:
    """Give fictional messages of 5 to 30 words whose words are as unevenly frequent as those of a language."""
    chance = random.Random(11)
    syllables = [c + v for c in "bcdfgklmnprstvz" for v in "aeiou"]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(60_000)]
    weights = list(accumulate(1 / (n + 2) for n in range(len(words))))
    for n in range(count):
        said = chance.choices(words, cum_weights=weights, k=chance.randint(5, 30))
        said += [f"07700 900{n % 1000:03}"] * (n % 10 == 0) + [f"AB{n % 90 + 10} CDE"] * (n % 50 == 0)
        yield " ".join(said)


def _home(home: Path, count: int) -> Store:
    store = Store.create(home, kind="bench", user="a benchmark")
    began = datetime(2020, 1, 1, tzinfo=UTC)
    texts = _texts(count)
    with store.writer(job="load", step="1") as writer:
        writer.register(Dataset(DATASET, "13"))
        for first in range(0, count, _CHUNK):
            rows = range(first, min(first + _CHUNK, count))
            keys = [str(n) for n in rows]
            size = len(rows)
            columns = {
                "record_id": [record_id(DATASET, key, "message") for key in keys], "source_key": keys, "digest": keys,
                "part": ["message"] * size, "version": [1] * size, "row": list(rows), "dataset": [DATASET] * size,
                "compartment": [""] * size, "marking": [1] * size, "kind": ["message"] * size,
                "handling": ["C" if n % 10 == 3 else "P" for n in rows], "subject": [n % 4 for n in rows],
                "text": [next(texts) for _ in rows], "written": [began + timedelta(minutes=n) for n in rows],
            }  # fmt: skip
            writer.add({"text": batch("text", columns, size)})
        writer.publish()
    return store


def _questions(view: View, each: int) -> dict[str, list[str]]:
    """Choose words out of texts as people do: none of the hundred most frequent, which tell nothing."""
    chance = random.Random(5)
    said = view.query("SELECT text FROM text USING SAMPLE 20000 (reservoir, 5)")["text"].to_pylist()
    counts = Counter(word for text in said for word in text.split())
    common = {word for word, _ in counts.most_common(100)}
    telling = [kept for text in said if len(kept := [w for w in text.split() if w.isalpha() and w not in common]) > 3]
    picked = [chance.choice(telling) for _ in range(each)]
    pairs = [words[at : at + 2] for text in said for words in [text.split()] for at in range(3, len(words) - 1, 7)]
    runs = [pair for pair in pairs if not common.issuperset(pair) and all(word.isalpha() for word in pair)]
    long = [word for words in telling for word in words if len(word) > 5]
    return {
        "one word": [words[0] for words in picked],
        "two words": [" ".join(words[:2]) for words in picked],
        "three words": [" ".join(words[:3]) for words in picked],
        "side by side": [f'"{" ".join(pair)}"' for pair in chance.choices(runs, k=each)],
        "a beginning": [f"{word[:5]}*" for word in chance.choices(long, k=each)],
        "a number": [f"07700900{chance.randrange(1000):03}" for _ in range(each)],
    }


def _ours(view: View, asked: dict[str, list[str]]) -> dict[str, Any]:
    for questions in asked.values():
        find_texts(view, questions[0])
    told = _timed(asked, lambda question: find_texts(view, question))
    near = [_time(lambda q=q: find_texts(view, q, near=True)) for q in asked["two words"]]
    split = "SELECT unnest(string_split(text, ' ')) AS word FROM text"
    frequent = view.query(f"SELECT word FROM ({split}) GROUP BY word ORDER BY count(*) DESC, word LIMIT 2")
    words = frequent["word"].to_pylist()
    return {
        **told, "two words, nearly spelled": _spread(near),
        "the most frequent word of all": _spread([_time(lambda: find_texts(view, words[0])) for _ in range(20)]),
        "the two most frequent words": _spread([_time(lambda: find_texts(view, " ".join(words))) for _ in range(20)]),
    }  # fmt: skip


def _unread(home: Path, asked: dict[str, list[str]]) -> dict[str, float]:
    """Ask what is asked before an index is made: the texts are read through."""
    shutil.rmtree(home / "index")
    with Store.open(home).view(_SEEN) as view:
        find_texts(view, "nothing")
        return _spread([_time(lambda q=q: find_texts(view, q)) for q in asked["two words"][:5]])


def _sqlite(path: Path, view: View, asked: dict[str, list[str]]) -> dict[str, Any]:
    con = sqlite3.connect(path)
    con.execute(
        "CREATE VIRTUAL TABLE said USING fts5(text, content='', tokenize='porter unicode61 remove_diacritics 2')"
    )
    con.execute("CREATE TABLE row (number INTEGER PRIMARY KEY, record_id TEXT, handling TEXT, text TEXT)")
    rows = Store.open(path.parent / "home").view(Scope("benchmark", frozenset({DATASET})))
    held = rows.query("SELECT row, record_id, handling, text FROM text").to_batches(max_chunksize=_CHUNK)

    def build() -> None:
        for part in held:
            listed = list(zip(*(column.to_pylist() for column in part.columns), strict=True))
            con.executemany("INSERT INTO row VALUES (?, ?, ?, ?)", listed)
            con.executemany("INSERT INTO said (rowid, text) VALUES (?, ?)", [(n, text) for n, _, _, text in listed])
        con.commit()

    made = _spent(build)
    rows.close()
    found = "FROM said JOIN row ON row.number = said.rowid WHERE said MATCH ? AND handling = 'P'"

    def ask(question: str) -> None:
        words = question if question[0] == '"' or question[-1] == "*" else " ".join(f'"{w}"' for w in question.split())
        con.execute(f"SELECT count(*) {found}", [words]).fetchall()
        con.execute(f"SELECT record_id, row.text {found} ORDER BY rank LIMIT 20", [words]).fetchall()

    ask("nothing")
    return {"index, processor seconds": round(made, 1), **_timed(_fewer(asked, 15), ask)}


def _duckdb(folder: Path, asked: dict[str, list[str]]) -> dict[str, Any]:
    con = duckdb.connect()
    con.execute(f"CREATE VIEW said AS FROM read_parquet('{folder / 'home' / 'data'}/text/*/*.parquet')")

    def ask(question: str) -> None:
        words = [question.strip('"')] if question[0] == '"' else [word.strip("*") for word in question.split()]
        holds = " AND ".join(["text ILIKE ?"] * len(words))
        sql = f"SELECT record_id, text, count(*) OVER () FROM said WHERE handling = 'P' AND {holds} ORDER BY written DESC LIMIT 20"
        con.execute(sql, [f"%{word}%" for word in words]).fetchall()

    ask("nothing")
    return _timed(_fewer(asked, 3), ask)


def _fewer(asked: dict[str, list[str]], each: int) -> dict[str, list[str]]:
    return {what: questions[:each] for what, questions in asked.items()}


def _timed(asked: dict[str, list[str]], ask: Callable[[str], Any]) -> dict[str, Any]:
    """Give the time of each kind of question by the clock, and of all by the processor: the machine may be shared."""
    times = {what: [_both(lambda q=q: ask(q)) for q in questions] for what, questions in asked.items()}
    every = [both for one in times.values() for both in one]
    return {
        "all": _spread(clock for clock, _ in every), "all, by the processor": _spread(spent for _, spent in every),
        **{what: _spread(clock for clock, _ in one) for what, one in times.items()},
    }  # fmt: skip


def _both(act: Callable[[], Any]) -> tuple[float, float]:
    spent = time.process_time()
    return _time(act), (time.process_time() - spent) * 1000


def _time(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def _spent(act: Callable[[], Any]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def _spread(times: Iterable[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {"p50": round(statistics.median(ordered), 2), "p95": round(ordered[int(len(ordered) * 0.95)], 2)}
