"""The demonstration: a fictional operation from delivered files to a package, then a second week of deliveries."""

import json
import shutil
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.resources import files as resources
from pathlib import Path
from time import perf_counter
from typing import Any

from toex.picture.conflating import Conflated, conflate
from toex.picture.loading import Loaded, Progressed, load_folder
from toex.picture.packaging import Package, package
from toex.picture.request import read_request
from toex.picture.seat import Seat
from toex.synthetic import synthesise

# The demo's own calendar: its story happens in 2026, whenever it is run.
WEEKS = (datetime(2026, 9, 7, 9, tzinfo=UTC), datetime(2026, 9, 14, 9, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Week:
    """What one week's deliveries brought."""

    files: int
    rows_in: int
    rows_loaded: int
    rows_set_aside: int
    reasons: dict[str, int]
    records: int
    people: int
    across: int
    joined: int
    possible: int
    refused: int
    version: int
    pdf: str
    word: str
    members: int
    how: str
    review: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    others: int
    news: tuple[str, ...]
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Demo:
    """The two weeks of a demonstration, and where everything lies."""

    people: int
    seed: int
    operation: str
    folder: str
    weeks: tuple[Week, ...]


def demo(bench: Seat, *, people: int, seed: int, progress: Progressed) -> Demo:
    """Make the fictional files and walk the whole road twice."""
    folder = bench.home / "files"
    began = perf_counter()
    shutil.rmtree(folder, ignore_errors=True)
    synthesise(
        folder, people=people, seed=seed, progress=lambda stage, share: progress("Making fictional files", share)
    )
    made = perf_counter() - began
    weeks = tuple(_week(bench, folder, week, progress) for week in (1, 2))
    weeks[0].seconds["making the files"] = round(made, 1)
    request = read_request(folder / "request.toml")
    done = Demo(people, seed, request.operation, str(bench.home), weeks)
    (bench.home / "demo.json").write_text(json.dumps(asdict(done), indent=1), encoding="utf-8")
    return done


def earlier(home: Path, *, people: int, seed: int) -> Demo | None:
    """Give a demonstration that was made here before with the same people and seed."""
    path = home / "demo.json"
    if not path.exists():
        return None
    body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if (body["people"], body["seed"]) != (people, seed):
        return None
    weeks = tuple(Week(**{**week, "review": tuple(map(tuple, week["review"]))}) for week in body["weeks"])
    return Demo(body["people"], body["seed"], body["operation"], body["folder"], weeks)


def _week(bench: Seat, folder: Path, number: int, progress: Progressed) -> Week:
    at = WEEKS[number - 1]
    told = _of_week(progress, number)
    clock = [perf_counter()]
    loaded = load_folder(bench, folder / f"week{number}", at=at, progress=told)
    clock.append(perf_counter())
    conflated = conflate(bench, at=at, progress=told)
    clock.append(perf_counter())
    issued = package(bench, read_request(folder / "request.toml"), at=at, progress=told)
    clock.append(perf_counter())
    steps = ("loading", "conflating", "analysing and writing")
    seconds = {step: round(b - a, 1) for step, a, b in zip(steps, clock, clock[1:], strict=False)}
    return _told(bench, loaded, conflated, issued, seconds)


def _of_week(progress: Progressed, number: int) -> Progressed:
    return lambda stage, share: progress(f"Week {number}: {stage[0].lower()}{stage[1:]}", share)


def _told(bench: Seat, loaded: list[Loaded], conflated: Conflated, issued: Package, seconds: dict[str, float]) -> Week:
    with bench.view() as view:
        across = view.query(
            resources("toex.picture").joinpath("sql/across.sql").read_text(encoding="utf-8")
        ).to_pylist()[0]
    reasons: dict[str, int] = {}
    for one in loaded:
        for reason, rows in one.reasons.items():
            reasons[reason] = reasons.get(reason, 0) + rows
    product, outlook = issued.product, issued.outlook
    review = tuple(
        (entry.person.label() + f" ({entry.person.ref})", "; ".join(r.text for r in entry.reasons[:2]))
        for entry in product.at_risk
    )
    return Week(
        files=len(loaded),
        rows_in=sum(one.rows_in for one in loaded),
        rows_loaded=sum(one.rows_loaded for one in loaded),
        rows_set_aside=sum(one.rows_set_aside for one in loaded),
        reasons=reasons,
        records=sum(sum(one.records.values()) for one in loaded),
        people=across["people"],
        across=across["across"],
        joined=conflated.joined,
        possible=conflated.possible,
        refused=conflated.refused,
        version=issued.version,
        pdf=str(issued.pdf),
        word=str(issued.word),
        members=len(product.members),
        how=product.network[0].text if product.network else "none found",
        review=review,
        lines=tuple(line.what for line in product.lines),
        others=len(outlook.others),
        news=tuple(s.text for s in product.news),
        seconds=seconds,
    )
