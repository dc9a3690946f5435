"""A fictional product with something in every part, by which a force's own template is tried before it is taken."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from toex.publishing.product import (
    AtRisk,
    Chart,
    ChartEntity,
    ChartLink,
    Gap,
    Holding,
    Joining,
    KeyJudgement,
    LineOfEnquiry,
    Member,
    OutsideCheck,
    Particular,
    Person,
    PlaceRow,
    PossibleJoin,
    Product,
    Section,
    Sentence,
    SourceRow,
    Subject,
    Term,
    TimelineRow,
)

MARKING = "OFFICIAL-SENSITIVE - RECIPIENTS ONLY"  # not what anybody would type into a header by hand
_AT = datetime(2026, 9, 1, 9, tzinfo=UTC)


def sample() -> Product:
    """Give the product; the same every time."""
    fact, doubt = Sentence("A sentence of fact.", ("r1",)), Sentence("An assessment.", ("r1",), "assessment")
    man, child = Person("A1", "Sample Adult", ("suspect",)), Person("A2", "Sample Child", ("victim",), child=True)
    row = TimelineRow(_AT, "phone", "A call.", ("r1",), place="Sampleton", people=("A1",))
    rows = (
        row,
        replace(row, at=_AT + timedelta(days=3), lane="ANPR"),
        replace(row, at=_AT + timedelta(days=9), lane="custody"),
    )
    chart = Chart(
        "A sample chart", "Two people with a link.",
        (ChartEntity("a", "person", "Sample Adult", ref="A1"), ChartEntity("b", "person", "", child=True, ref="A2")),
        (ChartLink("a", "b", "calls", refs=("r1",)),),
    )  # fmt: skip
    return Product(
        kind="intelligence package", operation="Sample", title="A sample title", force="Sample Force", version=2, at=_AT,
        marking=MARKING, status="draft", reference="PRD/2026/0000", customer="DCI Sample", prepared_by="A Sampler",
        assured_by="Another Sampler", threats=("County lines",), handling=("Named recipients only.",),
        recipients=("DCI Sample, Sample Force",), judgements=(KeyJudgement(doubt, "likely", "moderate"),), summary=(fact,),
        at_risk=(AtRisk(child, (fact,), "Child", "Supt Sample", "To be referred"),), since=1, news=(fact,), chart=chart,
        network=(fact,), members=(Member(man, ("Most calls",), ("SAM",), ("r1",)),), holdings=(Holding("SAM", 1, 1, "Desk"),),
        possible=(PossibleJoin(man, child, ("r1", "r2"), ("name",), "Child and adult"),), possible_left=1,
        lines=(LineOfEnquiry("Ask the school.", fact, "High", "DS Sample", "01/10/2026"),),
        subjects=(Subject(man, (Particular("Names", fact),), (fact,), (Joining(("r1", "r2"), ("name",), "identifier"),), rows),),
        timeline=rows, places=(PlaceRow("Sampleton", "town", fact, ("A1",)),), sections=(Section("A further part", (fact,)),),
        gaps=(Gap("Who pays.", "Bank data"),), checks=(OutsideCheck("PNC", "A1"),),
        sources=tuple(SourceRow(r, "SAM", "sample", "a.csv", n, "person", "2", "B", "P") for n, r in enumerate(("r1", "r2"), 2)),
        method=(Sentence("How it was made.", basis="note"),), glossary=(Term("Nominal", "a person on record"),),
    )  # fmt: skip
