"""Making an index: the texts of one access domain, the newest first, as tantivy keeps them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

import duckdb
import pyarrow.parquet as pq
from tantivy import Document, Index, IndexWriter, Schema, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from toex.pole.values import words
from toex.store.engine import connect, read_files
from toex.store.texts import ACCESS, NEWEST_FIRST, Access, packed, select

SHAPE: Final = 1  # to be raised when an index is written otherwise
_MEMORY = 400_000_000  # bytes of terms before a part is written out
_AT_ONCE = 20_000
CLASSES, RECORDS = "classes.json", "records.parquet"


def schema() -> Schema:
    """Give the fields of an index.

    `words` in their order, `marks` for numbers however spaced; `access` counts
    the rows of CLASSES, `place` is the record's place in the domain, the newest first; `shown` is what is shown of it.
    """
    build = SchemaBuilder()
    build.add_text_field("words", tokenizer_name="whitespace", index_option="position")
    build.add_text_field("marks", tokenizer_name="whitespace", index_option="basic")
    build.add_unsigned_field("access", indexed=True, fast=True)
    build.add_unsigned_field("place", fast=True)
    build.add_bytes_field("shown", stored=True)
    return build.build()


def teach(index: Index) -> Index:
    """Tell an index that words stand between spaces: they were read by `pole.values.words` already."""
    index.register_tokenizer("whitespace", TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    return index


def write_index(home: Path, folder: Path, sources: Mapping[str, Sequence[Path]]) -> int:
    """Write the index of the texts in these files of tables into an empty folder; give the number of its records.

    Where they hold no text that is all that is written down.
    """
    con = connect(home)
    try:
        _gather(con, sources)
        columns = ", ".join(f'"{name}"' for name in ACCESS)
        classes = con.execute(f"SELECT {columns} FROM class ORDER BY access").fetchall()
        told = json.dumps([asdict(Access(*row)) for row in classes])
        (folder / CLASSES).write_text(told, encoding="utf-8")
        pq.write_table(con.execute("FROM named").to_arrow_table(), folder / RECORDS, compression="zstd")
        if not classes:
            return 0
        index = teach(Index(schema(), path=str(folder)))
        writer = index.writer(_MEMORY, 1)
        records = _write(writer, _rows(con))
        writer.commit()
        writer.wait_merging_threads()
    finally:
        con.close()
    return records


def _gather(con: duckdb.DuckDBPyConnection, sources: Mapping[str, Sequence[Path]]) -> None:
    """Make `texts`; `class`, the sorts of rows that the policy tells apart; `named`, all records that a text names."""
    said = read_files(sources["text"]) if "text" in sources else ""
    columns = ", ".join(f'"{name}"' for name in ACCESS)
    kept = f'record_id, "at", {columns}, {packed()} AS shown, title, text'
    parts = [f"SELECT {kept} FROM ({select(table, read_files(paths), said)})" for table, paths in sources.items()]
    con.execute(f"CREATE TEMP TABLE texts AS {' UNION ALL '.join(parts)}")
    con.execute(
        f"""CREATE TEMP TABLE placed AS
        SELECT rowid AS number, row_number() OVER (ORDER BY {NEWEST_FIRST}) - 1 AS place FROM texts"""
    )
    con.execute(
        f"""CREATE TEMP TABLE class AS SELECT row_number() OVER (ORDER BY {columns}) - 1 AS access, *
        FROM (SELECT DISTINCT {columns} FROM texts)"""
    )
    ends = "SELECT record_id, dataset FROM texts"
    if "link" in sources:
        links = f"(SELECT l.* FROM {read_files(sources['link'])} l SEMI JOIN texts USING (record_id))"
        ends += f" UNION SELECT from_id, dataset FROM {links} UNION SELECT to_id, dataset FROM {links}"
    con.execute(f"CREATE TEMP VIEW named AS {ends}")


def _rows(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str, str, int, int]]:
    """Give the rows as they come: a place is a column, for to sort whole texts would cost more than to index them."""
    same = " AND ".join(f't."{name}" IS NOT DISTINCT FROM c."{name}"' for name in ACCESS)
    found = con.execute(
        f"""SELECT shown, title, text, access, place
        FROM texts t JOIN class c ON {same} JOIN placed p ON p.number = t.rowid"""
    )
    for part in found.to_arrow_reader(_AT_ONCE):
        columns = (part.column(name).to_pylist() for name in ("shown", "title", "text", "access", "place"))
        yield from zip(*columns, strict=True)


def _write(writer: IndexWriter, rows: Iterator[tuple[str, str, str, int, int]]) -> int:
    count = 0
    for shown, title, text, access, place in rows:
        document = Document()
        for part in (title, text):
            if part:
                _add(document, words.forms(part))
        document.add_unsigned("access", access)
        document.add_unsigned("place", place)
        document.add_bytes("shown", shown.encode())
        writer.add_document(document)
        count += 1
    return count


def _add(document: Document, forms: str) -> None:
    document.add_text("words", forms)
    if words.has_marks(forms) and (marks := words.marks(forms.split())):
        document.add_text("marks", " ".join(sorted(marks)))
