"""Which records are one, for everybody who wants to score or use it elsewhere."""

from collections.abc import Iterator
from importlib.resources import files

from toex.pole import entity_id
from toex.store import View

HEADERS = ("dataset", "source_key", "record_id", "entity_id", "kind", "part")


def entities(view: View) -> Iterator[tuple[str, ...]]:
    """Give a row of HEADERS for every person, organisation, object and place that the view shows.

    Entity ids are minted from the snapshot's number and the entity's earliest record: never used again for others.
    """
    rows = view.query(files("toex.picture").joinpath("sql/entities.sql").read_text(encoding="utf-8"))
    number, minted = view.snapshot.number, dict[str, str]()
    for batch in rows.to_batches():
        columns = [batch[name].to_pylist() for name in ("dataset", "source_key", "record_id", "entity", "kind", "part")]
        for dataset, key, record, entity, kind, part in zip(*columns, strict=True):
            if entity not in minted:
                minted[entity] = entity_id(number, entity)
            yield dataset, key, record, minted[entity], kind, part
