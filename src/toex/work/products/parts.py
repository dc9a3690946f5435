"""The parts of a product in the order in which it is read, and what each is made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A part: its heading, whether it has a section for each person, and what the second line of its sentences is called."""

    code: str
    title: str
    each_person: bool = False
    lead: str = ""
    basis: str = "fact"  # what a sentence written there is at first


_PARTS = (
    Part("judgements", "Key judgements", basis="assessment"),
    Part("summary", "Summary"),
    Part("at_risk", "People for safeguarding review", each_person=True),
    Part("news", "What is new"),
    Part("network", "The candidate network"),
    Part("lines", "Lines of enquiry", lead="What to do"),
    Part("advice", "Recommendations", basis="assessment"),
    Part("subjects", "Subjects", each_person=True),
    Part("places", "Places that matter", lead="Place"),
    Part("sections", "Further parts"),
    Part("gaps", "What is not known", lead="What would tell", basis="note"),
    Part("method", "Method", basis="note"),
)
PARTS = {part.code: part for part in _PARTS}
ORDER = {part.code: number for number, part in enumerate(_PARTS)}

# What the picture draws and nobody rewrites: it is printed whole, or left out.
TABLES = {
    "chart": "Chart of the network and its links",
    "members": "People of the network and their measures",
    "holdings": "Which forces hold records",
    "possible": "Possible joins that wait for a ruling",
    "timeline": "Timeline of the network",
    "checks": "Checks outside the workbench that are still open",
}
