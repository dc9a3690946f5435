"""Where a product says something, and on which records it rests there: so that a correction can point at it."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from toex.publishing import Product, Sentence, TimelineRow
from toex.work.products.parts import PARTS


@dataclass(frozen=True, slots=True)
class Placed:
    """One sentence, or one line of a table, with its place in words as a reader finds it."""

    where: str
    text: str
    refs: tuple[str, ...]


def placed(product: Product) -> Iterator[Placed]:
    """Give all that a product says with the records it rests on; every record that it cites stands in one of them."""
    yield from _numbered(PARTS["judgements"].title, (one.sentence for one in product.judgements))
    yield from _numbered(PARTS["summary"].title, product.summary)
    for entry in product.at_risk:
        yield from _numbered(f"{PARTS['at_risk'].title}, {entry.person.ref}", entry.reasons)
    yield from _numbered(PARTS["news"].title, product.news)
    yield from _numbered(PARTS["network"].title, product.network)
    lines = (Placed("", f"{line.what} {line.why.text}".strip(), line.why.refs) for line in product.lines)
    yield from _counted(PARTS["lines"].title, lines, "number")
    yield from _of_subjects(product)
    yield from _numbered(PARTS["places"].title, (place.what for place in product.places))
    for section in product.sections:
        yield from _numbered(section.title, section.sentences)
    yield from _numbered(PARTS["method"].title, product.method)
    yield from _of_tables(product)


def touching(product: Product, records: Set[str]) -> list[Placed]:
    """List what a product says that rests on any of some records."""
    return [one for one in placed(product) if records & set(one.refs)]


def _numbered(where: str, sentences: Iterable[Sentence]) -> Iterator[Placed]:
    yield from _counted(where, (Placed("", one.text, one.refs) for one in sentences), "sentence")


def _counted(where: str, found: Iterable[Placed], what: str) -> Iterator[Placed]:
    for number, one in enumerate(found, start=1):
        yield Placed(f"{where}, {what} {number}", one.text, one.refs)


def _of_subjects(product: Product) -> Iterator[Placed]:
    for subject in product.subjects:
        where = f"{PARTS['subjects'].title}, {subject.person.ref}"
        for one in subject.particulars:
            yield Placed(f"{where}, {one.label}", one.value.text, one.value.refs)
        yield from _numbered(where, subject.account)
        for joining in subject.joinings:
            yield Placed(where, "That these records are of one person.", joining.refs)
        yield from _rows(f"{where}, what happened", subject.timeline)


def _rows(where: str, rows: Iterable[TimelineRow]) -> Iterator[Placed]:
    yield from (Placed(f"{where}, {row.at:%d/%m/%Y}", row.text, row.refs) for row in rows)


def _of_tables(product: Product) -> Iterator[Placed]:
    for member in product.members:
        told = f"{member.person.label()}: {'; '.join(member.measures) or 'named'}."
        yield Placed("The network, its people", told, member.refs)
    for link in product.chart.links if product.chart else ():
        yield Placed("Chart", f"A link of the chart: {link.label or 'linked'}.", link.refs)
    for one in product.possible:
        yield Placed("Possible joins", f"That {one.one.label()} and {one.other.label()} may be one person.", one.refs)
    yield from _rows("Timeline", product.timeline)
