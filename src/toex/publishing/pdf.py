"""The product as an accessible PDF (PDF/UA-1), and drawings as pictures for documents that cannot hold SVG."""

import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path

import font_source_sans_pro
import typst

from toex.publishing.context import Context, context
from toex.publishing.errors import PublishingError
from toex.publishing.product import Product
from toex.publishing.wording import UNPRINTED

_PAGES = Path(__file__).parent / "typst" / "product.typ"
_PICTURE = b"""#set page(width: auto, height: auto, margin: 0pt)
#set text(font: "Source Sans Pro")
#image(bytes(sys.inputs.svg), format: "svg")"""


def render_pdf(product: Product, path: Path) -> None:
    """Write the product as PDF/UA-1 at `path`; the same product gives the same bytes.

    Words reach the pages as data and are never read as markup. RuleError where the product breaks a rule.
    """
    Path(path).write_bytes(pdf(product))


def pdf(product: Product) -> bytes:
    """Give the product as the bytes of a PDF.

    Signs that our typeface lacks are taken from the machine's; those that no typeface has stand as ▯, and the page
    on method says so: PDF/UA-1 refuses a text that it cannot show, and a name in any script must not stop a product.
    """
    filled = context(product)
    for fonts in (_fonts(), _fonts(machine=True)):
        try:
            return _compiled(filled, fonts, at=product.at)
        except typst.TypstError as error:
            lacking = _lacking(error)
    filled["notes"]["unprinted"] = UNPRINTED
    return _compiled(filled, _fonts(machine=True), at=product.at, lacking=lacking)


def picture(svg: str, *, ppi: float = 200.0) -> bytes:
    """Give a drawing as a PNG picture of `ppi` points an inch."""
    made = typst.compile(_PICTURE, font_paths=_fonts(), format="png", ppi=ppi, sys_inputs={"svg": svg})
    return _single(made)


def page_pictures(product: Product, *, ppi: float = 72.0) -> list[bytes]:
    """Give every page of the product as a PNG picture, to look at before it is issued."""
    inputs = {"product": json.dumps(context(product), ensure_ascii=False)}
    made = typst.compile(_PAGES, font_paths=_fonts(), format="png", ppi=ppi, sys_inputs=inputs)
    return [made] if isinstance(made, bytes) else list(made or [])


def _compiled(filled: Context, fonts: typst.Fonts, *, at: datetime, lacking: frozenset[str] = frozenset()) -> bytes:
    text = json.dumps(filled, ensure_ascii=False).translate(dict.fromkeys(map(ord, lacking), "▯"))
    compiler = typst.Compiler(_PAGES, font_paths=fonts, sys_inputs={"product": text})
    return _single(compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=at.replace(microsecond=0)))


def _single(made: bytes | list[bytes] | None) -> bytes:
    if not isinstance(made, bytes):
        raise PublishingError("The pages were not made as one file.")
    return made


def _lacking(error: typst.TypstError) -> frozenset[str]:
    """Give the signs that the compiler could not show; an error of any other kind is not ours to mend."""
    shown = re.findall(r'the text `"(.+?)"` could not be displayed', error.diagnostic)
    if not shown:
        raise PublishingError("The pages could not be set; the product's words are not at fault.") from error
    plain = re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), "".join(shown))
    return frozenset(sign for sign in plain if not sign.isascii())


@cache
def _fonts(*, machine: bool = False) -> typst.Fonts:
    """Find the typeface in its package; the machine's own only where ours lacks a sign, for pages must not differ."""
    folder = font_source_sans_pro.font_directory
    return typst.Fonts(include_system_fonts=machine, include_embedded_fonts=True, font_paths=[folder])
