"""The array types of a synthetic population, and the random streams that fill them."""

import random
import zlib
from importlib import resources

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Texts = npt.NDArray[np.object_]
Flags = npt.NDArray[np.bool_]
Generator = np.random.Generator

NONE = -1


class SyntheticError(Exception):
    """The root of what can go wrong while a fictional world is made."""


def stream(seed: int, stage: str) -> Generator:
    """Give one stage its own random stream, so that a change in one stage leaves the others as they were."""
    return np.random.default_rng([seed, zlib.crc32(stage.encode())])


def dice(seed: int, stage: str) -> random.Random:
    """Give one story its own plain random source, seeded as `stream` is."""
    return random.Random(f"{seed}/{stage}")


def texts(values: list[str]) -> Texts:
    """Turn a list of strings into an object column."""
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def data_text(name: str) -> str:
    """Read one of the data files that lie beside this module."""
    return (resources.files("toex.synthetic") / "data" / name).read_text(encoding="utf-8")


def chance(rng: Generator, size: int, rate: float) -> Flags:
    """Throw `size` coins that land true at `rate`."""
    hit: Flags = rng.random(size) < rate
    return hit
