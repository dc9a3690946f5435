"""One reading of a delivered file: batches of records as they come, and a quality sheet when all have come."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby, islice
from pathlib import Path

import numpy as np
import pyarrow as pa

from toex.intake.access import floor_of
from toex.intake.assembly import Assembled
from toex.intake.checks import checked
from toex.intake.chunk import CHUNK, Chunk, Odd
from toex.intake.cleaning import Cleaning, Count
from toex.intake.corrections import Corrections, find_corrections, spots
from toex.intake.crew import Crew
from toex.intake.errors import LostRowError
from toex.intake.frame import Frame, frame_of, key_texts, named_columns, row_digests
from toex.intake.mapping import FileMapping
from toex.intake.opening import Opened, OpenedFile, open_file
from toex.intake.plan import Plan
from toex.intake.quality import QualitySheet, first_sheet
from toex.intake.sheets import Limits
from toex.intake.suspicion import refuse_words
from toex.intake.turning import turned
from toex.pole import Batch, Delivery, batch, domain, record_id

Progress = Callable[[int], None]
_LARGE = 8 << 20  # bytes: below this, starting worker processes takes longer than they save
_SLOW = frozenset({"person", "place", "organisation"})  # names and addresses; events alone are read faster than sent
_NOTHING_MADE = "No part of the mapping applies to this row, or none of its values can be read."


def read(
    path: Path,
    *,
    mapping: FileMapping,
    delivery: Delivery,
    progress: Progress | None = None,
    limits: Limits | None = None,
    workers: int | None = None,
) -> "Reading":
    """Open a delivered file; iterate what is given back for its batches, then ask it for its `sheet`.

    `progress` is told the number of rows done so far. `workers` is the number of further processes (by default one a
    core for large files of people and places, else none); the batches do not depend on it. Raises an IntakeError where
    the file as a whole is refused.
    """
    file = open_file(path, mapping, limits=limits)
    if workers is None:
        slow = any(record.table in _SLOW for sheet in mapping.sheets for record in sheet.records)
        workers = min(4, os.cpu_count() or 1) if slow and file.survey.size > _LARGE else 0
    return Reading(file, mapping=mapping, delivery=delivery, progress=progress, workers=workers)


class Reading:
    """The batches of one file (a mapping of table to batch for each chunk of rows), once through.

    Rows in = rows loaded + rows set aside, or LostRowError ends the reading.
    """

    def __init__(
        self,
        file: OpenedFile,
        *,
        mapping: FileMapping,
        delivery: Delivery,
        progress: Progress | None = None,
        rows: int | None = None,
        workers: int = 0,
    ) -> None:
        refuse_words((delivery.dataset.title, delivery.dataset.marking, delivery.file), place="its name or marking")
        if mapping.pivot is None:  # a year of two figures is never one after the file came
            mapping = replace(mapping, pivot=delivery.received.year)
        self._file = file
        self._delivery = delivery
        self._progress = progress or (lambda _: None)
        self._limit = rows
        self._crew = Crew(mapping, workers if workers > 1 else 0)
        self._floor = floor_of(delivery.dataset.marking)
        self._fingerprint = mapping.fingerprint
        self._cleaning = Cleaning(zone=mapping.zone, order=mapping.dates, pivot=mapping.pivot)
        self._seen: Counter[str] = Counter()
        self._carried: dict[str, str] = {}
        self.receipt = file.survey.receipt
        self.sheet: QualitySheet = first_sheet(file, mapping)

    def __iter__(self) -> Iterator[Mapping[str, Batch]]:
        for _, tables in groupby(self._file.sheets, key=lambda opened: id(opened.mapping)):
            yield from self._tables(tuple(tables))
        if not self.sheet.conserved:
            raise LostRowError("Rows in are not rows loaded and rows set aside; nothing of this reading may be kept.")

    @property
    def domain(self) -> str:
        """The access domain in which the records will lie."""
        return domain(self._delivery.dataset.name, self._delivery.dataset.compartment)

    def _tables(self, tables: tuple[Opened, ...]) -> Iterator[Mapping[str, Batch]]:
        """Give the batches of the tables that one rule reads: a key that comes in several of them is one key."""
        corrections = self._corrections(tables)
        for opened in tables:
            for frame, done, odd in self._crew.run(self._frames(opened, corrections), self._cleaning):
                aside = list(odd)
                batches = (
                    self._finished(frame, done, aside, opened) if frame and done else self._set_aside(aside, opened)
                )
                self._progress(self.sheet.rows_loaded + self.sheet.rows_set_aside)
                if batches:
                    yield batches
        for opened in tables:
            if late := self._set_aside(corrections.set_aside(opened.place), opened):
                yield late

    def _frames(self, opened: Opened, corrections: Corrections) -> Iterator[tuple[Frame | None, Plan, tuple[Odd, ...]]]:
        """Give each chunk's rows ready for assembly, with those that are set aside."""
        for chunk in self._chunks(opened):
            if opened.mapping.turn:
                opened = replace(opened, bound=opened.mapping.bind(chunk.headers))
                self._carry(opened, chunk)
            self.sheet.rows_in += len(chunk) + len(chunk.odd)
            self.sheet.formula_cells.update(header for _, header in chunk.formulas)
            good = checked(chunk, opened.mapping, opened.bound)
            columns = named_columns(good, opened.mapping, opened.bound, self._carried)
            good = self._without_corrected(good, columns, opened, corrections)
            yield self._frame(good, opened) if len(good) else None, self._plan(opened), good.odd

    def _frame(self, chunk: Chunk, opened: Opened) -> Frame:
        columns = named_columns(chunk, opened.mapping, opened.bound, self._carried)
        return frame_of(
            chunk, columns, mapping=opened.mapping, floor=self._floor, cleaning=self._cleaning, seen=self._seen,
            salt=self._fingerprint,
        )  # fmt: skip

    def _carry(self, opened: Opened, chunk: Chunk) -> None:
        """Keep what a turned sheet says for the sheets after it, such as whose handset this is."""
        for name in set(opened.mapping.carries) & set(opened.bound):
            text = chunk.column(opened.bound[name])[0].as_py().strip()
            if text:
                self._carried[name] = text

    def _chunks(self, opened: Opened) -> Iterator[Chunk]:
        if opened.mapping.turn is None:
            yield from self._some(opened)
            return
        weights: list[int] = []
        for chunk in turned(self._some(opened), opened, weights):
            self.sheet.rows_in += sum(weights) - 1
            self.sheet.rows_loaded += sum(weights) - 1
            yield chunk

    def _some(self, opened: Opened) -> Iterator[Chunk]:
        chunks = opened.rows.chunks(size=min(CHUNK, self._limit or CHUNK))
        return chunks if self._limit is None else islice(chunks, 1)

    def _corrections(self, tables: tuple[Opened, ...]) -> Corrections:
        """A first pass over the keys of the rows that may be loaded."""
        if tables[0].mapping.turn or not tables[0].mapping.key_columns():
            return Corrections({})
        numbers, keys = [], []
        for opened in tables:
            for chunk in self._some(opened):
                good = checked(chunk, opened.mapping, opened.bound)
                numbers.append(spots(good.numbers, opened.place))
                keys.append(key_texts(named_columns(good, opened.mapping, opened.bound), opened.mapping, len(good)))
        return find_corrections(numbers, keys)

    def _without_corrected(
        self, chunk: Chunk, columns: Mapping[str, pa.Array], opened: Opened, corrections: Corrections
    ) -> Chunk:
        if not corrections.last:
            return chunk
        keys, rows = key_texts(columns, opened.mapping, len(chunk)), spots(chunk.numbers, opened.place)
        repeated = np.array([key in corrections.last for key in keys.to_pylist()], dtype=bool)
        _, digests = row_digests(chunk.keep(repeated)) if repeated.any() else ([], [])
        for place, digest in zip(np.flatnonzero(repeated).tolist(), digests, strict=True):
            corrections.note(int(rows[place]), keys[place].as_py(), digest)
        return chunk.keep(~corrections.earlier(rows, keys))

    def _plan(self, opened: Opened) -> Plan:
        dataset = self._delivery.dataset
        return Plan(
            opened.mapping, dataset.name, dataset.compartment, dataset.supplier, self.receipt, opened.sheet, self._floor
        )  # fmt: skip

    def _finished(self, frame: Frame, done: Assembled, odd: list[Odd], opened: Opened) -> dict[str, Batch]:
        self.sheet.rows_loaded += int(done.made.sum())
        self.sheet.records.update({table: rows.num_rows for table, rows in done.batches.items()})
        self.sheet.rows_without_key += sum(1 for key in frame.keys if key.startswith("row-"))
        for name, count in done.counts.items():
            self.sheet.fields.setdefault(name, Count()).add(count)
        odd += [Odd(int(row), "", _NOTHING_MADE) for row in frame.numbers[~done.made]]
        return {**done.batches, **self._set_aside(odd, opened)}

    def _set_aside(self, odd: list[Odd], opened: Opened) -> dict[str, Batch]:
        """The batch of rows that were not loaded; who may read it is as strict as the dataset."""
        if not odd:
            return {}
        dataset, rows = self._delivery.dataset, len(odd)
        self.sheet.rows_set_aside += rows
        self.sheet.reasons.update(one.reason for one in odd)
        columns = {
            "receipt": [self.receipt] * rows,
            "sheet": [opened.sheet] * rows,
            "row": [one.row for one in odd],
            "column": [one.column for one in odd],
            "reason": [one.reason for one in odd],
            "record_id": [record_id(dataset.name, self.receipt, row_name(one.row, opened.sheet)) for one in odd],
            "dataset": [dataset.name] * rows,
            "compartment": [dataset.compartment] * rows,
            "marking": pa.array([self._floor] * rows, pa.int8()),
            "handling": ["P"] * rows,
            "subject": pa.array([0] * rows, pa.int16()),
        }
        return {"set_aside": batch("set_aside", columns, rows)}


def row_name(row: int, sheet: str = "") -> str:
    """Name a row that was set aside, as its id is made of it."""
    return f"row {row} of {sheet}" if sheet else f"row {row}"
