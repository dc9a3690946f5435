"""What a product says, as values between the picture that draws it and the rows that people edit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from toex import publishing
from toex.publishing import Product
from toex.work.products.parts import PARTS


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence as it is written: its basis, the records it rests on, and what its part asks for beside it."""

    text: str
    basis: str = "fact"
    records: tuple[str, ...] = ()
    likelihood: str = ""
    confidence: str = ""
    lead: str = ""
    priority: str = ""
    owner: str = ""
    due: date | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    new: bool = False


@dataclass(frozen=True, slots=True)
class Laid:
    """A section with its sentences, before it has rows."""

    part: str
    title: str
    said: tuple[Said, ...] = ()
    person: str = ""
    referral: str = ""


def laid_out(product: Product) -> list[Laid]:
    """Lay a drawn product out in sections that people can edit, in the order of `parts.PARTS`."""
    plain = {"judgements": (), "summary": product.summary, "news": product.news, "network": product.network}
    return [
        *(_plain(code, plain[code]) for code in ("judgements", "summary")),
        *(_at_risk(entry) for entry in product.at_risk),
        *(_plain(code, plain[code]) for code in ("news", "network")),
        Laid("lines", PARTS["lines"].title, tuple(_line(line) for line in product.lines)),
        Laid("advice", PARTS["advice"].title),
        *(Laid("subjects", s.person.label(), _said(s.account), s.person.ref) for s in product.subjects),
        Laid("places", PARTS["places"].title, tuple(_place(place) for place in product.places)),
        *(Laid("sections", s.title, _said(s.sentences)) for s in product.sections),
        Laid("gaps", PARTS["gaps"].title, tuple(_gap(gap) for gap in product.gaps)),
        _plain("method", product.method),
    ]


def _plain(code: str, sentences: Iterable[publishing.Sentence]) -> Laid:
    return Laid(code, PARTS[code].title, _said(sentences))


def _said(sentences: Iterable[publishing.Sentence]) -> tuple[Said, ...]:
    return tuple(Said(s.text, s.basis, s.refs, new=s.new) for s in sentences)


def _at_risk(entry: publishing.AtRisk) -> Laid:
    return Laid("at_risk", entry.person.label(), _said(entry.reasons), entry.person.ref, entry.referral)


def _line(line: publishing.LineOfEnquiry) -> Said:
    return Said(line.why.text, line.why.basis, line.why.refs, lead=line.what, priority=line.priority, new=line.new)


def _place(place: publishing.PlaceRow) -> Said:
    extra = {"kind": place.kind, "people": list(place.people)}
    return Said(place.what.text, place.what.basis, place.what.refs, lead=place.place, extra=extra, new=place.what.new)


def _gap(gap: publishing.Gap) -> Said:
    return Said(gap.what, "note", lead=gap.would_tell, owner=gap.owner, new=gap.new)
