"""Conflation of a view: every standing record compared, ruled and tied."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from toex.conflation.backends import DuckEngine, Scored
from toex.conflation.backends.ties import count_standings, join_batches
from toex.conflation.clusters import Rules, cluster
from toex.conflation.recipes import RECIPES
from toex.conflation.rulings import rulings_on
from toex.conflation.spec import Recipe
from toex.conflation.starting import FEW, outgrown, starting_card
from toex.conflation.threshold import calibrated, refined_prior, thresholds
from toex.conflation.verdicts import FLOOR, cluster_pairs, verdicts
from toex.conflation.weights import Weights
from toex.pole import Batch, Dataset, Judgement, quoted

Progress = Callable[[str, float], None]
SEED = 20_260_101
ACCESS_COLUMNS = ("record_id", "dataset", "compartment", "marking", "handling", "subject")
_SLACK = 4.0  # bits by which a fresh card's prior may yet rise when it is settled


class Readable(Protocol):
    """What conflation asks of a view."""

    def query(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> Batch:
        """Run SQL over the visible rows."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """The ties of a run, the weights cards it used, and how many ties stand how, for each table."""

    ties: Batch
    weights: Mapping[str, Weights]
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run is made: the day on which ages are counted, datasets that hold each person once, the seed."""

    at: date
    once: frozenset[str] = frozenset()
    seed: int = SEED
    memory: str = "2GB"  # of the engine: a million people then stay under four in all


def conflate(
    view: Readable,
    *,
    judgements: Sequence[Judgement] = (),
    weights: Mapping[str, Weights] | None = None,
    progress: Progress | None = None,
    at: date | None = None,
    once: frozenset[str] = frozenset(),
    tables: Sequence[str] = ("person", "organisation", "object", "place"),
) -> Outcome:
    """Conflate the standing datasets of a view.

    `weights` by table, where given, are used as they are and nothing is learned, unless the records have more than
    doubled since: what a chance agreement is worth hangs on their number. `at` is the day on which ages are
    counted (else the last report in the view); `once` names datasets that hold each person once. Operation-bound
    datasets take no part (rule 11): see `overlay`.
    """
    plan = Plan(at=at or last_report(view), once=once)
    cards = dict(weights or {})
    parts: list[Batch] = []
    for step, table in enumerate(tables):
        _tell(progress, f"Comparing: {table}", step / len(tables))
        given = read_records(view, RECIPES[table], bound=frozenset(), without=bound_datasets(view))
        if given.num_rows < 2:
            continue
        ties, cards[table] = run_table(given, RECIPES[table], plan=plan, judgements=judgements, card=cards.get(table))
        parts.append(ties)
    _tell(progress, "Compared", 1.0)
    return outcome(parts, cards)


def run_table(
    given: Batch,
    recipe: Recipe,
    *,
    plan: Plan,
    judgements: Sequence[Judgement],
    card: Weights | None,
    overlay: bool = False,
    standing: Sequence[tuple[str, str]] = (),
) -> tuple[Batch, Weights]:
    """Compare the records of one table and tie them; a card is learned where none is given or it is outgrown.

    In an overlay nothing is learned and only pairs that touch a bound record are compared; `standing` are the pairs
    that are joined already.
    """
    engine = DuckEngine(recipe, given, at=plan.at, overlay=overlay, memory=plan.memory)
    rulings = rulings_on(judgements, engine.numbers([i for j in judgements for i in (j.record_id, j.other_id)]))
    learns = recipe.learns and not overlay and engine.size > FEW
    fresh = learns and (card is None or outgrown(card, records=engine.size))
    learned = engine.train(seed=plan.seed) if fresh else card or starting_card(recipe, records=engine.size)
    scored = engine.score(learned, floor=FLOOR - _SLACK if fresh else FLOOR, also=rulings.pairs())
    if fresh:
        scored, learned = settled(scored, learned, recipe, records=engine.size)
    pairs = cluster_pairs(scored, learned, recipe, rulings)
    rules = Rules(
        exclusive=tuple(engine.codes(e.column) for e in recipe.exclusive),
        once=engine.codes("dataset", only=plan.once) if plan.once else None,
        given=engine.pairs_of(standing),
    )
    found = cluster(engine.size, pairs, rules)
    ruled = verdicts(scored, pairs, found, weights=learned, recipe=recipe, rulings=rulings)
    return engine.ties(scored, learned, ruled), learned


def settled(scored: Scored, card: Weights, recipe: Recipe, *, records: int) -> tuple[Scored, Weights]:
    """Refine a fresh card's prior, choose its thresholds without truth, and shift the scores to the new prior."""
    prior = round(refined_prior(scored, card, records=records), 6)
    moved = scored.at_prior(prior)
    curve = calibrated(moved, replace(card, prior=prior), recipe)
    joined, possible = thresholds(moved, curve)
    how = {
        **card.learned,
        "labels": float(curve.labels),
        "slope": round(curve.slope, 6),
        "offset": round(curve.offset, 6),
    }
    settled_card = replace(card, prior=prior, joined=round(joined, 6), possible=round(possible, 6), learned=how)
    return moved, settled_card


def datasets_of(view: Readable) -> Mapping[str, Dataset]:
    """Give what the view knows of its datasets; a view that knows none has standing ones only."""
    found: Mapping[str, Dataset] = getattr(view, "datasets", {})
    return found


def bound_datasets(view: Readable) -> frozenset[str]:
    """Name the datasets that are bound to an operation."""
    return frozenset(name for name, dataset in datasets_of(view).items() if dataset.binding == "operation")


def last_report(view: Readable) -> date:
    """Give the day of the last report in the view, else the last birthday: ages are counted on it."""
    row = view.query("SELECT coalesce(max(reported)::DATE, max(dob), DATE '2000-01-01') AS at FROM person").to_pylist()[
        0
    ]
    day: date = row["at"]
    return day


def read_records(
    view: Readable, recipe: Recipe, *, bound: frozenset[str], without: frozenset[str] = frozenset()
) -> Batch:
    """Read what a recipe compares; `bound` names the domains whose records are marked, `without` datasets left out."""
    own = "CASE WHEN compartment = '' THEN dataset ELSE dataset || '+' || compartment END"
    mark = f"coalesce({own} IN ({_listed(bound)}), false) AS bound"
    return view.query(
        f'SELECT {", ".join((*ACCESS_COLUMNS, *recipe.columns))}, {mark} FROM "{recipe.table}" '
        f"WHERE dataset NOT IN ({_listed(without)})"
    )


def _listed(names: frozenset[str]) -> str:
    return ", ".join(quoted(name) for name in sorted(names)) or "''"


def outcome(parts: Sequence[Batch], cards: Mapping[str, Weights]) -> Outcome:
    """Gather the ties of several tables, and count how many stand how in each."""
    ties = join_batches(parts)
    counts: dict[str, dict[str, int]] = {}
    for batch in parts:
        for table, standing, number in count_standings(batch):
            counts.setdefault(table, {})[standing] = number
    return Outcome(ties=ties, weights=cards, counts=counts)


def _tell(progress: Progress | None, step: str, share: float) -> None:
    if progress:
        progress(step, share)
