"""Writing a package to files: PDF and Word from one composition, with what is new since the version before."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from toex.picture.drafting import Before, draft
from toex.picture.loading import Progressed
from toex.picture.outlook import Outlook
from toex.picture.profiling import profile_of
from toex.picture.request import Request
from toex.picture.seat import Seat
from toex.publishing import Product, render_pdf, render_word
from toex.store import append_line


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was written: where, what it says, and what it was drawn from."""

    version: int
    pdf: Path
    word: Path
    product: Product
    outlook: Outlook


def package(
    seat: Seat, request: Request, *, at: datetime, template: Path | None = None, progress: Progressed | None = None
) -> Package:
    """Write the next version of an operation's package; news are told against the version before it."""
    last = _last(seat, request.operation)
    before = Before(last["version"], last["snapshot"], last.get("people", {})) if last else None
    drawn = draft(seat, request, at=at, before=before, progress=progress)
    if progress:
        progress("Writing the package", 0.2)
    product = drawn.product
    pdf, word = _write(seat, product, f"{_slug(request.operation)}-v{product.version}", template=template)
    _remember(seat, request.operation, product, snapshot=drawn.snapshot, people=drawn.people)
    if progress:
        progress("Writing the package", 1.0)
    return Package(product.version, pdf, word, product, drawn.outlook)


def profile(seat: Seat, issued: Package, *, template: Path | None = None) -> Path:
    """Write the subject profile of a package's first subject beside it, in PDF and Word, and name the PDF."""
    product = profile_of(issued.product, issued.outlook)
    return _write(seat, product, f"{issued.pdf.stem}-profile-{product.subjects[0].person.ref}", template=template)[0]


def _write(seat: Seat, product: Product, stem: str, *, template: Path | None) -> tuple[Path, Path]:
    folder = seat.shelf
    folder.mkdir(parents=True, exist_ok=True)
    pdf, word = folder / f"{stem}.pdf", folder / f"{stem}.docx"
    seat.note("disclosure", product.kind, product.at, operation=seat.digest(product.operation), version=product.version)
    render_pdf(product, pdf)
    render_word(product, word, template=template)
    return pdf, word


def _last(seat: Seat, operation: str) -> Mapping[str, Any] | None:
    """Give what is remembered of the operation's last package, None if there was none."""
    path = seat.shelf / "versions.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    entries: list[Mapping[str, Any]] = [e for e in map(json.loads, lines) if e["operation"] == operation]
    return entries[-1] if entries else None


def _remember(seat: Seat, operation: str, product: Product, *, snapshot: int, people: Mapping[str, str]) -> None:
    """Remember the version, its snapshot and its people, so that A7 is the same person in the next."""
    entry = {"operation": operation, "version": product.version, "snapshot": snapshot, "people": dict(people)}
    append_line(seat.shelf / "versions.jsonl", json.dumps(entry, sort_keys=True))


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "package"
