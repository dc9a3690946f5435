"""Loading narrow events and nominals through the whole road (read, clean, publish), beside DuckDB's bare CSV to Parquet."""

import shutil
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import numpy as np

from toex.picture import load, open_bench
from toex.pole import Dataset, Delivery

NOW = datetime(2026, 9, 7, tzinfo=UTC)


def run(small: bool) -> dict[str, object]:
    """Measure rows a second, wall clock, for each kind of file."""
    share = 10 if small else 1
    folder = Path(tempfile.mkdtemp(prefix="toex-bench-"))
    try:
        events = _anpr(folder / "anpr.csv", 1_000_000 // share)
        people = _nominals(folder / "nominals.csv", 300_000 // share)
        return {
            "narrow events": _measure(folder, events, mapping="anpr"),
            "nominals": _measure(folder, people, mapping="nominals"),
        }
    finally:
        shutil.rmtree(folder)


def _measure(folder: Path, made: tuple[Path, int], *, mapping: str) -> dict[str, float]:
    path, rows = made
    bench = open_bench(folder / f"home-{mapping}", user="benchmark", at=NOW, make=True)
    delivery = Delivery(Dataset(f"bench-{mapping}", "13"), mapping, NOW, path.name)
    began = time.perf_counter()
    loaded = load(bench, path, delivery=delivery, at=NOW)
    ours = time.perf_counter() - began
    assert loaded.rows_loaded == rows, loaded
    began = time.perf_counter()
    duckdb.sql(f"COPY (FROM read_csv('{path}', all_varchar=true)) TO '{folder / 'plain.parquet'}' (FORMAT parquet)")
    plain = time.perf_counter() - began
    return {
        "rows": rows, "seconds": round(ours, 2), "rows a second": round(rows / ours),
        "DuckDB's bare CSV to Parquet, seconds": round(plain, 2), "ratio": round(ours / plain, 1),
    }  # fmt: skip


def _anpr(path: Path, rows: int) -> tuple[Path, int]:
    rng = np.random.default_rng(1)
    letters = np.array(list("ABCDEFGHJKLMNOPRSTUVWXYZ"))
    marks = ["".join(m) for m in letters[rng.integers(0, 24, (50_000, 5))]]
    vrm = rng.integers(0, len(marks), rows)
    start = np.datetime64("2026-01-01T00:00:00")
    when = np.datetime_as_string(start + rng.integers(0, 20_000_000, rows).astype("timedelta64[s]"), unit="s")
    camera = rng.integers(1, 400, rows)
    with path.open("w", encoding="utf-8") as out:
        out.write("Read ID,VRM,Capture Time,Camera ID,Camera Name,Latitude,Longitude,Direction,Lane,Confidence,Feed\n")
        for n in range(rows):
            m, c = marks[vrm[n]], camera[n]
            out.write(
                f"{n},{m[:2]}32{m[2:]},{when[n]}Z,C{c},Camera {c},{52 + c / 400:.5f},{-2 + c / 300:.5f},N,1,97,A\n"
            )
    return path, rows


def _nominals(path: Path, rows: int) -> tuple[Path, int]:
    rng = np.random.default_rng(2)
    given = [
        f"{a}{b}"
        for a in ("An", "Be", "Ca", "Da", "El", "Fi")
        for b in ("na", "ron", "mil", "vid", "sa", "ona", "len", "ya")
    ]
    family = [
        f"{a}{b}{c}"
        for a in "BCDFGHKLMNPRST"
        for b in ("ar", "el", "in", "or", "ul")
        for c in ("by", "ford", "ham", "ley", "son", "ton")
    ]
    header = (
        "Nominal Ref,Surname,Forename 1,Forename 2,Sex,DOB,Ethnicity,Place of Birth,Address,Postcode,Telephone,PNC ID,CRO No,"
        "Alias,Occupation,Warning Markers,Last Updated\n"
    )
    g, f = rng.integers(0, len(given), rows), rng.integers(0, len(family), rows)
    days, house, phone = rng.integers(0, 18_000, rows), rng.integers(1, 200, rows), rng.integers(0, 100_000, rows)
    street, code = rng.integers(0, 3000, rows), rng.integers(0, 20_000, rows)
    born = np.datetime_as_string(np.datetime64("1955-01-01") + days.astype("timedelta64[D]"))
    with path.open("w", encoding="utf-8") as out:
        out.write(header)
        for n in range(rows):
            y, m, d = born[n].split("-")
            kind = ("Road", "Street", "Lane", "Close")[street[n] % 4]
            road = f"{house[n]} {family[street[n] % len(family)].title()} {kind} Leeds"
            post = f"LS{code[n] % 28 + 1} {code[n] % 9}{'ABDEFGHJ'[code[n] % 8]}{'LNPQRSTU'[code[n] // 9 % 8]}"
            tel = f"07700 9{phone[n]:05}" if n % 2 else ""
            who = f"{family[f[n]].upper()},{given[g[n]]},,{'MF'[n % 2]},{d}/{m}/{y}"
            out.write(f"B/N/{n:07},{who},,,{road},{post},{tel},,,,,,01/02/2026\n")
    return path, rows
