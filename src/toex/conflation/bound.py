"""Conflation of an operation's bound data with everything and within itself, on weights that others taught."""

from collections.abc import Mapping, Sequence
from datetime import date

from toex.conflation.recipes import RECIPES
from toex.conflation.run import (
    Outcome,
    Plan,
    Readable,
    bound_datasets,
    last_report,
    outcome,
    read_records,
    run_table,
)
from toex.conflation.weights import Weights
from toex.pole import Batch, Judgement


def overlay(
    view: Readable,
    *,
    domains: frozenset[str],
    judgements: Sequence[Judgement] = (),
    weights: Mapping[str, Weights],
    at: date | None = None,
    tables: Sequence[str] = ("person", "organisation", "object", "place"),
) -> Outcome:
    """Tie the records of an operation's domains to each other and to all that the view shows.

    Nothing is learned and no frequency is counted (rule 11): `weights` are the standing ones. Every tie has at least
    one end in `domains`, so the ties go when the domains go. What the standing conflation joined stays joined, and its
    entities are kept apart from each other as rigorously as a fresh run would keep them. Where nothing stands yet and no
    card is given, the starting card serves.
    """
    plan = Plan(at=at or last_report(view))
    other = frozenset(n for n in bound_datasets(view) if n not in {d.split("+")[0] for d in domains})
    parts: list[Batch] = []
    cards: dict[str, Weights] = {}
    for table in tables:
        recipe = RECIPES[table]
        given = read_records(view, recipe, bound=domains, without=other)
        if given.num_rows < 2:
            continue
        card = weights.get(table)
        ties, cards[table] = run_table(
            given, recipe, plan=plan, judgements=judgements, card=card, overlay=True, standing=joined_pairs(view, table)
        )
        parts.append(ties)
    return outcome(parts, cards)


def joined_pairs(view: Readable, table: str) -> list[tuple[str, str]]:
    """Read the pairs of a table that stand joined in the view."""
    rows = view.query("""SELECT record_id, other_id FROM tie WHERE standing = 'joined' AND "table" = ?""", [table])
    return list(zip(rows.column(0).to_pylist(), rows.column(1).to_pylist(), strict=True))
