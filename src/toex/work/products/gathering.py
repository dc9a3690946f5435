"""A version's rows gathered into the product that is printed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from toex import publishing
from toex.picture import Standing, hush_in, source_of, unnamed
from toex.publishing import Product, cited, thaw
from toex.work.products.models import Recipient, Section, Sentence, Version
from toex.work.products.policies import Floor, floor_of

_PRINTED: Mapping[str, Any] = {
    "chart": None,
    "members": (),
    "holdings": (),
    "possible": (),
    "timeline": (),
    "checks": (),
}
_UNKEPT = "The state of the workbench that version {} was drawn from is no longer kept: what is new was not worked out."


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything that a version holds, read at once: what stands of its sections and sentences, and its sealed copies."""

    version: Version
    sections: tuple[Section, ...]
    sentences: Mapping[int, tuple[Sentence, ...]]  # by section, what is struck left out
    copies: Mapping[str, Mapping[str, Any]]  # sealed copies by record

    @property
    def floor(self) -> Floor:
        """The least marking that it can bear, and the conditions that it carries, from all that it cites."""
        return floor_of(source_of(ref, self.copies[ref]) for ref in sorted(cited_in(self)) if ref in self.copies)


def cited_in(kept: Kept) -> frozenset[str]:
    """Give the records that a version cites: its sentences, and the drawn tables that are printed."""
    written = (ref for held in kept.sentences.values() for one in held for ref in one.records)
    return cited_with(kept.version, written, subjects=_printed_people(kept, "subjects"))


def cited_with(version: Version, written: Iterable[str], *, subjects: Set[str]) -> frozenset[str]:
    """Give the records of some sentences with those of the drawn tables that a version prints; `subjects` are printed."""
    return frozenset({*written, *cited(_drawn(version, subjects))})


def gather(
    kept: Kept, *, at: datetime, status: Literal["draft", "final"] = "draft", recipients: Iterable[Recipient] = (),
    standing: Standing | None = None,
) -> Product:  # fmt: skip
    """Make the product that a version prints; RuleError where it breaks a rule of its parts.

    With `standing` the joins of its subjects are told as they stand now: confirmed, ruled or still proposed.
    """
    version, parts, floor = kept.version, _by_part(kept), kept.floor
    made = replace(
        _drawn(version, _printed_people(kept, "subjects")),
        title=version.product.title,
        reference=version.product.reference,
        version=version.number,
        at=at,
        status=status,
        home="unit",
        marking=version.marking or floor.marking,
        handling=(*version.handling, *floor.conditions),
        prepared_by=version.drafted_by.name,
        assured_by=version.assured_by.name if version.assured_by else "",
        recipients=tuple(told_as(one) for one in recipients),
        judgements=tuple(_judgement(s) for s in _all(parts, kept, "judgements")),
        lines=tuple(_line(s) for s in _all(parts, kept, "lines")),
        gaps=tuple(publishing.Gap(s.text, s.lead, s.owner, s.new) for s in _all(parts, kept, "gaps")),
        summary=_sentences(_all(parts, kept, "summary")),
        network=_sentences(_all(parts, kept, "network")),
        method=_sentences(_all(parts, kept, "method")),
        news=_news(kept, parts),
        at_risk=_at_risk(kept, parts),
        subjects=_subjects(kept, parts),
        places=tuple(_place(s) for s in _all(parts, kept, "places")),
        sections=tuple(_further(kept, parts)),
    )
    told = _with_joins(made, standing) if standing else made
    told = unnamed(told, hush_in(told))  # what people wrote, too
    wanted = set(cited(told))
    return replace(told, sources=tuple(source_of(ref, copy) for ref, copy in kept.copies.items() if ref in wanted))


def told_as(recipient: Recipient) -> str:
    """Write a recipient as the cover names them."""
    post = f", {recipient.post}" if recipient.post else ""
    return f"{recipient.name}{post}, {recipient.organisation.name}: {recipient.purpose} ({recipient.conditions})"


def _drawn(version: Version, subjects: Set[str]) -> Product:
    """Give the picture's own part: what people edit is cut out of it, and so are the tables that are left out."""
    made = thaw(version.drawn)
    bare = tuple(replace(s, account=()) for s in made.subjects if s.person.ref in subjects)
    out = {code: _PRINTED[code] for code in version.left_out if code in _PRINTED}
    return replace(
        made, summary=(), at_risk=(), news=(), network=(), lines=(), subjects=bare, places=(), sections=(), gaps=(),
        method=(), judgements=(), sources=(), **out,
    )  # fmt: skip


def _printed_people(kept: Kept, part: str) -> frozenset[str]:
    return frozenset(s.person for s in kept.sections if s.part == part)


def _by_part(kept: Kept) -> dict[str, list[Section]]:
    parts: dict[str, list[Section]] = defaultdict(list)
    for section in kept.sections:
        parts[section.part].append(section)
    return parts


def _all(parts: Mapping[str, Sequence[Section]], kept: Kept, code: str) -> list[Sentence]:
    return [s for section in parts.get(code, ()) for s in kept.sentences.get(section.pk, ())]


def _sentence(row: Sentence) -> publishing.Sentence:
    basis: Any = row.basis
    said = row.text
    if row.likelihood:
        said = f"{said.rstrip('.')} ({row.likelihood}; {row.confidence or 'no'} confidence)."
    return publishing.Sentence(said, tuple(row.records), basis, row.new)


def _sentences(rows: Iterable[Sentence]) -> tuple[publishing.Sentence, ...]:
    return tuple(_sentence(row) for row in rows)


def _judgement(row: Sentence) -> publishing.KeyJudgement:
    said = publishing.Sentence(row.text, tuple(row.records), "assessment", row.new)
    return publishing.KeyJudgement(said, row.likelihood, row.confidence)


def _line(row: Sentence) -> publishing.LineOfEnquiry:
    due = f"{row.due:%d/%m/%Y}" if row.due else ""
    return publishing.LineOfEnquiry(row.lead, _sentence(row), row.priority, row.owner, due, row.new)


def _place(row: Sentence) -> publishing.PlaceRow:
    return publishing.PlaceRow(row.lead, row.extra.get("kind", ""), _sentence(row), tuple(row.extra.get("people", ())))


def _news(kept: Kept, parts: Mapping[str, Sequence[Section]]) -> tuple[publishing.Sentence, ...]:
    said = _sentences(_all(parts, kept, "news"))
    if kept.version.number > 1 and thaw(kept.version.drawn).since is None:
        return (publishing.Sentence(_UNKEPT.format(kept.version.number - 1), basis="note"), *said)
    return said


def _at_risk(kept: Kept, parts: Mapping[str, Sequence[Section]]) -> tuple[publishing.AtRisk, ...]:
    whole = thaw(kept.version.drawn)
    people, known = people_of(whole), {entry.person.ref: entry for entry in whole.at_risk}
    return tuple(
        replace(
            known.get(s.person, publishing.AtRisk(people[s.person], ())), owner=owner_of(s), referral=s.referral,
            reasons=_sentences(kept.sentences.get(s.pk, ())),
        )
        for s in parts.get("at_risk", ()) if s.person in people
    )  # fmt: skip


def _subjects(kept: Kept, parts: Mapping[str, Sequence[Section]]) -> tuple[publishing.Subject, ...]:
    known = {subject.person.ref: subject for subject in thaw(kept.version.drawn).subjects}
    return tuple(
        replace(known[s.person], account=_sentences(kept.sentences.get(s.pk, ())))
        for s in parts.get("subjects", ())
        if s.person in known
    )


def people_of(product: Product) -> dict[str, publishing.Person]:
    """Give everybody whom a drawn product tells of, by reference."""
    held = (*(m.person for m in product.members), *(s.person for s in product.subjects))
    return {person.ref: person for person in (*held, *(entry.person for entry in product.at_risk))}


def owner_of(section: Section) -> str:
    """Write who owns the risk: rank, name, organisation."""
    where = f", {section.risk_owner_at.name}" if section.risk_owner_at else ""
    told = section.risk_owner.removeprefix(f"{section.risk_owner_rank} ")  # some write the rank before the name too
    return f"{section.risk_owner_rank} {told}{where}".strip() if told else ""


def _further(kept: Kept, parts: Mapping[str, Sequence[Section]]) -> Iterable[publishing.Section]:
    for section in (*parts.get("advice", ()), *parts.get("sections", ())):
        said = _sentences(kept.sentences.get(section.pk, ()))
        if said:
            yield publishing.Section(section.title, said)


def _with_joins(product: Product, standing: Standing) -> Product:
    """Tell the joins of the subjects as they stand: a proposal that is confirmed since is proposed no more."""
    named = {frozenset((r.record_id, r.other_id)): r.by for r in standing.ruled}
    subjects = [
        replace(subject, joinings=tuple(_joining(j, standing, named) for j in subject.joinings))
        for subject in product.subjects
    ]
    return replace(product, subjects=tuple(subjects))


def _joining(told: publishing.Joining, standing: Standing, named: Mapping[frozenset[str], str]) -> publishing.Joining:
    low, high = told.refs
    by = named.get(frozenset(told.refs), "")
    if by:
        return replace(told, basis="ruling", ruled_by=by)
    one, other = standing.parts.get(low), standing.parts.get(high)
    if told.basis == "proposed" and one is not None and one == other:
        rulers = sorted({r.by for r in standing.ruled if standing.parts.get(r.record_id) == one})
        return replace(told, basis="ruling" if rulers else "identifier", ruled_by=", ".join(rulers))
    return told
