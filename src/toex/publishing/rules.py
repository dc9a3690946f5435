"""What every product keeps before a page of it is made: its marking, its citations, its joins."""

from collections.abc import Iterable, Iterator

from toex.publishing.errors import RuleError
from toex.publishing.product import Product, Sentence

TIERS = ("OFFICIAL", "OFFICIAL-SENSITIVE")


def tier(marking: str) -> int:
    """Give the order of a marking by its first words: 0 OFFICIAL, 1 OFFICIAL-SENSITIVE.

    RuleError for anything else: the workbench makes no product above OFFICIAL (GSCP; doctrine 3).
    """
    head = marking.split(" - ")[0].strip()
    if head not in TIERS:
        raise RuleError(f"The marking must begin with one of {', '.join(TIERS)}; nothing above is handled here.")
    return TIERS.index(head)


def check_product(product: Product) -> None:
    """Raise RuleError where the product breaks a rule that holds for every product (mission, rules 2, 5 and 7)."""
    _check_marking(product)
    _check_sources(product)
    if product.status == "final" and unconfirmed(product):
        raise RuleError(
            "A final product names a person on a join that nobody has confirmed: "
            "it needs a unique identifier or a ruling."
        )
    if product.status == "final" and product.assured_by in ("", product.prepared_by):
        raise RuleError("A final product names no second person who assured its quality.")


def unconfirmed(product: Product) -> tuple[str, ...]:
    """Give the references ("A7") of the subjects who rest on a join that is only proposed."""
    return tuple(s.person.ref for s in product.subjects if any(j.basis == "proposed" for j in s.joinings))


def _check_marking(product: Product) -> None:
    floor = max((tier(s.marking) for s in product.sources if s.marking), default=0)
    if tier(product.marking) < floor:
        raise RuleError(f"The product is marked lower than what it cites: {TIERS[floor]} is the least it can bear.")


def _check_sources(product: Product) -> None:
    held = [s.ref for s in product.sources]
    if len(set(held)) != len(held):
        raise RuleError("A record stands in the sources table twice.")
    missing = set(cited(product)) - set(held)
    if missing:
        raise RuleError(
            f"{len(missing)} cited record(s) are not in the sources table: every fact walks back to its record."
        )


def cited(product: Product) -> Iterator[str]:
    """Give every record id that the product cites, repeats included."""
    for sentence in sentences(product):
        yield from sentence.refs
    for refs in _bare_refs(product):
        yield from refs


def sentences(product: Product) -> Iterator[Sentence]:
    """Give every sentence of the product in the order in which it is read."""
    yield from (j.sentence for j in product.judgements)
    yield from product.summary
    yield from (reason for entry in product.at_risk for reason in entry.reasons)
    yield from product.news
    yield from product.network
    yield from (line.why for line in product.lines)
    for subject in product.subjects:
        yield from (p.value for p in subject.particulars)
        yield from subject.account
    yield from (place.what for place in product.places)
    yield from (sentence for section in product.sections for sentence in section.sentences)
    yield from product.method


def _bare_refs(product: Product) -> Iterable[tuple[str, ...]]:
    yield from (m.refs for m in product.members)
    yield from (link.refs for link in (product.chart.links if product.chart else ()))
    yield from (p.refs for p in product.possible)
    yield from (row.refs for row in product.timeline)
    for subject in product.subjects:
        yield from (j.refs for j in subject.joinings)
        yield from (row.refs for row in subject.timeline)
