"""A sheet of names and values turned into the one row that it is."""

from collections.abc import Iterator

import numpy as np

from toex.intake.chunk import Chunk, text_array, unique_headers
from toex.intake.opening import Opened


def turned(chunks: Iterator[Chunk], opened: Opened, weights: list[int]) -> Iterator[Chunk]:
    """Give one chunk of one row whose columns are the sheet's names; `weights` receives how many rows it was made of.

    A name that comes twice keeps both values under `name` and `name (2)`.
    """
    name_column, value_column = opened.mapping.turn or ("", "")
    names: list[str] = []
    values: list[str] = []
    numbers: list[int] = []
    for chunk in chunks:
        names += chunk.column(opened.bound[name_column]).to_pylist()
        values += chunk.column(opened.bound[value_column]).to_pylist()
        numbers += chunk.numbers.tolist()
    if numbers:
        weights.append(len(numbers))
        columns = tuple(text_array([value]) for value in values)
        yield Chunk(unique_headers(names), columns, np.array(numbers[:1], dtype=np.int64))
