"""A correction notice as a Word file: what was said, what is right, whom it concerns; marked as the product is."""

import tempfile
from pathlib import Path

from toex.picture import hush_in
from toex.publishing import Sheet, export_docx, thaw
from toex.work.products.models import Correction


def notice_file(correction: Correction) -> bytes:
    """Draw the notice; the same notice gives the same bytes. A child stands in it by reference alone."""
    version = correction.version
    product = thaw(version.sealed or {})
    hush = hush_in(product)
    lines = list(correction.lines.all())
    rows = [(one.where, ", ".join(map(str, one.versions)), hush.text(one.was), hush.text(one.now)) for one in lines]
    told = ("Where", "In versions", "What was said", "What is right")
    sheets = [Sheet("What was said, and what is right", told, rows)] if rows else []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notice.docx"
        export_docx(
            sheets, path, title=f"Correction to {product.reference}: {hush.text(product.title)}", marking=product.marking,
            at=correction.released or correction.at, said=_said(correction, hush.text(correction.words)),
        )  # fmt: skip
        return path.read_bytes()


def _said(correction: Correction, words: str) -> tuple[str, ...]:
    state = (
        f"Released on {correction.released:%d/%m/%Y} by {correction.released_by}."
        if correction.released else "DRAFT: not released."
    )  # fmt: skip
    return (
        words, f"Drawn on {correction.at:%d/%m/%Y} by {correction.by}. {state}",
        "Whoever holds an earlier file of this product, or passed it on, acts on what is said here and passes this on too.",
        *correction.version.handling,
    )  # fmt: skip
