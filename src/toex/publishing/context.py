"""The one context from which the PDF and the Word product are both filled: plain words, numbers and drawings."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from toex.publishing import wording
from toex.publishing.associations import associations
from toex.publishing.chart import draw_chart
from toex.publishing.citation import Numbering, brackets
from toex.publishing.product import (
    AtRisk,
    Chart,
    Joining,
    Member,
    Particular,
    Person,
    PossibleJoin,
    Product,
    Sentence,
    SourceRow,
    Subject,
    TimelineRow,
)
from toex.publishing.review import Group, review_groups, review_order
from toex.publishing.rules import check_product
from toex.publishing.timeline import describe_timeline, draw_timeline
from toex.publishing.wording import clean, day, moment

Context = dict[str, Any]
_STRIP_FROM = 3  # fewer happenings than this are told better by the table alone


def context(product: Product) -> Context:
    """Give what a template may print of the product, in the order in which it is read; see `tags.TAGS`.

    Records are numbered as they are first cited, so both forms of the product cite alike. RuleError where the
    product breaks a rule.
    """
    check_product(product)
    cite = Numbering.of(product.sources)
    filled: Context = _cover(product)
    filled["judgements"] = [_judgement(cite, j.sentence, (j.likelihood, j.confidence)) for j in product.judgements]
    filled["summary"] = _sentences(cite, product.summary)
    filled["review"] = [_group(cite, group) for group in review_groups(product.at_risk)]
    filled["at_risk"] = [_at_risk(cite, entry) for entry in review_order(product.at_risk)]
    filled["news"] = _sentences(cite, product.news)
    filled |= _network(cite, product)
    filled["lines"] = [_line(cite, number, product) for number in range(1, len(product.lines) + 1)]
    filled["subjects"] = [_subject(cite, s, strip=filled["profile"]) for s in product.subjects]
    filled["strip"] = _strip(product.timeline, "Timeline of the network")
    filled["timeline"] = _timeline(cite, product.timeline)
    filled["places"] = [
        {"place": clean(p.place), "kind": clean(p.kind), "what": _sentence(cite, p.what), "people": _joined(p.people)}
        for p in product.places
    ]
    filled["sections"] = [
        {"title": clean(s.title), "sentences": _sentences(cite, s.sentences)} for s in product.sections
    ]
    filled |= _open_questions(product)
    filled["method"] = _sentences(cite, product.method)
    filled |= _sources(cite, product)
    filled["figures"] = _figures(product)
    filled["glossary"] = [
        {"word": clean(t.word), "meaning": clean(t.meaning)} for t in (*wording.GLOSSARY, *product.glossary)
    ]
    return filled


def _cover(product: Product) -> Context:
    words = ("operation", "title", "force", "marking", "reference", "customer", "prepared_by", "assured_by")
    filled: Context = {word: clean(getattr(product, word)) for word in words}
    filled["kind"] = product.kind[0].upper() + product.kind[1:]
    filled["profile"] = product.kind == "subject profile"
    filled["version"], filled["date"] = product.version, day(product.at)
    filled["threats"] = [clean(t) for t in product.threats]
    filled["handling"] = [clean(h) for h in product.handling]
    filled["recipients"] = [clean(r) for r in product.recipients]
    bench, draft = product.home == "bench", product.status == "draft"
    filled["banners"] = [text for text, holds in ((wording.BENCH, bench), (wording.DRAFT, draft)) if holds]
    filled["running"] = (
        " · ".join(w for w, holds in (("Bench home", bench), ("Draft", draft)) if holds) or filled["reference"]
    )
    filled["since"] = product.since or 0
    notes = {"hints": wording.HINTS, "no_hit": wording.NO_HIT, "method": wording.METHOD, "possible": wording.POSSIBLE}
    filled["notes"] = notes | {
        "unprinted": "",
        "nobody": wording.NOBODY_AT_RISK,
        "owner": wording.HANDED_OVER,
        "children": wording.CHILDREN if any(entry.person.child for entry in product.at_risk) else "",
        "news": _news_note(product),
    }
    return filled


def _news_note(product: Product) -> str:
    if product.since is None:
        return "This is the first version: everything in it is new."
    if not product.news:
        return f"Nothing has been added since version {product.since}."
    return f"What follows was not in version {product.since}. It is marked NEW wherever it stands in this product."


def _sentence(cite: Numbering, sentence: Sentence) -> Context:
    return {"text": clean(sentence.text), "basis": sentence.basis, "new": sentence.new, **_cited(cite, sentence.refs)}


def _sentences(cite: Numbering, sentences: Iterable[Sentence]) -> list[Context]:
    return [_sentence(cite, s) for s in sentences]


def _cited(cite: Numbering, refs: Iterable[str]) -> Context:
    pieces = brackets(cite.cite(refs))
    return {"pieces": [{"text": text, "number": number} for text, number in pieces]}


def _judgement(cite: Numbering, sentence: Sentence, words: tuple[str, str]) -> Context:
    likelihood, confidence = (clean(word) for word in words)
    records, origins = len(set(sentence.refs)), cite.independent(sentence.refs)
    rests = f"{_count(records, 'record')} of {_count(origins, 'origin')}" if records else ""
    return _sentence(cite, sentence) | {"likelihood": likelihood, "confidence": confidence, "rests": rests}


def _person(person: Person, *, named: bool = True) -> Context:
    return {
        "ref": clean(person.ref),
        "name": clean(person.name if named else person.label()),
        "categories": _joined((*person.categories, *(("child",) if person.child and named else ()))),
        "victim": person.is_victim(),
        "new": person.new,
    }


def _at_risk(cite: Numbering, entry: AtRisk) -> Context:
    return _person(entry.person) | {
        "particulars": clean(entry.particulars),
        "reasons": _sentences(cite, entry.reasons),
        "owner": clean(entry.owner),
        "referral": clean(entry.referral),
    }


def _group(cite: Numbering, group: Group) -> Context:
    shared = [_sentence(cite, s.sentence) | {"but": _joined(s.but)} for s in group.shared]
    return {"title": group.title, "shared": shared, "people": [_at_risk(cite, entry) for entry in group.people]}


def _network(cite: Numbering, product: Product) -> Context:
    return {
        "network": _sentences(cite, product.network),
        "chart": _chart(product.chart),
        "members": [_member(cite, member) for member in _victims_first(product.members)],
        "links": _links(cite, product.chart),
        "possible": [_possible(cite, pair) for pair in product.possible],
        "possible_left": product.possible_left,
        "holdings": [
            {"force": clean(h.force), "records": h.records, "people": h.people, "contact": clean(h.contact)}
            for h in product.holdings
        ],
    }


def _victims_first(members: Iterable[Member]) -> list[Member]:
    return sorted(members, key=lambda m: not m.person.is_victim())


def _chart(chart: Chart | None) -> Context | None:
    if chart is None:
        return None
    left = f": {_count(chart.left_out, 'further entity', 'further entities')} not drawn" if chart.left_out else ""
    return {"svg": draw_chart(chart), "caption": clean(chart.caption) + left, "alt": clean(chart.alt)}


def _links(cite: Numbering, chart: Chart | None) -> list[Context]:
    return [
        {
            "a": clean(told.who),
            "b": clean(told.to),
            "what": clean(told.what),
            "standing": "stated" if told.confirmed else "possible",
            **_cited(cite, told.refs),
        }
        for told in (associations(chart) if chart else ())
    ]


def _possible(cite: Numbering, pair: PossibleJoin) -> Context:
    return {
        "one": _person(pair.one, named=False),
        "other": _person(pair.other, named=False),
        "fields": [clean(f) for f in pair.fields],
        "held_back": clean(pair.held_back),
        "command": clean(pair.command),
        "new": pair.new,
        **_cited(cite, pair.refs),
    }


def _member(cite: Numbering, member: Member) -> Context:
    return _person(member.person, named=False) | {
        "measures": _joined(member.measures, "; "),
        "forces": _joined(member.forces),
        **_cited(cite, member.refs),
    }


def _line(cite: Numbering, number: int, product: Product) -> Context:
    line = product.lines[number - 1]
    words = ("what", "priority", "owner", "due")
    return {"number": number, "new": line.new, "why": _sentence(cite, line.why)} | {
        word: clean(getattr(line, word)) for word in words
    }


def _subject(cite: Numbering, subject: Subject, *, strip: bool) -> Context:
    proposed = any(j.basis == "proposed" for j in subject.joinings)
    return _person(subject.person, named=False) | {
        "proposed": proposed,
        "particulars": _particulars(cite, subject.particulars),
        "account": _sentences(cite, subject.account),
        "joinings": [_joining(cite, j) for j in subject.joinings],
        "more": subject.more_joinings,
        # among many subjects a strip each would bury what is said of them
        "strip": _strip(subject.timeline, f"Timeline of {clean(subject.person.ref)}") if strip else None,
        "timeline": _timeline(cite, subject.timeline),
    }


def _particulars(cite: Numbering, told: Iterable[Particular]) -> list[Context]:
    """Gather what is known under one label into one row."""
    return [
        {"label": clean(label), "told": [_sentence(cite, p.value) for p in group]}
        for label, group in groupby(told, key=lambda p: p.label)
    ]


def _joining(cite: Numbering, joining: Joining) -> Context:
    basis = {
        "identifier": "Confirmed: a unique identifier in both",
        "ruling": f"Ruled the same by {clean(joining.ruled_by)}",
        "proposed": "Proposed, not yet ruled",
    }[joining.basis]
    fields = [clean(f) for f in joining.fields]
    return {"basis": basis, "reason": clean(joining.reason), "fields": fields, **_cited(cite, joining.refs)}


def _strip(rows: tuple[TimelineRow, ...], caption: str) -> Context | None:
    if len(rows) < _STRIP_FROM:
        return None
    return {"svg": draw_timeline(rows, title=caption), "caption": caption, "alt": describe_timeline(rows)}


def _timeline(cite: Numbering, rows: Iterable[TimelineRow]) -> list[Context]:
    return [
        {
            "when": moment(row.at, whole_day=row.whole_day),
            "until": _until(row),
            "lane": clean(row.lane),
            "text": clean(row.text),
            "place": clean(row.place),
            "people": _joined(row.people),
            "new": row.new,
            **_cited(cite, row.refs),
        }
        for row in sorted(rows, key=lambda row: row.at)
    ]


def _until(row: TimelineRow) -> str:
    if row.until is None:
        return ""
    if row.until.date() == row.at.date() and not row.whole_day:
        return row.until.strftime("%H:%M")
    return moment(row.until, whole_day=row.whole_day)


def _open_questions(product: Product) -> Context:
    return {
        "gaps": [
            {"what": clean(g.what), "would_tell": clean(g.would_tell), "owner": clean(g.owner), "new": g.new}
            for g in product.gaps
        ],
        "checks": [
            {"system": clean(c.system), "about": clean(c.about), "state": clean(c.state)} for c in product.checks
        ],
    }


def _sources(cite: Numbering, product: Product) -> Context:
    sources = product.sources
    used = len(cite.numbers)
    numbered = [(cite.cite([s.ref])[0], s) for s in _cited_first(cite, sources)]
    refs = [s.ref for s in sources if cite.numbers[s.ref] <= used]
    origins = cite.independent(refs)
    uncited = len(sources) - used
    return {
        "sources": [_source(number, source, than=product.marking) for number, source in numbered],
        "independence": (
            f"{_count(len(refs), 'cited record')} come from {_count(origins, 'independent origin')}. "
            "Records of one origin (the same report, near-identical text, the same reporter on the same day) count "
            "once wherever this product counts."
            + (f" {_count(uncited, 'further record')} read and not cited." if uncited else "")
        ),
    }


def _cited_first(cite: Numbering, sources: tuple[SourceRow, ...]) -> list[SourceRow]:
    return sorted(sources, key=lambda s: cite.numbers.get(s.ref, len(cite.numbers) + 1))


def _source(number: int, source: SourceRow, *, than: str) -> Context:
    words = ("supplier", "dataset", "file", "what", "conditions", "origin", "ref")
    return {
        "number": number,
        "row": source.row,
        "grade": source.grade(),
        "marking": "" if source.marking == than else clean(source.marking),  # said where it differs from the product's
        "reported": source.reported.strftime("%d/%m/%Y") if source.reported else "",
    } | {word: clean(getattr(source, word)) for word in words}


def _figures(product: Product) -> list[Context]:
    people = len(product.members) or len(product.subjects)
    origins = len({s.origin or s.ref for s in product.sources})
    counted = (
        (people, "person", "people"),
        (len(product.at_risk), "for safeguarding review", "for safeguarding review"),
        (len(product.holdings), "force holding records", "forces holding records"),
        (len(product.sources), "record", "records"),
        (origins, "independent origin", "independent origins"),
    )
    return [{"value": str(n), "label": one if n == 1 else many} for n, one, many in counted]


def _joined(words: Iterable[str], between: str = ", ") -> str:
    return between.join(clean(word) for word in words)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
