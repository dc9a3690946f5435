"""Pairs of records that wait for a ruling: one after another, ruled in seconds and never without a reason."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import path

from toex.web.forms import Form
from toex.web.research.waterfalls import falling
from toex.web.visits import Visit, desk
from toex.work.errors import Incomplete
from toex.work.judgements import reviewing
from toex.work.judgements.actions import rule
from toex.work.judgements.policies import LONGEST_REASON, MEETINGS
from toex.work.judgements.reviewing import PairShown
from toex.work.judgements.seat import UnitSeat

_ALWAYS = (
    "Seen in the documents behind the records", "Relatives or one household", "A shared number or address only",
    "Not enough to tell",
)  # fmt: skip
_UNDONE = "The earlier ruling was a slip"
_OF_PAIR = 4  # phrases taken from what was compared
_WORTH = 1.0  # bits, under which a comparison is no reason
_RESTING = {
    "version": "a product", "chart": "a chart", "report": "an intelligence report", "mention": "a ruling on what a text names",
}  # fmt: skip
_VALUES = re.compile(r"[,:] .*$")


class Ruled(Form):
    """A ruling: which of the three, why, and each meeting that rule 5 wants said outright."""

    ruling = forms.CharField(max_length=16, required=False)
    phrase = forms.MultipleChoiceField(required=False)
    reason = forms.CharField(max_length=LONGEST_REASON, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    explicit = forms.MultipleChoiceField(choices=list(MEETINGS.items()), required=False)

    def __init__(self, *args: Any, phrases: Sequence[str], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["phrase"].choices = [(one, one) for one in phrases]  # type: ignore[attr-defined]

    def lacks(self, error: Incomplete) -> None:
        """Put what the ruling lacks beside its fields, in the words of who rules."""
        words = "Say why: choose a phrase, or write it in your own words"
        super().lacks(
            Incomplete(str(error), {**error.fields, **({"reason": words} if "reason" in error.fields else {})})
        )

    @property
    def why(self) -> str:
        """The phrases chosen and the words typed, as one reason."""
        typed = self.cleaned_data.get("reason", "").strip()
        return "; ".join([*self.cleaned_data.get("phrase", ()), *([typed] if typed else [])])


@desk
def review(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Show the pair on which a ruling is worth most."""
    return _show(visit, reviewing.review(seat))


@desk
def pair(visit: Visit, seat: UnitSeat, record_id: str, other_id: str) -> HttpResponse:
    """Show one pair and, where a ruling is sent, rule on it; the next pair comes at once."""
    if not visit.posted:
        return _show(visit, reviewing.review(seat, pair=(record_id, other_id)))
    form = Ruled(visit.sent, phrases=visit.sent.getlist("phrase"))
    if form.is_valid():
        with visit.attempt(form) as attempt:
            rule(
                seat=seat, record_id=record_id, other_id=other_id, ruling=form.cleaned_data["ruling"], reason=form.why,
                by=seat.person, at=seat.at, explicit=form.cleaned_data["explicit"],
            )  # fmt: skip
        if attempt.done:
            visit.say(f"Ruled {form.cleaned_data['ruling']}; it is being applied.")
            return _onward(visit, (record_id, other_id))
    return _show(visit, reviewing.review(seat, pair=(record_id, other_id)), form=form)


@desk
def past(visit: Visit, seat: UnitSeat, record_id: str, other_id: str) -> HttpResponse:
    """Show who ruled on a pair before, and why."""
    found = reviewing.past(seat, (record_id, other_id))
    template = "judgements/past.html" if visit.partial else "judgements/past_page.html"
    return visit.show(template, past=found, pair=(record_id, other_id))


@desk
def own(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Show one's own rulings under this grant, and which are applied."""
    template = "judgements/own.html" if visit.partial else "judgements/own_page.html"
    return visit.show(template, own=reviewing.own(seat))


def _onward(visit: Visit, ruled: tuple[str, str]) -> HttpResponse:
    """Go on to the pair after the one ruled, as the page that was ruled on had it; to the first where that is none."""
    low, _, high = visit.sent.get("onward", "").partition(".")
    if low.isalnum() and high.isalnum() and {low, high} != set(ruled):
        return visit.go("desk:review_pair", record_id=low, other_id=high)
    return visit.go("desk:review")


def _show(visit: Visit, found: reviewing.Review, *, form: Ruled | None = None) -> HttpResponse:
    shown = found.shown
    phrases = _phrases(shown) if shown else ()
    said = form or Ruled(phrases=phrases)
    template = "judgements/review_piece.html" if visit.partial else "judgements/review.html"
    return visit.show(
        template, status=422 if said.errors else 200, review=found, shown=shown, form=said, phrases=phrases,
        chosen=visit.sent.getlist("phrase"), fall=falling(shown.fall) if shown else None, said=_said(shown), plain=True,
        meetings=[(code, MEETINGS[code]) for code in shown.touch.waits] if shown else [],
        explicit=visit.sent.getlist("explicit"), to_tell=_to_tell(shown),
    )  # fmt: skip


def _phrases(shown: PairShown) -> tuple[str, ...]:
    """Offer reasons of one click: what weighs most either way, without its values, then what is always at hand."""
    bars = sorted(
        (b for b in shown.fall.bars if b.field != "prior" and abs(b.bits) >= _WORTH), key=lambda b: -abs(b.bits)
    )
    of_pair = dict.fromkeys(_VALUES.sub("", bar.said) for bar in bars[:_OF_PAIR])
    return (*([_UNDONE] if shown.ruled else []), *of_pair, *_ALWAYS)


def _said(shown: PairShown | None) -> Sequence[str]:
    """Tell in sentences what a ruling would do."""
    if shown is None:
        return ()
    touch = shown.touch
    sizes = [len(side.record_ids) for side in touch.sides]
    told = {
        "joins": f"Same would join {_records(sizes[0])} with {_records(sizes[1])} to one subject.",
        "parts": f"Different would part one subject into {_records(sizes[0])} and {_records(sizes[1])}.",
        "none": "The two stand as one by other pairs too: different would keep the ruling, and part nothing by itself.",
    }
    return (told[touch.effect],)


def _to_tell(shown: PairShown | None) -> Sequence[str]:
    """Say who would be told, by their names, and what of theirs rests on the records where that may be known."""
    said = []
    for one in shown.touch.told if shown else ():
        what = _RESTING.get(one.object.partition(":")[0], "") if one.room else ""
        said.append(f"{', '.join(one.names)}{f': {what} rests on these records' if what else ''}")
    return list(dict.fromkeys(said))


def _records(number: int) -> str:
    return f"{number} record{'s' * (number != 1)}"


addresses = [
    path("review", review, name="review"),
    path("review/mine", own, name="review_mine"),
    path("review/<slug:record_id>/<slug:other_id>", pair, name="review_pair"),
    path("review/<slug:record_id>/<slug:other_id>/past", past, name="review_past"),
]
