"""The product as a Word document, in our template or in the one that a force supplies."""

from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

import docx
import jinja2
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2.sandbox import ImmutableSandboxedEnvironment

from toex.publishing.context import Context, context
from toex.publishing.errors import TemplateError
from toex.publishing.pdf import picture
from toex.publishing.product import Product
from toex.publishing.word_template import default_template
from toex.publishing.wording import clean

_PICTURE_WIDTH = 165  # mm
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP can write: the same product gives the same bytes


def render_word(product: Product, path: Path, *, template: Path | None = None) -> None:
    """Write the product as a .docx at `path`, in a force's own `template` where one is given (its tags: `TAGS`).

    Words reach the template as data and are never read as tags. TemplateError where the file is no Word document,
    uses a tag that is not offered, or leaves a page without the marking; RuleError where the product breaks a rule.
    """
    source = Path(template).read_bytes() if template is not None else default_template()
    filled = _filled(source, context(product))
    document = docx.Document(BytesIO(filled))
    _check_marked(document, clean(product.marking))
    _describe(document, product)
    kept = BytesIO()
    document.save(kept)
    Path(path).write_bytes(settled(kept.getvalue()))


class _Picture(InlineImage):  # type: ignore[misc]
    """A picture in the text that says in words what it shows."""

    def __init__(self, template: Any, drawn: Context) -> None:
        super().__init__(template, BytesIO(picture(drawn["svg"])), width=Mm(_PICTURE_WIDTH))
        self.alt = drawn["alt"]

    def _insert_image(self) -> str:
        before, drawing, after = super()._insert_image().partition("<wp:inline")
        inline, end, rest = (drawing + after).partition("</wp:inline>")
        element = parse_xml(inline + end)
        for properties in element.xpath("./wp:docPr"):
            properties.set("descr", self.alt)
        return f"{before}{element.xml}{rest}"


def _filled(source: bytes, values: Context) -> bytes:
    environment = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined, autoescape=True, loader=jinja2.DictLoader({})
    )
    kept = BytesIO()
    _check_document(source)
    template = DocxTemplate(BytesIO(source))
    try:
        template.render(_with_pictures(template, values), environment, autoescape=True)
    except jinja2.TemplateError as error:
        raise TemplateError(f"The template's tags cannot be filled: {error.message}") from error
    except (TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise TemplateError("A tag of the template asks for something that cannot be computed.") from error
    template.save(kept)
    return kept.getvalue()


def _check_document(source: bytes) -> None:
    try:
        docx.Document(BytesIO(source))
    except (OpcError, BadZipFile, KeyError, ValueError) as error:
        raise TemplateError("The template is no Word document (.docx) that can be read.") from error


def _with_pictures(template: Any, values: Context) -> Context:
    filled = deepcopy(values)
    for holder, name in ((filled, "chart"), (filled, "strip"), *((subject, "strip") for subject in filled["subjects"])):
        if holder[name] is not None:
            holder[name]["image"] = _Picture(template, holder[name])
    return filled


def _check_marked(document: Any, marking: str) -> None:
    """Raise TemplateError unless header or footer of every kind of page bears the marking (mission, rule 2)."""
    even = document.settings.odd_and_even_pages_header_footer
    for section in document.sections:
        kinds = [(section.header, section.footer)]
        if section.different_first_page_header_footer:
            kinds.append((section.first_page_header, section.first_page_footer))
        if even:
            kinds.append((section.even_page_header, section.even_page_footer))
        if not all(any(marking in _words(part) for part in kind) for kind in kinds):
            raise TemplateError(
                "The template leaves pages without the marking: put the tag {{ marking }} into every header or footer."
            )


def _words(part: Any) -> str:
    return "".join(part._element.xpath(".//w:t/text()"))


def _describe(document: Any, product: Product) -> None:
    properties = document.core_properties
    properties.title = clean(f"Operation {product.operation}: {product.title}")[:255]
    properties.subject, properties.keywords = clean(product.marking), clean(product.marking)
    properties.author = properties.last_modified_by = clean(product.prepared_by or product.force)[:255]
    properties.language, properties.comments, properties.revision = "en-GB", "", product.version
    properties.created = properties.modified = product.at


def settled(document: bytes) -> bytes:
    """Pack a document anew with one date on every part, so that nothing tells when it was packed."""
    kept = BytesIO()
    with ZipFile(BytesIO(document)) as before, ZipFile(kept, "w") as after:
        for name in before.namelist():
            part = ZipInfo(name, date_time=_ZIP_DAY)
            part.compress_type = ZIP_DEFLATED
            after.writestr(part, before.read(name))
    return kept.getvalue()
