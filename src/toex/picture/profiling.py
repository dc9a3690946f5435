"""A subject profile: what a package says of its starting subject, with the network as that person's associates."""

from dataclasses import replace

from toex.picture.errors import UnknownSubject
from toex.picture.outlook import Outlook
from toex.publishing import Product, Subject, cited


def profile_of(product: Product, outlook: Outlook) -> Product:
    """Make the profile of the request's first subject who is a person; UnknownSubject where the package tells of none."""
    subject = _subject(product, outlook)
    ref = subject.person.ref
    made = replace(
        product,
        kind="subject profile",
        title=f"{subject.person.label()} and associates",
        subjects=(subject,),
        summary=tuple(subject.account[:5]) or product.summary,
        at_risk=tuple(entry for entry in product.at_risk if entry.person.ref == ref),
        possible=tuple(join for join in product.possible if ref in (join.one.ref, join.other.ref)),
        possible_left=0,
        timeline=(),
        sections=(),
    )
    told = set(cited(made))
    return replace(made, sources=tuple(source for source in product.sources if source.ref in told))


def _subject(product: Product, outlook: Outlook) -> Subject:
    nodes = outlook.network.nodes if outlook.network else ()
    asked = {r for node in nodes if node.kind == "person" and _asked(node.record_ids, outlook) for r in node.record_ids}
    for subject in product.subjects:
        if asked & {r for particular in subject.particulars for r in particular.value.refs}:
            return subject
    if not product.subjects or asked:
        raise UnknownSubject(
            "The package tells of no person who is a starting subject, so there is no profile to write."
        )
    return product.subjects[0]


def _asked(record_ids: tuple[str, ...], outlook: Outlook) -> bool:
    return not set(outlook.points).isdisjoint(record_ids)
