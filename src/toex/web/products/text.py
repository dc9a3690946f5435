"""The text of a version: sections, sentences with their marks, and at the right what a sentence rests on, to edit and cite."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path

from toex.web.products.forms import NewPerson, NewSection, OwnerForm, SentenceForm, Words, written
from toex.web.products.opening import Opened, address_of, opened
from toex.web.visits import Visit, desk
from toex.work.citations.queries import notices_on
from toex.work.errors import NotThere
from toex.work.judgements.seat import UnitSeat
from toex.work.products import actions, queries
from toex.work.products.models import Section, Sentence
from toex.work.products.parts import PARTS
from toex.work.products.picking import find, picks
from toex.work.staff.models import Organisation

_OFFERED = 60  # records cited elsewhere in the version that the panel offers


@desk
def version(visit: Visit, seat: UnitSeat, product: int, number: int) -> HttpResponse:
    """The text, and in the panel the sentence, the new sentence or the source that the address names."""
    held = opened(visit, seat, product, number)
    if held.version.state == "drawing" or not held.version.drawn:
        piece = "products/drawing_piece.html" if visit.partial else "products/drawing.html"
        return visit.show(piece, held=held, job=queries.drawing_job(held.version))
    asked = visit.request.GET
    if visit.partial and asked.get("drawing"):  # whoever waited for it is led to the draft
        return HttpResponse(headers={"HX-Redirect": held.address()})
    panel: dict[str, Any] = {}
    if asked.get("sentence", "").isdecimal():
        panel = _sentence_panel(held, held.sentence(int(asked["sentence"])))
    elif asked.get("add", "").isdecimal():
        panel = _new_panel(held, held.section(int(asked["add"])))
    elif asked.get("source"):
        panel = _source_panel(held, asked["source"])
    return _shown(held, panel)


def _shown(held: Opened, panel: dict[str, Any], *, status: int = 200) -> HttpResponse:
    if held.visit.partial:
        return held.visit.show("products/panel.html", held=held, status=status, **panel)
    version = held.version
    mentions = {
        "notices": [] if panel else list(notices_on("products", version.cited_as).filter(acknowledged=None)),
        "section_form": NewSection(), "person_form": NewPerson(people=_further(held)), "owner_form": None,
    }  # fmt: skip
    if "own_risk" in held.may:
        mentions["owner_form"] = _owner_form(held)
    return held.visit.show("products/text.html", held=held, status=status, tab="text", **mentions, **panel)


def _further(held: Opened) -> list[tuple[str, str]]:
    listed = {h.row.person for h in held.headings if h.row.part == "at_risk"}
    return [one for one in held.people if one[0] not in listed]


def _owner_form(held: Opened, sent: Any = None) -> OwnerForm | None:
    rows = [h.row for h in held.headings if h.row.part == "at_risk"]
    if not rows:
        return None
    form = held.version.product.operation.request
    told = getattr(form, "form", None)
    first = {
        "people": [r.person for r in rows if not r.risk_owner] or [r.person for r in rows],
        "name": told.risk_owner if told else "", "rank": told.risk_owner_rank if told else "",
        "organisation": told.risk_owner_at_id if told else "",
    }  # fmt: skip
    return OwnerForm(sent, people=[(r.person, f"{r.person}: {r.title}") for r in rows], initial=first)


def _sentence_panel(held: Opened, sentence: Sentence, form: SentenceForm | None = None) -> dict[str, Any]:
    part = PARTS[sentence.section.part]
    editable = "write" in held.may and sentence.struck is None
    return {
        "selected": sentence, "section": sentence.section, "part": part, "editable": editable,
        "form": form or SentenceForm(part=part.code, initial=written(sentence)),
        **_citing(held, sentence.records),
        "said_of_it": [one for one in held.comments if one.sentence_id == sentence.pk],
        "comment_form": Words(asked="Comment") if "comment" in held.may else None,
        "strike_form": Words(asked="Why it is struck") if editable else None,
    }  # fmt: skip


def _new_panel(held: Opened, section: Section, form: SentenceForm | None = None) -> dict[str, Any]:
    part = PARTS[section.part]
    return {
        "section": section, "part": part, "editable": "write" in held.may, "adding": True,
        "form": form or SentenceForm(part=part.code, initial={"basis": part.basis}), **_citing(held, []),
    }  # fmt: skip


def _citing(held: Opened, records: list[str]) -> dict[str, Any]:
    """Give the panel's records: those cited, and those cited elsewhere in the version that are offered."""
    here = picks(records, held.kept.copies)
    others = [ref for ref in held.numbers if ref not in records][:_OFFERED]
    return {"cited": here, "offered": picks(others, held.kept.copies), "chosen": records}


def _source_panel(held: Opened, record_id: str) -> dict[str, Any]:
    if record_id not in held.kept.copies:
        raise NotThere("The version cites no such record.")
    return {
        "source": picks([record_id], held.kept.copies)[0], "source_number": held.numbers.get(record_id),
        "record_address": address_of(held.seat, "desk:record", record_id=record_id),
        "citing": [h for h in held.headings if any(record_id in line.row.records for line in h.lines)],
    }  # fmt: skip


@desk
def sentence(visit: Visit, seat: UnitSeat, product: int, number: int, *, of: int) -> HttpResponse:
    """Change a sentence: write it anew with its records, strike it, bring it back, move it, comment on it."""
    held = opened(visit, seat, product, number)
    row, act = held.sentence(of), visit.sent.get("act", "")
    if act in ("save", "find"):
        return _saved(held, row, act)
    words = visit.sent.get("words", "")
    with visit.attempt():
        if act in ("up", "down"):
            actions.shift(sentence=row, up=act == "up", **held.who)
        elif act == "strike":
            actions.strike(sentence=row, reason=words, **held.who)
            visit.say("The sentence is struck; it can be brought back at the foot of the page.")
        elif act == "restore":
            actions.restore(sentence=row, **held.who)
        elif act == "comment":
            actions.comment(version=held.version, words=words, sentence=row, **held.who)
    return _back(held, sentence=row.pk, anchor=f"s{row.pk}")


def _saved(held: Opened, row: Sentence, act: str) -> HttpResponse:
    visit, records = held.visit, held.visit.sent.getlist("record")
    form = SentenceForm(visit.sent, part=row.section.part)
    if act == "save" and form.is_valid():
        said = replace(form.said(records), extra=row.extra)
        if "basis" not in form.fields:
            said = replace(said, basis=row.basis)
        with visit.attempt(form) as attempt:
            actions.reword(
                sentence=row, said=said, revision=form.cleaned_data["revision"] or 0, seat=held.seat, by=visit.person,
                at=visit.at,
            )  # fmt: skip
        if attempt.done:
            return _back(held, sentence=row.pk, anchor=f"s{row.pk}")
    return _refill(held, _sentence_panel(held, row, form), act)


def _refill(held: Opened, panel: dict[str, Any], act: str) -> HttpResponse:
    """Show the panel again as it was sent: with what a search found, or with what was wrong."""
    visit, asked = held.visit, held.visit.sent.get("q", "").strip()[:500]
    records = visit.sent.getlist("record")
    if act == "find":
        panel["form"] = SentenceForm(part=panel["part"].code, initial=visit.sent.dict())  # nothing is missing yet
        panel["found"] = find(held.seat, asked, at=visit.at) if asked else None
    shown = {one.record_id for one in (*panel["cited"], *panel["offered"])}
    picked = panel.get("found")
    shown |= {one.record_id for one in picked.picks} if picked else set()
    return _shown(
        held, {**panel, "chosen": records, "q": asked, "unseen": [r for r in records if r not in shown]},
        status=200 if act == "find" else 422,
    )  # fmt: skip


@desk
def section(visit: Visit, seat: UnitSeat, product: int, number: int, *, of: int) -> HttpResponse:
    """Add a sentence to a section, strike the section, bring it back."""
    held = opened(visit, seat, product, number)
    row, act = held.section(of), visit.sent.get("act", "")
    if act in ("save", "find"):
        return _added(held, row, act)
    with visit.attempt():
        if act == "strike":
            actions.strike_section(section=row, reason=visit.sent.get("words", ""), **held.who)
            visit.say("The section is struck; it can be brought back at the foot of the page.")
        elif act == "restore":
            actions.restore_section(section=row, **held.who)
    return _back(held, anchor=f"p{row.pk}")


def _added(held: Opened, row: Section, act: str) -> HttpResponse:
    visit = held.visit
    form = SentenceForm(visit.sent, part=row.part)
    if act == "save" and form.is_valid():
        with visit.attempt(form) as attempt:
            made = actions.add(
                section=row, said=form.said(visit.sent.getlist("record")), seat=held.seat, by=visit.person, at=visit.at
            )
        if attempt.done:
            return _back(held, sentence=made.pk, anchor=f"s{made.pk}")
    return _refill(held, _new_panel(held, row, form), act)


@desk
def arrange(visit: Visit, seat: UnitSeat, product: int, number: int) -> HttpResponse:
    """Add a section or a person for review, name risk owners, print a table or leave it out."""
    held, act = opened(visit, seat, product, number), visit.sent.get("act", "")
    with visit.attempt():
        if act == "section":
            actions.add_section(version=held.version, part="sections", title=visit.sent.get("title", ""), **held.who)
        elif act == "person":
            person = visit.sent.get("person", "")
            actions.add_section(version=held.version, part="at_risk", title="", person=person, **held.who)
        elif act in ("print", "leave_out"):
            actions.print_table(
                version=held.version, table=visit.sent.get("table", ""), printed=act == "print", **held.who
            )
        elif act == "own":
            _own(held)
    return _back(held, anchor={"own": "at_risk", "person": "at_risk"}.get(act, "tables"))


def _own(held: Opened) -> None:
    form = _owner_form(held, held.visit.sent)
    if form is None or not form.is_valid():
        held.visit.say("A risk owner has a name and an organisation, and somebody whose risk they own.", kind="error")
        return
    told = form.cleaned_data
    actions.own_risk(
        version=held.version, people=told["people"], name=told["name"], rank=told["rank"],
        organisation=Organisation.objects.get(pk=told["organisation"]), referral=told["referral"], seat=held.seat,
        by=held.visit.person, at=held.visit.at,
    )  # fmt: skip
    held.visit.say("The risk owner is named.")


@desk
def onward(visit: Visit, seat: UnitSeat, product: int, number: int) -> HttpResponse:
    """Begin the next version, draw this one again, or abandon it."""
    held, act = opened(visit, seat, product, number), visit.sent.get("act", "")
    with visit.attempt() as attempt:
        if act == "renew":
            made = actions.renew(version=held.version, **held.who)
        elif act == "draw":
            actions.draw_again(version=held.version, **held.who)
        elif act == "abandon":
            actions.abandon(version=held.version, reason=visit.sent.get("words", ""), **held.who)
            visit.say("The draft is abandoned; it stays on file.")
    if act == "renew" and attempt.done:
        return visit.go("desk:version", product=product, number=made.number)
    return _back(held)


@desk
def news(visit: Visit, seat: UnitSeat, product: int, number: int) -> HttpResponse:
    """What this version says that the one before did not, and every version of the product."""
    held = opened(visit, seat, product, number)
    fresh = [(h, line) for h in held.headings for line in h.lines if line.row.new and h.row.part != "news"]
    told = next((h for h in held.headings if h.row.part == "news"), None)
    versions = queries.versions_of(held.version.product)
    since = _whom(held) if held.version.snapshot is not None else []
    return visit.show(
        "products/news.html", held=held, tab="news", fresh=fresh, told=told, versions=versions, since=since
    )


def _whom(held: Opened) -> list[tuple[str, str]]:
    """Give a record of everybody of whom a version tells, and how they are called in it."""
    record_of = {ref: record for record, ref in sorted(held.version.people.items(), reverse=True)}
    return [(record_of[ref], told) for ref, told in held.people if ref in record_of]


@desk
def struck(visit: Visit, seat: UnitSeat, product: int, number: int) -> HttpResponse:
    """What was struck of a version, with the reasons, to be brought back."""
    held = opened(visit, seat, product, number)
    sections, sentences = queries.struck_in(held.version)
    return visit.show("products/struck.html", held=held, tab="text", sections=sections, sentences=sentences)


def _back(held: Opened, *, anchor: str = "", **query: int) -> HttpResponse:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return HttpResponseRedirect(f"{held.address()}{'?' if asked else ''}{asked}{'#' if anchor else ''}{anchor}")


_OF = "products/<int:product>/<int:number>"
addresses: list[URLPattern] = [
    path(_OF, version, name="version"),
    path(f"{_OF}/sentences/<int:of>", sentence, name="product_sentence"),
    path(f"{_OF}/sections/<int:of>", section, name="product_section"),
    path(f"{_OF}/arrange", arrange, name="product_arrange"),
    path(f"{_OF}/onward", onward, name="product_onward"),
    path(f"{_OF}/news", news, name="product_news"),
    path(f"{_OF}/struck", struck, name="product_struck"),
]
