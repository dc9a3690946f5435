"""Our own Word template, made in code: the same order and words as the PDF, in tags that a product fills."""

from functools import cache
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from toex.publishing.word_pieces import (
    ACCENT,
    MIDDLE,
    Column,
    each,
    paragraph,
    picture,
    sentence,
    sentences,
    table,
    write,
)

_FACE = "Arial"  # a typeface that every copy of Word has
_HEADINGS = {"Heading 1": (17, 18), "Heading 2": (12.5, 12), "Heading 3": (10.5, 8)}


@cache
def default_template() -> bytes:
    """Give our template as the bytes of a .docx file."""
    document = docx.Document()
    _style(document)
    _running(document)
    _cover(document)
    _summary(document)
    _network(document)
    _enquiries(document)
    _subjects(document)
    _chronology(document)
    _open_questions(document)
    _back(document)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _style(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(27), Mm(24)
    _face(document.styles["Normal"], 10)
    document.styles["Normal"].paragraph_format.space_after = Pt(5)
    for name, (size, before) in _HEADINGS.items():
        style = document.styles[name]
        _face(style, size)
        style.font.bold, style.font.color.rgb = True, ACCENT
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(5)
        style.paragraph_format.keep_with_next = True


def _face(style: Any, size: float) -> None:
    style.font.name, style.font.size = _FACE, Pt(size)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # a theme's face would win over ours
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), _FACE)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    properties.append(language)


def _running(document: Any) -> None:
    section = document.sections[0]
    top = section.header.paragraphs[0]
    top.alignment = MIDDLE
    write(top, ("@bold {{ marking }}",))
    under = section.header.add_paragraph()
    write(under, ("@soft Operation {{ operation }} · {{ kind }}, version {{ version }} · {{ running }}",))
    under.alignment = MIDDLE
    foot = section.footer.paragraphs[0]
    foot.alignment = MIDDLE
    write(foot, ("@bold {{ marking }}",))
    pages = section.footer.add_paragraph()
    pages.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    pages.add_run("Page ")
    _field(pages, "PAGE")
    pages.add_run(" of ")
    _field(pages, "NUMPAGES")


def _field(paragraph: Any, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _cover(document: Any) -> None:
    paragraph(document, ("@accent {{ kind }}",), size=13, before=90)
    paragraph(document, ("@bold Operation {{ operation }}",), size=32)
    paragraph(document, ("@soft {{ title }}",), size=14)
    each(document, "words in banners", ("@bold {{ words }}",))
    rows = (
        ("Force", "force"),
        ("Version", "version"),
        ("Date", "date"),
        ("Reference", "reference"),
        ("Senior investigating officer", "customer"),
        ("Threat", 'threats | join(", ")'),
        ("Prepared by", "prepared_by"),
        ("Quality assured by", "assured_by"),
        ("For", 'recipients | join("; ")'),
    )
    for name, tag in rows:
        paragraph(document, (f"@soft {name}: ", f"@bold {{{{ {tag} }}}}"), when=tag)
    document.add_paragraph("{%p if handling %}")
    paragraph(document, ("@accent Handling conditions",), before=12)
    each(document, "words in handling", ("{{ words }}",))
    document.add_paragraph("{%p endif %}")
    document.add_page_break()


def _summary(document: Any) -> None:
    document.add_heading("Summary", 1)
    paragraph(
        document, ("{% for f in figures %}{{ f.value }} {{ f.label }}{{ '' if loop.last else '  ·  ' }}{% endfor %}",)
    )
    judged = "{% if j.likelihood %}Likelihood: {{ j.likelihood }} {% endif %}"
    judged += "{% if j.confidence %}Confidence: {{ j.confidence }} {% endif %}"
    judged += "{% if j.rests %}Rests on: {{ j.rests }}{% endif %}"
    columns = (Column("No", 10, ("{{ loop.index }}",)), Column("Key judgement", 115, sentence("j")))
    table(document, "j in judgements", (*columns, Column("How sure", 45, (judged,))), heading=("Key judgements", 2))
    each(document, "s in summary", sentence("s"))
    document.add_heading("People for safeguarding review", 1)
    paragraph(document, ("{{ notes.owner if at_risk else notes.nobody }} {{ notes.children }}",))
    _review(document)
    document.add_paragraph("{%p if since or news %}")
    document.add_heading("What is new", 1)
    document.add_paragraph("{%p endif %}")
    paragraph(document, ("{{ notes.news }}",))
    each(document, "s in news", sentence("s"))


def _review(document: Any) -> None:
    document.add_paragraph("{%p for g in review %}")
    document.add_heading("{{ g.title }}", 2)
    but = "@soft {% if s.but %} Not {{ s.but }}.{% endif %}"
    each(document, "s in g.shared", (*sentence("s"), but), style="List Bullet")
    who = ("@new p", "@bold {{ p.ref }}  {{ p.name }} ", "@accent {{ p.categories }} ", "@soft {{ p.particulars }}")
    people = (
        Column("Person", 52, who),
        Column("What is recorded of this person", 76, sentences("s in p.reasons")),
        Column("Risk owner", 21, ("{{ p.owner }}",)),
        Column("Referral", 21, ("{{ p.referral }}",)),
    )
    table(document, "p in g.people", people)
    document.add_paragraph("{%p endfor %}")


def _network(document: Any) -> None:
    document.add_paragraph("{%p if chart or members or network or holdings %}")
    document.add_heading("{{ 'Associates' if profile else 'Candidate network' }}", 1)
    each(document, "s in network", sentence("s"))
    picture(document, "chart")
    members = (
        Column("Ref", 12, ("{{ m.ref }}",)),
        Column("Name", 62, ("@new m", "@bold {{ m.name }} ", "@soft {{ m.measures }}")),
        Column("Category", 26, ("{{ m.categories or '–' }}",)),
        Column("Held by", 50, ("{{ m.forces or '–' }}",)),
        Column("Sources", 20, ("@refs m",)),
    )
    table(document, "m in members", members, heading=("People in the network", 2), note="{{ notes.hints }}")
    holdings = (
        Column("Force", 60, ("@bold {{ h.force }}",)),
        Column("Records", 20, ("{{ h.records }}",)),
        Column("People", 20, ("{{ h.people }}",)),
        Column("Whom to call", 70, ("{{ h.contact or '–' }}",)),
    )
    table(document, "h in holdings", holdings, heading=("Forces that hold records", 2))
    links = (
        Column("Who", 54, ("{{ k.a }}",)),
        Column("Link", 32, ("{{ k.what or '–' }}",)),
        Column("To", 42, ("@bold {{ k.b }}",)),
        Column("Standing", 18, ("{{ k.standing }}",)),
        Column("Sources", 24, ("@refs k",)),
    )
    table(document, "k in links", links, heading=("Links in the chart", 2))
    document.add_paragraph("{%p endif %}")
    _possible(document)


def _possible(document: Any) -> None:
    pairs = (
        Column("No", 9, ("{{ loop.index }}",)),
        Column("Are these one person?", 46, ("@new j", *_named("one"), "  ·  ", *_named("other"))),
        Column("What speaks for it, and against", 58, ("{{ j.fields | join('; ') }} ", "@soft {{ j.command }}")),
        Column("Why no machine joined them", 38, ("{{ j.held_back }}",)),
        Column("Sources", 19, ("@refs j",)),
    )
    heading = ("Possible joins for a person to rule", 1)
    table(document, "j in possible", pairs, heading=heading, note="{{ notes.possible }}")
    further = "@soft {{ possible_left }} further possible joins between people of this product are in the workbench."
    paragraph(document, (further,), when="possible_left")


def _named(side: str) -> tuple[str, ...]:
    return (f"@bold {{{{ j.{side}.ref }}}}  {{{{ j.{side}.name }}}} ", f"@accent {{{{ j.{side}.categories }}}}")


def _enquiries(document: Any) -> None:
    columns = (
        Column("No", 10, ("{{ e.number }}",)),
        Column("Enquiry", 50, ("@new e", "@bold {{ e.what }}")),
        Column("Why", 50, sentence("e.why")),
        Column("Priority", 18, ("{{ e.priority or '–' }}",)),
        Column("Owner", 24, ("{{ e.owner }}",)),
        Column("Due", 18, ("{{ e.due }}",)),
    )
    table(document, "e in lines", columns, heading=("Lines of enquiry", 1))


def _subjects(document: Any) -> None:
    document.add_paragraph("{%p if subjects %}")
    document.add_heading("{{ 'Subject' if profile else 'Subjects' }}", 1)
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p for u in subjects %}")
    document.add_heading(
        "{{ u.ref }} · {{ u.name }}{% if u.categories %}  ({{ u.categories }}){% endif %}{% if u.new %} NEW{% endif %}",
        2,
    )
    warning = "Rests on a proposed join that nobody has ruled: not to be named outside this team."
    paragraph(document, (f"@bold {warning}",), when="u.proposed")
    particulars = (
        Column("Particular", 38, ("{{ q.label }}",)),
        Column("As the records state it", 132, sentences("v in q.told")),
    )
    table(document, "q in u.particulars", particulars)
    each(document, "s in u.account", sentence("s"), style="List Bullet")
    joinings = (
        Column("Records", 24, ("@refs j",)),
        Column("Field by field", 92, ("{{ j.fields | join('; ') }}",)),
        Column("Standing", 54, ("{{ j.basis }}. {{ j.reason }}",)),
    )
    table(document, "j in u.joinings", joinings, heading=("Why these records are taken as one person", 3))
    paragraph(document, ("@soft and {{ u.more }} more",), when="u.more")
    picture(document, "u.strip")
    table(document, "t in u.timeline", _happenings(), heading=("What happened", 3))
    document.add_paragraph("{%p endfor %}")


def _happenings() -> tuple[Column, ...]:
    return (
        Column("When (UTC)", 32, ("{{ t.when }}", "@soft {% if t.until %} to {{ t.until }}{% endif %}")),
        Column("Kind", 22, ("{{ t.lane }}",)),
        Column("What", 58, ("@new t", "{{ t.text }}")),
        Column("Where", 26, ("{{ t.place or '–' }}",)),
        Column("Who", 14, ("{{ t.people or '–' }}",)),
        Column("Sources", 18, ("@refs t",)),
    )


def _chronology(document: Any) -> None:
    document.add_paragraph("{%p if timeline %}")
    document.add_heading("Timeline", 1)
    picture(document, "strip")
    document.add_paragraph("{%p endif %}")
    table(document, "t in timeline", _happenings())
    places = (
        Column("Place", 50, ("@bold {{ l.place }}",)),
        Column("Kind", 24, ("{{ l.kind }}",)),
        Column("What the records say", 70, sentence("l.what")),
        Column("Who", 26, ("{{ l.people or '–' }}",)),
    )
    table(document, "l in places", places, heading=("Places", 1))
    document.add_paragraph("{%p for x in sections %}")
    document.add_heading("{{ x.title }}", 1)
    each(document, "s in x.sentences", sentence("s"))
    document.add_paragraph("{%p endfor %}")


def _open_questions(document: Any) -> None:
    document.add_heading("Intelligence gaps and outside checks", 1)
    gaps = (
        Column("No", 10, ("{{ loop.index }}",)),
        Column("Gap", 65, ("@new g", "{{ g.what }}")),
        Column("What would tell", 60, ("{{ g.would_tell or '–' }}",)),
        Column("Owner", 35, ("{{ g.owner }}",)),
    )
    table(document, "g in gaps", gaps, heading=("What is not known", 2))
    document.add_heading("Checks still open outside this workbench", 2)
    paragraph(document, ("{{ notes.no_hit }}",))
    checks = (
        Column("System", 45, ("@bold {{ c.system }}",)),
        Column("About", 95, ("{{ c.about }}",)),
        Column("State", 30, ("{{ c.state }}",)),
    )
    table(document, "c in checks", checks)


def _back(document: Any) -> None:
    graded = "{{ z.grade }}"
    sources = (
        Column("No", 11, ("@anchor z",)),
        Column("Supplier, date", 32, ("{{ z.supplier }} ", "@soft {{ z.reported }}")),
        Column("Dataset, record", 44, ("{{ z.dataset }} {{ z.what }} ", "@soft {{ z.ref }}")),
        Column("File, row", 40, ("{{ z.file }} ", "@soft row {{ z.row }}")),
        Column("Grade", 15, (graded,)),
        Column(
            "Handling",
            28,
            ("{{ z.marking }} {{ z.conditions }} ", "@soft {% if z.origin %}origin: {{ z.origin }}{% endif %}"),
        ),
    )
    document.add_heading("Sources", 1)
    table(document, "z in sources", sources)
    document.add_heading("Independence", 2)
    paragraph(document, ("{{ independence }}",))
    document.add_heading("Method and words", 1)
    paragraph(document, ("{{ notes.method }}",))
    each(document, "s in method", sentence("s"))
    words = (Column("Word", 42, ("@bold {{ w.word }}",)), Column("Meaning", 128, ("{{ w.meaning }}",)))
    table(document, "w in glossary", words)
    document.add_paragraph()  # Word wants a paragraph after the last table
