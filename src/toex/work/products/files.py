"""The final files of products, kept in the home under their SHA-256."""

import hashlib
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Literal

from django.conf import settings

from toex.publishing import Product, render_pdf, render_word
from toex.store import put
from toex.work.errors import NotThere

Form = Literal["pdf", "word"]
SUFFIXES: dict[str, str] = {"pdf": "pdf", "word": "docx"}
TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def rendered(product: Product, form: Form, *, template: Path | None = None) -> bytes:
    """Give a product as the bytes of a PDF or Word file, in a force's own template where it has one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"product.{SUFFIXES[form]}"
        if form == "pdf":
            render_pdf(product, path)
        else:
            render_word(product, path, template=template)
        return path.read_bytes()


def digest_of(content: bytes) -> str:
    """Give the SHA-256 under which a file is kept."""
    return hashlib.sha256(content).hexdigest()


def keep(content: bytes) -> str:
    """Keep a file under its SHA-256, and give that; what is kept once is never written again."""
    digest = digest_of(content)
    target = _folder() / digest
    if not target.exists():
        put(target, content)
    return digest


def kept_file(digest: str) -> bytes:
    """Read a kept file; NotThere where it is no longer what was kept under its hash."""
    target = _folder() / digest
    content = target.read_bytes() if target.exists() else b""
    if digest_of(content) != digest:
        raise NotThere("The file is no longer what was kept under its hash: tell an administrator.")
    return content


def named(product: Product, form: Form) -> str:
    """Name a file for whoever takes it: the reference and the version, nothing of what it says."""
    reference = product.reference.replace("/", "-").lower() or "product"
    draft = "-draft" if product.status == "draft" else ""
    return f"{reference}-v{product.version}{draft}.{SUFFIXES[form]}"


def with_recipients(product: Product, recipients: tuple[str, ...]) -> Product:
    """Name the recipients on the cover."""
    return replace(product, recipients=recipients)


def _folder() -> Path:
    return Path(settings.TOEX_HOME) / "products"
