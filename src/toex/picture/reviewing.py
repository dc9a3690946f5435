"""People for safeguarding review as a product tells them: the reasons in plain words, and whom the same concerns."""

from collections.abc import Iterable, Sequence

from toex.analysis import AtRisk as Review
from toex.analysis import Prompt
from toex.picture.cast import Cast
from toex.picture.chronicle import is_new
from toex.picture.outlook import Outlook
from toex.picture.phrases import listed, tidy
from toex.publishing import AtRisk, Sentence


def near_network(outlook: Outlook) -> tuple[Review, ...]:
    """Give the people for safeguarding review who stand in or beside the operation's network."""
    if outlook.network is None:
        return ()
    near = {*(n.key for n in outlook.network.nodes), *outlook.network.edge_of_network}
    return tuple(entry for entry in outlook.review if entry.node.key in near)


def at_risk(
    entries: Iterable[Review], prompts: Sequence[Prompt], cast: Cast, *, known: frozenset[str] | None
) -> tuple[AtRisk, ...]:
    """Tell each person and the reasons; the risk's owner and the referral are left for people to fill."""
    return tuple(_told(entry, prompts, cast, known) for entry in entries)


def _told(entry: Review, prompts: Sequence[Prompt], cast: Cast, known: frozenset[str] | None) -> AtRisk:
    age = "" if entry.child else "age not recorded; " if entry.child is None else ""
    reasons = tuple(
        Sentence(_words(r.family, r.sentence, entry, prompts, cast), r.record_ids, new=is_new(r.record_ids, known))
        for r in entry.reasons
        if r.family != "recorded as victim"  # that stands beside the name
    )
    if not reasons:
        reasons = (Sentence("Recorded as a victim.", entry.node.record_ids),)
    referred = any(r.family == "referral" for r in entry.reasons)
    particulars = f"{age}held by {', '.join(cast.suppliers(entry.node.suppliers))}"
    person = cast.people[entry.node.key]
    return AtRisk(person, reasons, particulars, owner="", referral="recorded" if referred else "")


def _words(family: str, sentence: str, entry: Review, prompts: Sequence[Prompt], cast: Cast) -> str:
    if family != "contact with children":
        return tidy(sentence)
    numbers = [
        cast.label(p.node) for p in prompts if p.code == "children_contact" and entry.node.key in {p.node, *p.others}
    ]
    if not numbers:
        return tidy(sentence)
    each = "a number that is" if len(numbers) == 1 else "numbers that are each"
    return f"In contact with {listed(numbers)}: {each} in repeated contact with several children of different families."
