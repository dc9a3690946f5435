"""Which records are compared: the pairs that meet under a key of the recipe, written as SQL."""

from toex.conflation.backends.dialect import condition
from toex.conflation.spec import Recipe


def meetings(recipe: Recipe) -> str:
    """Write the table `met`: one row for each record, key and alternative whose columns are all known."""
    parts = [
        f"SELECT n, bound, hash({number}, {', '.join(columns)}) AS h, {key.most}::INTEGER AS most FROM feature WHERE "
        + " AND ".join(f"{column} IS NOT NULL" for column in columns)
        for number, key in enumerate(recipe.keys)
        for columns in key.alternatives
    ]
    return "CREATE OR REPLACE TEMP TABLE met AS " + " UNION ALL ".join(parts)


def pairs(recipe: Recipe, *, overlay: bool) -> str:
    """Write the table `pair` of all pairs that share a key whose group is not too large to say anything.

    In an overlay at least one of the two must lie in the operation's own domains.
    """
    touched = "AND bool_or(bound)" if overlay else ""
    bound = "AND (a.bound OR b.bound)" if overlay else ""
    apart = f"WHERE NOT coalesce({condition(recipe.apart)}, false)" if recipe.apart else ""
    compared = "JOIN feature l ON l.n = low JOIN feature r ON r.n = high" if recipe.apart else ""
    return f"""
        CREATE OR REPLACE TEMP TABLE pair AS
        WITH groups AS (SELECT h FROM met GROUP BY h HAVING count(*) > 1 AND count(*) <= min(most) {touched}),
        kept AS (SELECT met.* FROM met SEMI JOIN groups USING (h)),
        met_pair AS (SELECT DISTINCT a.n AS low, b.n AS high FROM kept a JOIN kept b ON a.h = b.h AND a.n < b.n {bound})
        SELECT low, high FROM met_pair {compared} {apart}"""
