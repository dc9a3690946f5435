"""What a version says that the one before did not: who came, what was joined, what is newly recorded, at most 15 lines."""

from collections.abc import Iterable, Mapping, Sequence

from toex import analysis
from toex.analysis import Connection, Network, Prompt
from toex.picture.chronicle import happenings, is_new
from toex.picture.enquiries import told
from toex.picture.joins import Candidate
from toex.picture.outlook import Outlook
from toex.picture.phrases import counted, listed
from toex.picture.reviewing import near_network
from toex.picture.subjects import Known, linked
from toex.publishing import Sentence

MOST = 15
_TOLD = 5  # of one kind: the rest are named in one line
_WORDS: Mapping[str, str] = {"call": "calls", "message": "messages", "transaction": "payments"}
_COUNTED = frozenset(_WORDS)
_KINDS = ("missing", "stop", "custody", "crime", "referral", "intelligence", "visit", "call", "message", "transaction")


def news(
    outlook: Outlook, before: Outlook | None, known: Known | None, doubts: Sequence[Candidate]
) -> tuple[Sentence, ...]:
    """Give at most fifteen lines, the most important first: risk, indicators, events, people, joins, other records."""
    if before is None or known is None or known.before is None:
        return ()
    found: list[Sentence] = []
    kinds = (
        _risk(outlook, before, known), _indicated(known.network, before, known), _happened(known), _came(before, known),
        _joined(before, known), _doubted(doubts, known), _recorded(known), _left(before, known),
    )  # fmt: skip
    for kind in kinds:
        found += _shortened(list(kind))
    return tuple(found[:MOST])


def _shortened(lines: list[Sentence]) -> list[Sentence]:
    """Keep the first lines of a kind, and gather the rest into one."""
    if len(lines) <= _TOLD + 1:
        return lines
    refs = tuple(r for line in lines[_TOLD:] for r in line.refs)
    return [*lines[:_TOLD], Sentence(f"And {len(lines) - _TOLD} more of this kind, marked NEW below.", refs, new=True)]


def fresh_prompts(before: Outlook, network: Network, known: frozenset[str]) -> tuple[Prompt, ...]:
    """Give the indicators of a network that the version before did not have, or that rest on new records now."""
    borne = {(p.code, p.node) for p in before.prompts}
    fresh = analysis.new_prompts(before.prompts, network.prompts)
    return tuple(p for p in fresh if (p.code, p.node) not in borne or not known.issuperset(p.record_ids))


def _risk(outlook: Outlook, before: Outlook, known: Known) -> Iterable[Sentence]:
    listed_before = {r for entry in before.review for r in entry.node.record_ids}
    for entry in near_network(outlook):
        if listed_before.isdisjoint(entry.node.record_ids):
            said = f"{known.cast.label(entry.node.key)} is now among the people for safeguarding review."
            yield Sentence(said, entry.reasons[0].record_ids, new=True)


def _indicated(network: Network, before: Outlook, known: Known) -> Iterable[Sentence]:
    fresh = fresh_prompts(before, network, known.before or frozenset())
    rules = analysis.indicators()
    for prompt in sorted(fresh, key=lambda p: (rules[p.code].weight != "strong", p.code, p.node)):
        yield Sentence(told(prompt, known.cast), prompt.record_ids, new=True)


def _came(before: Outlook, known: Known) -> Iterable[Sentence]:
    nodes = {node.key: node for node in known.network.nodes}
    for key in analysis.network_change(before.network, known.network).came:
        if key in nodes and key in known.cast.people:
            mine = [c for c in known.network.connections if key in (c.a, c.b)]
            best = max(mine, key=lambda c: (c.sources, c.contacts), default=None)
            how = f": {_lower(linked(key, best, known)).rstrip('.')}{_onward(key, best, known)}." if best else "."
            refs = (*nodes[key].record_ids, *(best.record_ids if best else ()))
            yield Sentence(f"{known.cast.label(key)} is now in the candidate network{how}", refs, new=True)


def _onward(key: str, link: Connection, known: Known) -> str:
    """Say with what the number, that ties somebody to the network, is in contact most."""
    via = link.b if link.a == key else link.a
    beyond = [c for c in known.network.connections if via in (c.a, c.b) and c.contacts]
    if via in known.cast.people or not beyond:
        return ""
    most = max(beyond, key=lambda c: (c.contacts, c.a, c.b))
    other = most.b if most.a == via else most.a
    return f"; that number is in contact with {known.cast.label(other)} ({counted(most.contacts, 'contact')})"


def _happened(known: Known) -> Iterable[Sentence]:
    """Tell the events that are new, missing reports and stops before others, the latest first."""
    entries = [e for held in known.entries.values() for e in held]
    fresh = [row for row in happenings(entries, known.cast, known=known.before) if row.new]
    for row in sorted(fresh, key=lambda r: (_order(r.lane), -r.at.timestamp())):
        who = f" ({', '.join(row.people)})" if row.people else ""
        yield Sentence(f"{row.lane}, {row.at:%d/%m/%Y}: {row.text.rstrip('.')}{who}.", row.refs, new=True)


def _order(lane: str) -> int:
    return _KINDS.index(lane.lower()) if lane.lower() in _KINDS else len(_KINDS)


def _doubted(doubts: Sequence[Candidate], known: Known) -> Iterable[Sentence]:
    for doubt in doubts:
        if known.before is not None and not {doubt.record_id, doubt.other_id} <= known.before:
            pair = f"{known.cast.label(doubt.one)} and {known.cast.label(doubt.other)}"
            said = f"A possible join waits for a person to rule: {pair}."
            yield Sentence(said, (doubt.record_id, doubt.other_id), new=True)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _joined(before: Outlook, known: Known) -> Iterable[Sentence]:
    """Tell where records that were held already are one person's now and were not before."""
    owner = _owners(before)
    for key in known.cast.people:
        old = [r for r in known.cast.nodes[key].record_ids if known.before and r in known.before]
        parts = {owner.get(r, "") for r in old}
        if len(parts) > 1 and any(parts):
            stray = [r for r in old if not owner.get(r)] or old
            what = f"{counted(len(stray), 'record')} held before {'is' if len(stray) == 1 else 'are'} now joined"
            yield Sentence(f"{known.cast.label(key)}: {what} to this person.", (*stray, *old), new=True)


def _owners(before: Outlook) -> Mapping[str, str]:
    nodes = [*(before.network.nodes if before.network else ()), *(entry.node for entry in before.review)]
    return {r: node.key for node in nodes if node.kind == "person" for r in node.record_ids}


def _recorded(known: Known) -> Iterable[Sentence]:
    """Tell of new records on people who were known that no new event told of: of the person, contacts, payments."""
    told_of = []
    for key, person in known.cast.people.items():
        mine = (e for e in known.entries.get(key, ()) if e.kind in _COUNTED)
        entries = {e.record_ids: e for e in mine if is_new(e.record_ids, known.before)}
        own = [r for r in known.cast.nodes[key].record_ids if is_new((r,), known.before)]
        if not person.new and (entries or own):
            held = {e.kind for e in entries.values()}
            refs = (*own, *(r for ids in entries for r in ids))
            number = len(own) + sum(e.count for e in entries.values())
            told_of.append((key, number, [kind for kind in _KINDS if kind in held], refs))
    for key, number, kinds, refs in sorted(told_of, key=lambda t: (_weight(t[2]), -t[1], t[0])):
        about = f" ({listed([_WORDS.get(kind, kind) for kind in kinds])})" if kinds else ""
        yield Sentence(f"{known.cast.label(key)}: {counted(number, 'new record')}{about}.", refs, new=True)


def _weight(kinds: list[str]) -> int:
    return min((_KINDS.index(kind) for kind in kinds), default=len(_KINDS))


def _left(before: Outlook, known: Known) -> Iterable[Sentence]:
    left = analysis.network_change(before.network, known.network).left
    names = {n.key: n.label for n in before.network.nodes} if before.network else {}
    if left:
        said = listed([known.cast.label(k) if k in known.cast.nodes else _initials(names.get(k, "")) for k in left])
        yield Sentence(f"No longer in the candidate network: {said}.", basis="note", new=True)


def _initials(label: str) -> str:
    """Give initials: somebody who left may be a child, and this version holds no age of them."""
    return "".join(f"{word[0]}." for word in label.split() if word[:1].isalpha()) or "one person"
