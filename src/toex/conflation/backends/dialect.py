"""A recipe's conditions written as SQL, for our own scoring and for Splink's training alike."""

from toex.conflation.spec import (
    Alike,
    All,
    Condition,
    Crossed,
    Differ,
    Edits,
    Either,
    Field,
    Graded,
    Missing,
    Not,
    Opens,
    Recipe,
    Same,
    Slips,
    Some,
    Within,
)

OURS = ("l.{}", "r.{}")
SPLINK = ("{}_l", "{}_r")
Sides = tuple[str, str]


def condition(part: Condition, *, sides: Sides = OURS, recipe: Recipe | None = None) -> str:
    """Write a condition as SQL over two records; `recipe` is needed where the condition asks for graded levels."""
    match part:
        case All(parts):
            return "(" + " AND ".join(condition(p, sides=sides, recipe=recipe) for p in parts) + ")"
        case Some(parts):
            return "(" + " OR ".join(condition(p, sides=sides, recipe=recipe) for p in parts) + ")"
        case Not(inner):
            return f"(NOT coalesce({condition(inner, sides=sides, recipe=recipe)}, false))"
        case Graded(field, levels):
            if recipe is None:
                raise TypeError("Only a guard, which knows its recipe, may ask how a field was graded.")
            return _graded(recipe.field(field), levels)
        case _:
            return _simple(part, sides)


def _graded(field: Field, levels: tuple[str, ...]) -> str:
    numbers = ", ".join(str(field.number(code)) for code in levels)
    return f"g_{field.name} IN ({numbers})"


def _simple(part: Condition, sides: Sides) -> str:
    left, right = sides
    match part:
        case Same(columns):
            return "(" + " AND ".join(f"{left.format(c)} = {right.format(c)}" for c in columns) + ")"
        case Crossed(first, second):
            return f"{left.format(first)} = {right.format(second)}"
        case Missing(column):
            return f"({left.format(column)} IS NULL OR {right.format(column)} IS NULL)"
        case Differ(column):
            return f"{left.format(column)} <> {right.format(column)}"
        case Either(column):
            return f"({left.format(column)} <> 0 OR {right.format(column)} <> 0)"
        case _:
            return _measured(part, sides)


def _measured(part: Condition, sides: Sides) -> str:
    match part:
        case Alike(column, least):
            return f"jaro_winkler_similarity({_both(column, sides)}) >= {least}"
        case Edits(column, most):
            return f"damerau_levenshtein({_both(column, sides)}) <= {most}"
        case Slips(column, most):
            left, right = (side.format(column) for side in sides)
            # hamming() raises on codes of different lengths
            return (
                f"(CASE WHEN length({left}) = length({right}) THEN hamming({left}, {right}) <= {most} ELSE false END)"
            )
        case Within(column, most):
            left, right = sides
            return f"abs({left.format(column)} - {right.format(column)}) <= {most}"
        case Opens(column, least):
            left, right = (side.format(column) for side in sides)
            opens = f"starts_with({left}, {right}) OR starts_with({right}, {left})"
            return f"(least(length({left}), length({right})) >= {least} AND ({opens}))"
        case _:
            raise TypeError(f"There is no SQL for the condition {type(part).__name__}.")


def _both(column: str, sides: Sides) -> str:
    return ", ".join(side.format(column) for side in sides)


def grade(field: Field) -> str:
    """Write the CASE that gives a pair's level in a field, -1 where it is unknown."""
    whens = [f"WHEN {condition(field.unknown)} THEN -1"]
    for level in field.levels:
        if level.when is not None:
            whens.append(f"WHEN {condition(level.when)} THEN {field.number(level.code)}")
    return f"(CASE {' '.join(whens)} ELSE 0 END)::TINYINT"


def splink_comparison(field: Field) -> dict[str, object]:
    """Write a field as a Splink comparison without m and u."""
    levels: list[dict[str, object]] = [
        {"sql_condition": condition(field.unknown, sides=SPLINK), "label_for_charts": "unknown", "is_null_level": True}
    ]
    for level in field.levels:
        sql = "ELSE" if level.when is None else condition(level.when, sides=SPLINK)
        levels.append({"sql_condition": sql, "label_for_charts": level.code})
    return {"output_column_name": field.name, "comparison_levels": levels}
