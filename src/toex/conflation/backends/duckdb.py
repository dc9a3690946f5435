"""The engine for the mass: features, pairs and scores as SQL in DuckDB, weights learned by Splink."""

from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources import files
from math import log2
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from toex.conflation.backends.blocking import meetings, pairs
from toex.conflation.backends.dialect import condition, grade
from toex.conflation.backends.port import Scored
from toex.conflation.backends.rarity import count_names, lay_beside, lift
from toex.conflation.backends.ties import Verdicts, write_ties
from toex.conflation.backends.training import chance, learn, shared_at_home
from toex.conflation.spec import Field, Guard, Recipe
from toex.conflation.weights import Weights, rounded, ruled_card
from toex.pole import Batch, quoted
from toex.reference import forename_groups, stop_values

_HOT = 30


class DuckEngine:
    """Compares the records of one table, given as a batch of its columns and a column `bound`."""

    def __init__(self, recipe: Recipe, given: Batch, *, at: date, overlay: bool = False, memory: str = "3GB") -> None:
        self.recipe = recipe
        self._overlay = overlay
        self.connection = duckdb.connect(":memory:")
        self.connection.execute(f"SET memory_limit = '{memory}'")
        self.connection.execute(
            "SET enable_progress_bar = false; SET TimeZone = 'UTC'; SET preserve_insertion_order = false"
        )
        self.connection.register("given", given)
        # lists go in as tables: for each element of a bound list DuckDB looks for modules that are not there
        self.connection.register("stop_name", pa.table({"value": sorted(stop_values("name"))}))
        self.connection.execute("CREATE TEMP MACRO coded(x) AS CASE WHEN x IS NOT NULL THEN hash(x) END")
        self._lay_out_forenames()
        sql = (files("toex.conflation") / "sql" / f"{recipe.table}.sql").read_text(encoding="utf-8")
        self.connection.execute(sql, {k: v for k, v in {"at": at, "hot": _HOT}.items() if f"${k}" in sql})
        self.size = int(self.connection.execute("SELECT count(*) FROM feature").fetchall()[0][0])

    def _lay_out_forenames(self) -> None:
        """Give the features the second group of a forename that stands in several: Jackie is a Jack or a Jacqueline."""
        second = sorted((name, heads[1]) for name, heads in forename_groups().items() if len(heads) > 1)
        laid = pa.table({"name": [name for name, _ in second], "head": [head for _, head in second]})
        self.connection.register("other_root", laid)

    def train(self, *, seed: int) -> Weights:
        """Learn a weights card from the loaded features."""
        if not self.recipe.learns:
            return ruled_card(self.recipe)
        prior = self._prior()
        u = chance(self.connection, self.recipe, seed=seed)
        m = learn(self.connection, self.recipe, u, prior=2.0**prior)
        kin_m, kin_u = shared_at_home(self.connection, self.recipe)
        fixed = [f for f in self.recipe.fields if f.fixed]
        frequencies = count_names(self.connection)
        return Weights(
            recipe=self.recipe.table,
            fields=tuple(f.name for f in self.recipe.fields),
            m={f: rounded(v) for f, v in (m | {f.name: f.starting("m") for f in fixed} | kin_m).items()},
            u={f: rounded(v) for f, v in (u | {f.name: f.starting("u") for f in fixed} | kin_u).items()},
            prior=round(prior, 6),
            frequencies=frequencies,
            lift=lift(self.connection, frequencies),
            learned={"records": float(self.size)},
        )

    def _prior(self) -> float:
        """Guess the log2 odds of a match from the pairs alike in what nearly all true pairs share (half is a guess)."""
        same = " , ".join(self.recipe.anchor)
        known = " AND ".join(f"{c} IS NOT NULL" for c in self.recipe.anchor)
        found = self.connection.execute(
            f"SELECT coalesce(sum(c * (c - 1) / 2), 0) FROM (SELECT count(*) AS c FROM feature WHERE {known} GROUP BY {same})"
        ).fetchall()[0][0]
        every = max(self.size * (self.size - 1) / 2, 1.0)
        return log2(max(float(found), 0.5) / 0.5 / every)

    def score(self, weights: Weights, *, floor: float, also: Sequence[tuple[int, int]] = ()) -> Scored:
        """Compare every pair that a key brings together, and those in `also`; keep the others from `floor` bits up."""
        weights.check(self.recipe)
        lay_beside(self.connection, weights)
        self.connection.execute(meetings(self.recipe))
        self.connection.execute(pairs(self.recipe, overlay=self._overlay))
        self.connection.execute("DROP TABLE met")
        self.connection.execute("CREATE OR REPLACE TEMP TABLE asked (low INTEGER, high INTEGER)")
        if also:
            self.connection.execute(
                "INSERT INTO asked SELECT unnest(?), unnest(?)", [[a for a, _ in also], [b for _, b in also]]
            )
            self.connection.execute("INSERT INTO pair SELECT low, high FROM asked EXCEPT SELECT low, high FROM pair")
        self.connection.execute(self._score_sql(weights, floor, asked=bool(also)))
        return self._scored(weights.prior)

    def _score_sql(self, weights: Weights, floor: float, *, asked: bool) -> str:
        grades = ", ".join(f"{grade(f)} AS g_{f.name}" for f in self.recipe.fields)
        rarities = sorted({level.rarity for f in self.recipe.fields for level in f.levels if level.rarity})
        rare = "".join(f", greatest(l.{r}, r.{r}) AS {r}" for r in rarities)
        total = " + ".join(_bits_sql(f, weights) for f in self.recipe.fields)
        names = ", ".join(f"g_{f.name}" for f in self.recipe.fields)
        also = "OR (low, high) IN (SELECT (low, high) FROM asked)" if asked else ""
        guards = " ".join(
            f"WHEN {condition(guard.when, recipe=self.recipe)} THEN {number}"
            for number, guard in enumerate(self.recipe.guards)
        )
        return f"""
            CREATE OR REPLACE TEMP TABLE scored AS
            WITH graded AS (
                SELECT low, high, {grades} {rare}
                FROM pair JOIN compared l ON l.n = low JOIN compared r ON r.n = high
            ),
            weighed AS (SELECT low, high, {names}, ({total})::DOUBLE AS evidence FROM graded),
            kept AS (
                SELECT * FROM weighed WHERE evidence >= {floor - weights.prior} {also}
            )
            SELECT low, high, evidence, [{names}] AS levels, (CASE {guards} ELSE -1 END)::TINYINT AS guard
            FROM kept JOIN feature l ON l.n = low JOIN feature r ON r.n = high"""

    def _scored(self, prior: float) -> Scored:
        table = self.connection.execute(
            "SELECT low, high, evidence, levels, guard FROM scored ORDER BY low, high"
        ).to_arrow_table()
        flat = table.column("levels").combine_chunks()
        flat = flat.flatten() if isinstance(flat, pa.ListArray) else pa.array([], pa.int8())
        return Scored(
            low=table.column("low").to_numpy().astype(np.int64),
            high=table.column("high").to_numpy().astype(np.int64),
            evidence=table.column("evidence").to_numpy().astype(np.float64),
            prior=prior,
            levels=flat.to_numpy(zero_copy_only=False).astype(np.int8).reshape(-1, len(self.recipe.fields)),
            guard=table.column("guard").to_numpy().astype(np.int64),
        )

    def ties(self, scored: Scored, weights: Weights, verdicts: Verdicts) -> Batch:
        """Write the verdicts on scored pairs as ties."""
        access = "record_id, dataset, compartment, marking, handling, subject"
        ends = self.connection.execute(f"SELECT n, {access} FROM feature").to_arrow_table().sort_by("n")
        return write_ties(ends, scored, self.recipe.table, weights=weights, verdicts=verdicts)

    def numbers(self, record_ids: Sequence[str]) -> dict[str, int]:
        """Give the numbers of those of the records that are loaded."""
        asked = list(dict.fromkeys(record_ids))
        found = self.connection.execute(
            "SELECT record_id, n FROM feature SEMI JOIN (SELECT unnest(?) AS record_id) USING (record_id)", [asked]
        )
        return {str(record): int(number) for record, number in found.fetchall()}

    def codes(self, column: str, *, only: frozenset[str] | None = None) -> npt.NDArray[np.int64]:
        """Give each record's value of a feature as a code, -1 where it is unknown or not among `only`."""
        kept = f"{column} IS NOT NULL" if only is None else f"{column} IN ({', '.join(map(quoted, sorted(only)))})"
        sql = f"SELECT n, CASE WHEN {kept} THEN (hash({column}) >> 1)::BIGINT ELSE -1 END AS c FROM feature"
        found = self.connection.execute(sql).to_arrow_table()
        codes = np.full(self.size, -1, np.int64)
        codes[found.column("n").to_numpy()] = found.column("c").to_numpy()
        return codes

    def pairs_of(self, pairs: Sequence[tuple[str, str]]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Give pairs of record ids as numbers, low and high, leaving out those that are not loaded."""
        numbers = self.numbers([record for pair in pairs for record in pair])
        found = [sorted((numbers[a], numbers[b])) for a, b in pairs if a in numbers and b in numbers]
        both = np.array(found, np.int64).reshape(-1, 2)
        return both[:, 0], both[:, 1]

    def held(self, low: int, high: int) -> tuple[Guard, ...]:
        """Name every guard that holds of a pair last scored."""
        fields = ", ".join(f"levels[{n}] AS g_{f.name}" for n, f in enumerate(self.recipe.fields, start=1))
        guards = ", ".join(f"coalesce({condition(g.when, recipe=self.recipe)}, false)" for g in self.recipe.guards)
        row = self.connection.execute(
            f"""SELECT {guards} FROM (SELECT low, high, {fields} FROM scored WHERE low = ? AND high = ?)
                JOIN feature l ON l.n = low JOIN feature r ON r.n = high""",
            [low, high],
        ).fetchall()[0]
        return tuple(guard for guard, holds in zip(self.recipe.guards, row, strict=True) if holds)

    def features(self, number: int) -> Mapping[str, Any]:
        """Give the features of one record, with the shares of its names once pairs were scored."""
        return dict(
            self.connection.execute("SELECT * FROM compared WHERE n = ?", [number]).to_arrow_table().to_pylist()[0]
        )


def _bits_sql(field: Field, weights: Weights) -> str:
    whens = []
    for number in range(len(field.levels)):
        bits = f"{weights.bits(field.name, number):.9f}"
        rarity = field.level(number).rarity
        if rarity and weights.frequencies:
            bits += f" + ({weights.usual(rarity):.9f} - log2({rarity}))"
        whens.append(f"WHEN {number} THEN {bits}")
    return f"(CASE g_{field.name} {' '.join(whens)} ELSE 0 END)"
