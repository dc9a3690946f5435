"""Why two records are one, or are not: each comparison as a sentence with its weight, worked out anew on reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from toex.conflation.backends import DuckEngine
from toex.conflation.errors import UnknownRecordError
from toex.conflation.recipes import RECIPES
from toex.conflation.run import ACCESS_COLUMNS, Readable, last_report
from toex.conflation.spec import Field, Recipe
from toex.conflation.starting import starting_card
from toex.conflation.verdicts import SENTENCES
from toex.conflation.weights import Weights


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison: the field, its level, the sentence for a reader, and its weight in bits."""

    field: str
    level: str
    sentence: str
    bits: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """A pair's weight as the sum of its lines and the prior, what stands of it, and what keeps it from being joined."""

    record_id: str
    other_id: str
    table: str
    weight: float
    prior: float
    lines: tuple[Line, ...]
    objections: tuple[str, ...]
    standing: str  # as the ties of this view have it; "" where the pair is none
    reason: str
    by: str

    def text(self) -> str:
        """Write the explanation as plain lines, strongest first."""
        lines = sorted(self.lines, key=lambda line: -abs(line.bits))
        told = [f"{line.sentence} ({line.bits:+.1f})" for line in lines if line.level != "unknown"]
        return "\n".join([*told, f"Any two records, before looking ({self.prior:+.1f})", *self.objections])


def explain(view: Readable, a: str, b: str, weights: Mapping[str, Weights], *, at: date | None = None) -> Explanation:
    """Explain one pair of records from what this view shows, and nothing else.

    Raises UnknownRecordError where the view does not show both in one table. Without a card the starting card serves.
    """
    low, high = sorted((a, b))
    recipe = _table_of(view, low, high)
    card = weights.get(recipe.table) or starting_card(recipe, records=_size(view, recipe))
    engine = DuckEngine(recipe, _neighbours(view, recipe, low, high), at=at or last_report(view))
    numbers = engine.numbers([low, high])
    pair = (numbers[low], numbers[high])
    scored = engine.score(card, floor=float("1e9"), also=[pair])
    sides = engine.features(pair[0]), engine.features(pair[1])
    shown = {row["record_id"]: row for row in _as_given(view, recipe, low, high)}
    lines = tuple(
        _line(field, int(level), card, sides, (shown[low], shown[high]))
        for field, level in zip(recipe.fields, scored.levels[0], strict=True)
    )
    held = engine.held(*pair)
    standing, reason, by = _tie(view, low, high)
    told = {rule.code: rule.sentence for rule in recipe.exclusive} | SENTENCES
    apart = standing in ("possible", "refused") and reason in told
    objections = [guard.sentence for guard in held] or ([told[reason]] if apart else [])
    return Explanation(
        record_id=low, other_id=high, table=recipe.table, weight=float(scored.weight[0]), prior=card.prior,
        lines=lines, objections=tuple(objections), standing=standing, reason=reason, by=by,
    )  # fmt: skip


def told_reason(table: str, code: str) -> str:
    """Give the sentence for the code of a tie's reason; the code itself where no rule has it."""
    recipe = RECIPES[table]
    told = {rule.code: rule.sentence for rule in recipe.exclusive} | {
        rule.code: rule.sentence for rule in recipe.guards
    }
    return (told | SENTENCES).get(code, code)


def _size(view: Readable, recipe: Recipe) -> int:
    return int(view.query(f'SELECT count(*) AS n FROM "{recipe.table}"').to_pylist()[0]["n"])


def _table_of(view: Readable, low: str, high: str) -> Recipe:
    for recipe in RECIPES.values():
        sql = f'SELECT count(DISTINCT record_id) AS n FROM "{recipe.table}" WHERE record_id IN (?, ?)'
        if view.query(sql, [low, high]).to_pylist()[0]["n"] == 2:
            return recipe
    raise UnknownRecordError("This view does not show both records in one table.")


def _neighbours(view: Readable, recipe: Recipe, low: str, high: str) -> Any:
    """Read the two records and those that share a counted value with them: how shared a value is, is part of the story."""
    columns = ", ".join((*ACCESS_COLUMNS, *recipe.columns))
    pair = f'SELECT * FROM "{recipe.table}" WHERE record_id IN ($low, $high)'
    shared = "".join(f" OR {c} IN (SELECT {c} FROM pair WHERE {c} <> '')" for c in recipe.counted)
    sql = f'WITH pair AS ({pair}) SELECT {columns}, false AS bound FROM "{recipe.table}" WHERE record_id IN ($low, $high){shared}'
    return view.query(sql, {"low": low, "high": high})


def _as_given(view: Readable, recipe: Recipe, low: str, high: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = view.query(
        f'SELECT * FROM "{recipe.table}" WHERE record_id IN (?, ?)', [low, high]
    ).to_pylist()
    return rows


def _tie(view: Readable, low: str, high: str) -> tuple[str, str, str]:
    sql = 'SELECT standing, reason, "by" FROM tie WHERE record_id = ? AND other_id = ?'
    for row in view.query(sql, [low, high]).to_pylist():
        return row["standing"], row["reason"], row["by"]
    return "", "", ""


def _line(
    field: Field, number: int, card: Weights, sides: tuple[Mapping[str, Any], Mapping[str, Any]],
    given: tuple[Mapping[str, Any], Mapping[str, Any]],
) -> Line:  # fmt: skip
    if number < 0:
        return Line(field.name, "unknown", field.missing, 0.0)
    level = field.level(number)
    rare = max((float(side[level.rarity]) for side in sides), default=0.0) if level.rarity else 0.0
    bits = card.bits(field.name, number, rarity=level.rarity, share=rare)
    return Line(field.name, level.code, level.sentence + _values(field, given), bits)


def _values(field: Field, given: tuple[Mapping[str, Any], Mapping[str, Any]]) -> str:
    one, other = (_words(row.get(field.shows)) for row in given)
    if not one or not other:
        return ""
    return f", {one}" if one == other else f": {one} / {other}"


def _words(value: object) -> str:
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return str(value) if value else ""
