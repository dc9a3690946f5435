"""Learning m and u: u from chance agreement, m by Splink's expectation maximisation in tight groups."""

import logging
from collections.abc import Sequence
from typing import Any, TypeAlias

import duckdb

from toex.conflation.backends.dialect import condition, grade, splink_comparison
from toex.conflation.spec import All, Condition, Either, Field, Level, Not, Recipe, Same

Shares: TypeAlias = dict[str, tuple[float, ...]]

_SAMPLE = 1500  # records compared all with all to see chance agreement: about a million pairs
_SEEN = 30  # below this many chance agreements in the sample, the exact count of equal values is used
_PAIRS_OF_A_BLOCK = 1_000_000
_HOMES = 20_000
_LEAST_M = 0.002  # no disagreement is impossible between records of one person: someone mistypes everything once


def chance(con: duckdb.DuckDBPyConnection, recipe: Recipe, *, seed: int) -> Shares:
    """Estimate u of every learned field: how often two different records agree by chance, lowest level first."""
    found: Shares = {}
    for field in (f for f in recipe.fields if not f.fixed):
        # levels with rarity are names, where agreement short of sameness is rare and weighs much: look at more pairs
        size = 2 * _SAMPLE if any(level.rarity for level in field.levels) else _SAMPLE
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE drawn AS SELECT * FROM feature ORDER BY hash(n + {seed}), n LIMIT {size}"
        )
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE by_chance AS SELECT {grade(field)} AS g_{field.name}, count(*) AS c "
            "FROM drawn l JOIN drawn r ON l.n < r.n GROUP BY 1"
        )
        found[field.name] = _u_of(con, recipe, field)
    return found


def shared_at_home(con: duckdb.DuckDBPyConnection, recipe: Recipe) -> tuple[Shares, Shares]:
    """Weigh the household field: how often people of one household share the column, against people taken at random.

    Needs no truth: records alike in home or number but in neither forename nor birthday are two people.
    """
    rule = recipe.household
    if rule is None:
        return {}, {}
    apart = " AND ".join(f"l.{c} <> r.{c}" for c in rule.but)
    shared, every = 0.0, 0.0
    for home in rule.within:
        found = con.execute(f"""
            WITH together AS (SELECT {home} FROM feature WHERE {home} IS NOT NULL GROUP BY 1 HAVING count(*) BETWEEN 2 AND 12),
            drawn AS (SELECT * FROM together ORDER BY hash({home}) LIMIT {_HOMES}),
            pooled AS (SELECT n, {home}, {rule.column}, {", ".join(rule.but)} FROM feature SEMI JOIN drawn USING ({home}))
            SELECT count(*) FILTER (l.{rule.column} = r.{rule.column}), count(*)
            FROM pooled l JOIN pooled r ON l.{home} = r.{home} AND l.n < r.n AND {apart}
            WHERE l.{rule.column} IS NOT NULL AND r.{rule.column} IS NOT NULL""").fetchall()[0]
        shared, every = shared + found[0], every + found[1]
    known = con.execute(f"SELECT count({rule.column}) FROM feature").fetchall()[0][0]
    usual = max(_agreeing(con, (rule.column,), other="born", flag="") / max(known * (known - 1) / 2, 1), 1e-6)
    together = max((shared + 1) / (every + 2), usual)
    return {rule.field: (0.5, usual)}, {rule.field: (0.5, together)}


def _u_of(con: duckdb.DuckDBPyConnection, recipe: Recipe, field: Field) -> tuple[float, ...]:
    rows = con.execute(f"SELECT g_{field.name}, c FROM by_chance WHERE g_{field.name} >= 0").fetchall()
    counts = dict(rows)
    total = max(sum(counts.values()), 1)
    exact = _exact(con, recipe, field)
    shares = [
        exact[number]
        if counts.get(number, 0) < _SEEN and number in exact
        else (counts.get(number, 0) + 0.5) / (total + 1)
        for number in range(len(field.levels))
    ]
    whole = sum(shares)
    return tuple(share / whole for share in shares)


def _exact(con: duckdb.DuckDBPyConnection, recipe: Recipe, field: Field) -> dict[int, float]:
    """Count chance agreement exactly for levels that ask for equal values, leaving out pairs alike in another field."""
    found: dict[int, float] = {}
    known = con.execute(f"SELECT count(*) FROM feature l WHERE NOT {condition(field.unknown, sides=('l.{}', 'l.{}'))}")
    rows = max(known.fetchall()[0][0], 2)
    taken = 0.0
    for level in field.levels:
        columns, flag = equal_columns(level.when)
        if columns:
            other = next(
                (a for a in recipe.anchor if a not in columns and a not in _columns_of(field)), recipe.anchor[-1]
            )
            share = max(
                _agreeing(con, columns, other=other, flag=flag) / (rows * (rows - 1) / 2) - taken, 0.1 / rows**2
            )
            found[field.number(level.code)] = share
            taken += share
    return found


def _columns_of(field: Field) -> set[str]:
    return {column for level in field.levels for column in equal_columns(level.when)[0]}


def equal_columns(when: Condition | None) -> tuple[tuple[str, ...], str]:
    """Name the columns that a level wants equal and the flag it wants down; nothing where it wants more than that."""
    match when:
        case Same(columns):
            return columns, ""
        case All((Same(columns), Not(Either(flag)))):
            return columns, flag
        case _:
            return (), ""


def _agreeing(con: duckdb.DuckDBPyConnection, columns: Sequence[str], *, other: str, flag: str) -> float:
    listed = ", ".join(columns)
    present = " AND ".join([*(f"{c} IS NOT NULL" for c in columns), *([f"{flag} = 0"] if flag else [])])
    pairs = "SELECT coalesce(sum(c * (c - 1) / 2), 0) FROM (SELECT count(*) AS c FROM feature WHERE {} GROUP BY {})"
    every = con.execute(pairs.format(present, listed)).fetchall()[0][0]
    alike = con.execute(pairs.format(f"{present} AND {other} IS NOT NULL", f"{listed}, {other}")).fetchall()[0][0]
    return float(every - alike)


def learn(con: duckdb.DuckDBPyConnection, recipe: Recipe, u: Shares, *, prior: float) -> Shares:
    """Let Splink learn m of every learned field in the recipe's tight groups, u being held."""
    from splink import DuckDBAPI, Linker, block_on  # half a second, which only learning needs

    # a level that no pair showed is smoothed below, and no reader of the terminal can do anything about it
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(connection=con)
    columns = ", ".join(dict.fromkeys(["n", *_used(con)]))
    con.execute(f"CREATE OR REPLACE TEMP TABLE learning AS SELECT {columns} FROM feature")
    linker = Linker(api.register("learning"), _settings(recipe, u, prior), log_level=None, validate_settings=False)
    for block in recipe.blocks:
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(*block), estimate_without_term_frequencies=True, max_pairs=_PAIRS_OF_A_BLOCK,
            record_sample_proportion=0.2,
        )  # fmt: skip
    return _m_of(recipe, linker.misc.save_model_to_json())


def _used(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [name for name, *_ in con.execute("DESCRIBE feature").fetchall()]


def _settings(recipe: Recipe, u: Shares, prior: float) -> dict[str, Any]:
    comparisons = []
    for field in (f for f in recipe.fields if not f.fixed):
        comparison = splink_comparison(field)
        levels: Any = comparison["comparison_levels"]
        for level, share in zip(levels[1:], reversed(u[field.name]), strict=True):
            level["u_probability"] = share
        comparisons.append(comparison)
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "n",
        "comparisons": comparisons,
        "blocking_rules_to_generate_predictions": [],
        "probability_two_random_records_match": prior,
        "retain_matching_columns": False,
    }


def _m_of(recipe: Recipe, model: dict[str, Any]) -> Shares:
    learned = {c["output_column_name"]: c["comparison_levels"] for c in model["comparisons"]}
    return {f.name: _smoothed(f.levels, learned[f.name]) for f in recipe.fields if not f.fixed}


def _smoothed(levels: Sequence[Level], learned: list[dict[str, Any]]) -> tuple[float, ...]:
    """Take Splink's m by label, and give a level that no pair showed a small share instead of none."""
    by_label = {each.get("label_for_charts"): each.get("m_probability") for each in learned}
    shares = [max(float(by_label.get(level.code) or 0.0), _LEAST_M) for level in reversed(levels)]
    whole = sum(shares)
    return tuple(share / whole for share in shares)
