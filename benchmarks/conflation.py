"""Our conflation beside plain Splink's documented recipe: the same people, the same run, F1 and wall."""

import csv
import resource
import shutil
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from toex.conflation import conflate, evaluate
from toex.conflation.evaluation import pair_score
from toex.picture import load_folder, open_bench
from toex.pole import Scope, record_id
from toex.synthetic import synthesise

NOW = datetime(2026, 9, 7, tzinfo=UTC)

# The dozen rules and three trainings that Splink's own worked examples use for people.
RULES = (
    ("forename_key", "surname_key", "dob"), ("surname_key", "dob"), ("forename_key", "dob"), ("dob", "postcode"),
    ("forename_key", "surname_key", "postcode"), ("surname_key", "postcode"), ("forename_key", "postcode"),
    ("phone",), ("email",), ("pnc",), ("forename_key", "surname_key", "year"), ("surname_sound", "forename_key", "outcode"),
)  # fmt: skip
TRAININGS = (("forename_key", "surname_key"), ("dob",), ("postcode",))


class OneView:
    """A view of one table, for measuring without a store."""

    def __init__(self, people: pa.Table) -> None:
        self._con = duckdb.connect()
        self._con.register("person", people)

    def query(self, sql: str, params: Any = ()) -> pa.Table:
        return self._con.execute(sql, params or None).to_arrow_table()


def ours(people: pa.Table, truth: Mapping[str, str], *, at: date) -> dict[str, float]:
    """Conflate from nothing, then again with the card that it learned."""
    view = OneView(people)
    start = time.perf_counter()
    fresh = conflate(view, at=at, tables=("person",))
    learned = time.perf_counter()
    again = conflate(view, at=at, tables=("person",), weights=fresh.weights)
    end = time.perf_counter()
    scores = evaluate(again.ties, truth)
    return {
        "from_nothing_s": learned - start, "with_card_s": end - learned, "same_ties": float(again.ties.equals(fresh.ties)),
        "pair_precision": scores.ties.precision, "cluster_precision": scores.clusters.precision,
        "cluster_f1": scores.clusters.f1, "b_cubed_f1": scores.b_cubed.f1, "best_f1": scores.best[1],
        "threshold": fresh.weights["person"].joined,
    }  # fmt: skip


def splink(people: pa.Table, truth: Mapping[str, str], *, seed: int) -> dict[str, float]:
    """Run Splink's documented recipe: train, predict and cluster; then predict and cluster with the model kept."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    con = duckdb.connect()
    con.register("given", people)
    start = time.perf_counter()
    con.execute("""CREATE TABLE person AS SELECT record_id AS unique_id, nullif(forename_key, '') AS forename_key,
        nullif(surname_key, '') AS surname_key, surname_sound, strftime(dob, '%Y-%m-%d') AS dob,
        year(dob) AS year, nullif(phone, '') AS phone,
        nullif(email, '') AS email, nullif(pnc, '') AS pnc, CASE WHEN contains(postcode, ' ') THEN postcode END AS postcode,
        nullif(split_part(postcode, ' ', 1), '') AS outcode FROM given""")
    settings = SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in RULES],
        comparisons=[
            cl.ForenameSurnameComparison("forename_key", "surname_key"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("postcode"),
            cl.ExactMatch("phone"),
            cl.ExactMatch("pnc"),
        ],
        retain_matching_columns=False,
    )
    api = DuckDBAPI(connection=con)
    linker = Linker(api.register("person"), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("forename_key", "surname_key", "dob")], recall=0.6
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=3e6, seed=seed)
    for block in TRAININGS:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*block), max_pairs=2e6)
    trained = time.perf_counter()
    predicted = linker.inference.predict(threshold_match_weight=-10)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_weight=6.6)
    found.as_duckdbpyrelation().fetchall()
    end = time.perf_counter()
    edges = con.execute(f"SELECT unique_id_l, unique_id_r, match_weight FROM {predicted.physical_name}").fetchall()
    at_custom, best, threshold = _f1_over(edges, truth)
    return {"from_nothing_s": end - start, "with_model_s": end - trained, "cluster_f1_at_99": at_custom,
            "best_f1": best, "best_threshold": threshold}  # fmt: skip


def _f1_over(edges: list[tuple[str, str, float]], truth: Mapping[str, str]) -> tuple[float, float, float]:
    """Give the cluster-pair F1 of connected components at weight 6.6 (p 0.99), and the best over weights with its place."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    number = {record: n for n, record in enumerate(sorted(truth))}
    true = np.unique([truth[r] for r in number], return_inverse=True)[1].astype(np.int64)
    kept = [(number[a], number[b], w) for a, b, w in edges if a in number and b in number]
    low, high, weight = (np.array([e[n] for e in kept]) for n in range(3))
    scores = {}
    for least in (6.6, *range(-4, 30, 2)):
        held = weight >= least
        graph = coo_array((np.ones(held.sum(), np.int8), (low[held], high[held])), (len(number),) * 2)
        entity = connected_components(graph, directed=False)[1].astype(np.int64)
        scores[least] = pair_score(entity, true).f1
    place = max(scores, key=lambda least: scores[least])
    return scores[6.6], scores[place], place


def run(small: bool) -> dict[str, object]:
    """Make a fictional world of about a million person records, load it, and conflate it both ways, ours first."""
    folder = Path(tempfile.mkdtemp(prefix="toex-bench-"))
    try:
        people, truth = _world(folder, people=60_000 if small else 790_000)
    finally:
        shutil.rmtree(folder)
    result: dict[str, float] = {"records": people.num_rows, "people": len(set(truth.values()))}
    result |= {f"ours: {k}": v for k, v in ours(people, truth, at=NOW.date()).items()}
    result["ours: peak MB, input and truth included"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result |= {f"Splink: {k}": v for k, v in splink(people, truth, seed=1).items()}
    result["ratio from nothing"] = result["ours: from_nothing_s"] / result["Splink: from_nothing_s"]
    result["ratio with saved weights"] = result["ours: with_card_s"] / result["Splink: with_model_s"]
    return {name: round(value, 4) for name, value in result.items()}


def _world(folder: Path, *, people: int) -> tuple[pa.Table, dict[str, str]]:
    synthesise(folder / "world", people=people, seed=11)
    bench = open_bench(folder / "home", user="benchmark", at=NOW, make=True)
    load_folder(bench, folder / "world" / "week1", at=NOW, progress=lambda _stage, _share: None)
    standing = frozenset(name for name, dataset in bench.store.datasets.items() if dataset.binding == "standing")
    with bench.store.view(Scope("benchmark", standing)) as view:
        held = view.query("FROM person")
    with (folder / "world" / "truth" / "records.csv").open(encoding="utf-8", newline="") as file:
        named = {record_id(r["dataset"], r["source_key"], r["part"]): r["truth_id"] for r in csv.DictReader(file)}
    known = set(held.column("record_id").to_pylist())
    return held, {record: who for record, who in named.items() if record in known}
