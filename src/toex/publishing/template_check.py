"""A force's own Word template looked at before it is taken: in a child process under limits, for it is a stranger's file.

`python -m toex.publishing.template_check FILE` prints what is wrong with it, one line each, and nothing where it fits.
"""

import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

import jinja2
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from docxtpl import DocxTemplate

from toex.publishing.errors import PublishingError, TemplateError
from toex.publishing.sample import sample
from toex.publishing.tags import TAGS
from toex.publishing.word import render_word

LARGEST = 8 << 20  # bytes of the file
_MEMORY, _SECONDS, _WALL = 1 << 30, 30, 60
_MOST_PARTS, _UNPACKED = 500, 64 << 20
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RUNS = re.compile(r"vba|macro|activex|embeddings/|oleobject|afchunk", re.IGNORECASE)
_FIELDS = re.compile(r"\b(INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|LINK|RD|DATABASE)\b")


def check_template(path: Path) -> None:
    """Raise TemplateError with what is wrong with a template; one that says nothing may be drawn into.

    It is opened by a child process with limits of memory and time, which dies in our place.
    """
    if path.stat().st_size > LARGEST:
        raise TemplateError(f"A template has at most {LARGEST >> 20} megabytes.")
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and a path of ours
            [sys.executable, "-m", "toex.publishing.template_check", str(path)], capture_output=True, timeout=_WALL,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise TemplateError("The template takes too long to be filled.") from None
    if done.returncode != 0:
        raise TemplateError("The template is not a sound Word document, or takes more than any template needs.")
    faults = done.stdout.decode("utf-8", "replace").strip()
    if faults:
        raise TemplateError(faults[:2000])


def faults_of(path: Path) -> Iterator[str]:
    """Say what is wrong with a template: what it carries, what it reaches for, which of its tags are not known."""
    try:
        with ZipFile(path) as archive:
            found = [*_carried(archive)] or [*_reached(archive)]
    except (BadZipFile, DefusedXmlException, ParseError, KeyError):
        found = ["The template is no Word document (.docx) that can be read."]
    yield from found or _filled(path)


def _carried(archive: ZipFile) -> Iterator[str]:
    listed = archive.infolist()
    if len(listed) > _MOST_PARTS or sum(one.file_size for one in listed) > _UNPACKED:
        yield "The template unpacks to more than any template needs."
        return
    if any(_RUNS.search(one.filename) for one in listed):
        yield "The template carries macros or other files within it: take them out, and save it as a plain .docx."
    if _MAIN not in archive.read("[Content_Types].xml").decode("utf-8", "replace"):
        yield "The file is not a plain Word document (.docx): a template with macros, or of another kind, is not taken."


def _reached(archive: ZipFile) -> Iterator[str]:
    """Read every part as XML without document types, and name what reaches outside the file."""
    for name in archive.namelist():
        if not name.endswith((".xml", ".rels")):
            continue
        root = fromstring(archive.read(name), forbid_dtd=True)
        outside = [one.get("Type", "").rpartition("/")[2] for one in root.iter() if one.get("TargetMode") == "External"]
        for kind in sorted(set(outside)):
            yield f"The template reaches outside itself ({kind}): links, remote templates and linked pictures are taken out."
        fields = {
            m[0] for one in root.iter() if one.tag.endswith("}instrText") for m in _FIELDS.finditer(one.text or "")
        }
        fields |= {
            m[0] for one in root.iter() for k, v in one.items() if k.endswith("}instr") for m in _FIELDS.finditer(v)
        }
        if fields:
            yield f"The template has fields that fetch other files: {', '.join(sorted(fields))}."


def _filled(path: Path) -> Iterator[str]:
    """Name the tags that are not known; where all are, fill it with a sample."""
    try:
        unknown = sorted(DocxTemplate(path).get_undeclared_template_variables() - set(TAGS))
    except jinja2.TemplateError as error:
        yield f"The template's tags cannot be read: {error.message}"
        return
    if unknown:
        yield f"The template uses tags that are not known: {', '.join(unknown)}."
        return
    with TemporaryDirectory() as folder:
        try:
            render_word(sample(), Path(folder) / "sample.docx", template=path)
        except PublishingError as refused:
            yield str(refused)


def main(arguments: list[str]) -> int:
    """Look at the file named first, within the limits."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for fault in faults_of(Path(arguments[0])):
        print(fault)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
