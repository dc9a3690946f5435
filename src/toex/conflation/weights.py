"""The weights card: what an engine has learned about a recipe, as numbers that any engine can use and a person can read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from math import log2
from typing import Any

from toex.conflation.errors import WeightsMismatchError
from toex.conflation.spec import Recipe

_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How common the values of one column are: shares of the records, and the share of a value not listed.

    Only values that many records share are listed, so that a card names nobody.
    """

    shares: Mapping[str, float]
    floor: float
    chance: float  # that two records agree on it by chance


@dataclass(frozen=True, slots=True)
class Weights:
    """m and u of each field's levels (lowest level first), the prior, frequencies, and the two thresholds in bits.

    `joined` is the weight from which a machine may join, `possible` that from which a pair is worth a person's look.
    """

    recipe: str
    fields: tuple[str, ...]
    m: Mapping[str, tuple[float, ...]]
    u: Mapping[str, tuple[float, ...]]
    prior: float  # log2 odds that two records taken at random are one
    frequencies: Mapping[str, Frequencies] = field(default_factory=dict)
    lift: float = 1.0  # how much oftener forename and surname meet than if they were drawn apart
    joined: float = 12.0
    possible: float = 0.0
    learned: Mapping[str, float] = field(default_factory=dict)  # how it was learned: counts, for the reader

    def bits(self, name: str, level: int, *, rarity: str = "", share: float = 0.0) -> float:
        """Give the weight in bits of a field's level; an unknown comparison (-1) weighs nothing.

        Where the level knows rarity, agreeing on a value of a small `share` weighs more, on a common one less.
        """
        if level < 0:
            return 0.0
        usual = self.usual(rarity)
        rare = usual - log2(share) if rarity and share > 0 and usual else 0.0
        return log2(max(self.m[name][level], _LEAST) / max(self.u[name][level], _LEAST)) + rare

    def usual(self, rarity: str) -> float:
        """Give log2 of the chance that two records agree on the value whose rarity is counted; 0 where none is known."""
        known = self.frequencies.get(rarity.removeprefix("rare_"))
        return log2(known.chance) if known else 0.0

    @property
    def id(self) -> str:
        """Name the card by its content."""
        return blake2b(self.to_json().encode(), digest_size=6).hexdigest()

    def to_json(self) -> str:
        """Write the card as JSON: sorted keys, the same text for the same card."""
        body = {
            "recipe": self.recipe, "fields": list(self.fields), "prior": self.prior, "lift": self.lift,
            "joined": self.joined, "possible": self.possible, "learned": dict(self.learned),
            "m": {k: list(v) for k, v in self.m.items()}, "u": {k: list(v) for k, v in self.u.items()},
            "frequencies": {
                k: {"shares": dict(f.shares), "floor": f.floor, "chance": f.chance} for k, f in self.frequencies.items()
            },
        }  # fmt: skip
        return json.dumps(body, sort_keys=True, indent=1)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Weights":
        """Read a card that `to_json` wrote."""
        body: dict[str, Any] = json.loads(text)
        return cls(
            **{k: body[k] for k in ("recipe", "prior", "lift", "joined", "possible", "learned")},
            fields=tuple(body["fields"]),
            m={k: tuple(v) for k, v in body["m"].items()},
            u={k: tuple(v) for k, v in body["u"].items()},
            frequencies={k: Frequencies(**f) for k, f in body["frequencies"].items()},
        )

    def check(self, recipe: Recipe) -> None:
        """Raise WeightsMismatchError where the card was not written for this recipe."""
        names = tuple(f.name for f in recipe.fields)
        sizes = all(len(self.m.get(f.name, ())) == len(f.levels) for f in recipe.fields)
        if self.recipe != recipe.table or self.fields != names or not sizes:
            raise WeightsMismatchError(f"The weights card was not written for this recipe of the table {recipe.table}.")


def rounded(shares: Sequence[float]) -> tuple[float, ...]:
    """Cut shares to nine significant digits: sums made by several threads differ in the last ones."""
    return tuple(float(f"{share:.9g}") for share in shares)


def ruled_card(recipe: Recipe) -> Weights:
    """Make the card of a recipe that learns nothing: its levels' own weights and its own thresholds."""
    return Weights(
        recipe=recipe.table,
        fields=tuple(f.name for f in recipe.fields),
        m={f.name: f.starting("m") for f in recipe.fields},
        u={f.name: f.starting("u") for f in recipe.fields},
        prior=recipe.prior,
        joined=recipe.joined,
        possible=recipe.possible,
    )
