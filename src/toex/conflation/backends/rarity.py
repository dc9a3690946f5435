"""How common names are, counted once in training and laid beside each record when pairs are scored."""

import duckdb
import pyarrow as pa

from toex.conflation.weights import Frequencies, Weights

_LISTED = 10  # a value on fewer records is not written on the card: it would name people
_TAIL = 3.0  # what a value that is not listed is taken to count: a rare name is borne by a few
_COLUMNS = {"whole": "whole", "forename": "root", "surname": "surname"}


def count_names(con: duckdb.DuckDBPyConnection) -> dict[str, Frequencies]:
    """Count the names in the table `feature`; full names by the different dates of birth that go with them."""
    return {name: _count(con, column) for name, column in _COLUMNS.items()}


def lift(con: duckdb.DuckDBPyConnection, counted: dict[str, Frequencies]) -> float:
    """Say how much oftener two people share a whole name than if forename and surname were drawn apart."""
    apart = counted["forename"].chance * counted["surname"].chance
    return max(1.0, float(f"{counted['whole'].chance / apart:.9g}")) if apart > 0 else 1.0


def _count(con: duckdb.DuckDBPyConnection, column: str) -> Frequencies:
    # A name's records are often one person's, so a whole name counts its different birthdays, scaled to all its records.
    people = (
        "count(*) * greatest(count(DISTINCT born), 1) / greatest(count(born), 1)" if column == "whole" else "count(*)"
    )
    text = "any_value(forename || ' ' || surname)" if column == "whole" else f"any_value({column})"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE counted AS SELECT {text} AS value, {people}::DOUBLE AS people, count(*) AS rows "
        f"FROM feature WHERE {column} IS NOT NULL GROUP BY {column}"
    )
    total, chance = con.execute("SELECT sum(rows), sum(people * greatest(people - 1, 0)) FROM counted").fetchall()[0]
    total = float(total or 1)
    listed = con.execute(
        "SELECT value, people / ? FROM counted WHERE people >= ? ORDER BY value", [total, _LISTED]
    ).fetchall()
    return Frequencies(
        shares={value: round(share, 9) for value, share in listed},
        floor=float(f"{_TAIL / max(total, _LISTED):.9g}"),
        chance=float(f"{max(float(chance or 0.0), 1.0) / total**2:.9g}"),
    )


def lay_beside(con: duckdb.DuckDBPyConnection, weights: Weights) -> None:
    """Make the view `compared`: the features with the shares of each record's names by the card, floors where unlisted."""
    if not weights.frequencies:
        con.execute("CREATE OR REPLACE TEMP VIEW compared AS SELECT * FROM feature")
        return
    for name in _COLUMNS:
        known = weights.frequencies[name].shares
        listed = pa.table({"value": pa.array(known, pa.string()), "share": pa.array(known.values(), pa.float64())})
        con.register(f"share_{name}", listed)
    floors = {name: weights.frequencies[name].floor for name in _COLUMNS}
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE rarity AS
        SELECT n,
            coalesce(sf.share, {floors["forename"]}) AS rare_forename,
            coalesce(ss.share, {floors["surname"]}) AS rare_surname,
            greatest(coalesce(sw.share, 0), {weights.lift} * rare_forename * rare_surname) AS rare_whole
        FROM feature
        LEFT JOIN share_forename sf ON sf.value = feature.root
        LEFT JOIN share_surname ss ON ss.value = feature.surname
        LEFT JOIN (SELECT hash(value) AS whole, share FROM share_whole) sw ON sw.whole = feature.whole""")
    con.execute(
        "CREATE OR REPLACE TEMP VIEW compared AS SELECT feature.*, rarity.* EXCLUDE (n) FROM feature JOIN rarity USING (n)"
    )
