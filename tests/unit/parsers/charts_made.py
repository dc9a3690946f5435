"""Charts as Analyst's Notebook writes them: everything by reference, cards, grades, theme lines and event frames."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

TYPES = ("Person", "Male", "Mobile", "Car", "Business", "Bank Account", "Location", "Event", "Cloud")
STRENGTHS = {"Confirmed": "DotStyleSolid", "Unconfirmed": "DotStyleDashed", "Tentative": "DotStyleDotted"}
CLASSES = {"Date of Birth": "AttTime", "Grade": "AttText", "Role": "AttText", "Type": "AttText", "Armed": "AttFlag"}


@dataclass(frozen=True)
class Item:
    """An entity: how it is drawn is an icon, a theme line or an event frame."""

    id: str
    type: str
    label: str
    drawn: str = "Icon"
    attributes: Mapping[str, str] = field(default_factory=dict)
    at: str = ""
    cards: Sequence[str] = ()
    grade: tuple[int, int, int] = (0, 0, 0)
    source: str = ""


@dataclass(frozen=True)
class Bond:
    """A link by the ids of its ends."""

    one: str
    other: str
    label: str
    type: str = "Associate"
    strength: str = "Confirmed"
    arrow: str = "ArrowNone"
    at: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


def chart(items: Sequence[Item], bonds: Sequence[Bond] = (), *, marking: str = "OFFICIAL-SENSITIVE", title: str = "The line",
          created: str = "2026-05-01T09:00:00.000", late: bool = False, extra: str = "") -> str:  # fmt: skip
    """Write a chart; `late` writes what is referred to behind the items."""
    types = {name: f"IDENT{n}" for n, name in enumerate(TYPES)}
    classes = {name: f"IDATT{n}" for n, name in enumerate(CLASSES)}
    strengths = {name: f"IDSTR{n}" for n, name in enumerate(STRENGTHS)}
    links = {name: f"IDLNK{n}" for n, name in enumerate(sorted({bond.type for bond in bonds}))}
    defined = "".join((
        "<StrengthCollection>",
        *(f'<Strength Id="{id}" Name="{name}" DotStyle="{STRENGTHS[name]}"/>' for name, id in strengths.items()),
        "</StrengthCollection><AttributeClassCollection>",
        *(f'<AttributeClass Id="{id}" Name={quoteattr(name)} Type="{CLASSES[name]}"/>' for name, id in classes.items()),
        "</AttributeClassCollection><EntityTypeCollection>",
        *(f'<EntityType Id="{id}" Name="{name}" IconFile="{name}"/>' for name, id in types.items()),
        "</EntityTypeCollection><LinkTypeCollection>",
        *(f'<LinkType Id="{id}" Name={quoteattr(name)} Colour="0"/>' for name, id in links.items()),
        "</LinkTypeCollection>",
    ))  # fmt: skip
    graded = "".join(
        f"<{name}><StringCollection>{''.join(_word(name, n, text) for n, text in enumerate(texts))}</StringCollection></{name}>"
        for name, texts in (("GradeOne", "-ABCDE"), ("GradeTwo", "-12345"), ("GradeThree", "-12345"))
    )
    told = "".join(
        [*(_item(one, types, classes) for one in items), *(_bond(x, links, strengths, classes) for x in bonds)]
    )
    body = f"<ChartItemCollection>{told}{extra}</ChartItemCollection>"
    summary = (
        f"<Summary><FieldCollection><Field Type='SummaryFieldTitle' Field={quoteattr(title)}/>"
        f"<Field Type='SummaryFieldAuthor' Field='An analyst'/></FieldCollection>"
        f"<Origination CreatedDate='{created}' LastSaveDate='2026-06-01T10:00:00.000'/>"
        f"<CustomPropertyCollection><CustomProperty Name='Classification' Type='String' Value={quoteattr(marking)}/>"
        f"</CustomPropertyCollection></Summary>"
    )
    parts = (graded, body, defined, summary) if late else (defined, graded, summary, body)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by a test -->\n'
        '<Chart xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" Rigorous="true" IdReferenceLinking="true">'
        f"<ApplicationVersion Major='9' Minor='2'/>{''.join(parts)}</Chart>"
    )


def _word(name: str, number: int, text: str) -> str:
    return f'<String Id="{name}{number}" Text="{text}"/>'


def _item(one: Item, types: Mapping[str, str], classes: Mapping[str, str]) -> str:
    style = {"Icon": "IconStyle", "Theme": "ThemeStyle", "Event": "EventStyle"}[one.drawn]
    cards = "".join(f"<Card Summary={quoteattr(said)} DateSet='false'/>" for said in one.cards)
    first, second, third = one.grade
    return (
        f'<ChartItem Id="CI{one.id}" Label={quoteattr(one.label)} Description="" SourceReference={quoteattr(one.source)} '
        f'GradeOneIndex="{first}" GradeTwoReference="GradeTwo{second}" GradeThreeIndex="{third}" {_dated(one.at)} XPosition="10">'
        f"<CardCollection>{cards}</CardCollection>{_attributes(one.attributes, classes)}"
        f'<End X="10" Y="20" Z="0"><Entity EntityId="{one.id}" Identity="identity {one.id}" LabelIsIdentity="false">'
        f'<{one.drawn}><{style} EntityTypeReference="{types[one.type]}"><FrameStyle Visible="false"/></{style}></{one.drawn}>'
        "</Entity></End></ChartItem>"
    )


def _bond(
    one: Bond, links: Mapping[str, str], strengths: Mapping[str, str], classes: Mapping[str, str]
) -> str:  # fmt: skip
    return (
        f'<ChartItem Id="L{one.one}{one.other}" Label={quoteattr(one.label)} {_dated(one.at)}>'
        f"{_attributes(one.attributes, classes)}"
        f'<Link End1Reference="CI{one.one}" End2Reference="CI{one.other}"><LinkStyle LinkTypeReference="{links[one.type]}" '
        f'StrengthReference="{strengths[one.strength]}" ArrowStyle="{one.arrow}" LineWidth="1"/></Link></ChartItem>'
    )


def _dated(at: str) -> str:
    return f'DateSet="{str(bool(at)).lower()}" TimeSet="{str("T" in at).lower()}" DateTime="{at or "1900-01-01T00:00:00.000"}"'


def _attributes(told: Mapping[str, str], classes: Mapping[str, str]) -> str:
    made = "".join(f'<Attribute AttributeClassReference="{classes[n]}" Value={quoteattr(v)}/>' for n, v in told.items())
    return f"<AttributeCollection>{made}</AttributeCollection>"
