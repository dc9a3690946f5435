"""The prompts for safeguarding review that concern one subject: each with its source, never a score (mission, rule 5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from toex import analysis
from toex.analysis import AtRisk, Prompt
from toex.picture.phrases import tidy
from toex.picture.seat import Seat
from toex.picture.subject_page import key_of
from toex.picture.things import Address


@dataclass(frozen=True, slots=True)
class Concern:
    """One prompt: what the data shows, where such an indicator is published, and the records to look at."""

    said: str
    source: str
    at: datetime | None
    until: datetime | None
    record_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concerns:
    """What a person should look at for one subject; `listed` where it stands among the people for safeguarding review."""

    listed: bool
    also_suspect: bool
    reasons: tuple[Concern, ...]  # why it is listed: reasons of one family once
    borne: tuple[Concern, ...]  # further indicators that the subject or thing itself bears


def concerns(seat: Seat, address: Address, *, at: datetime) -> Concerns:
    """Look for the indicators that concern a subject; noted in the log before they are shown."""
    with seat.view() as view:
        key, today = key_of(view, address), at.date()
        prompts = analysis.prompts(view, today=today)
        review = analysis.people_for_review(view, prompts, today=today) if ":" not in key else ()
    entry = next((one for one in review if one.node.key == key), None)
    found = _told(entry, [p for p in prompts if key in {p.node, *p.others}])
    seat.note("consultation", "concerns", at, record=address.record_id, prompts=len(found.reasons) + len(found.borne))
    return found


def _told(entry: AtRisk | None, prompts: Sequence[Prompt]) -> Concerns:
    reasons = entry.reasons if entry else ()
    told = " ".join(reason.sentence for reason in reasons)
    return Concerns(
        entry is not None,
        bool(entry and entry.also_suspect),
        tuple(Concern(tidy(r.sentence), r.source, r.at, None, r.record_ids) for r in reasons),
        tuple(
            Concern(tidy(p.sentence), p.source, p.at, p.until, p.record_ids) for p in prompts if p.sentence not in told
        ),
    )
