"""Which products somebody may see, and everything that a version holds, read at once."""

from collections import defaultdict
from collections.abc import Iterable, Set
from itertools import combinations
from typing import Any

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from toex.pole import EVERY_SUBJECT
from toex.work.access.kinds import kind_of
from toex.work.access.models import Grant
from toex.work.access.sitting import Sitting
from toex.work.citations.models import Citation
from toex.work.errors import NotThere
from toex.work.jobs.models import Job
from toex.work.operations.models import Operation
from toex.work.products.gathering import Kept, cited_with
from toex.work.products.models import (
    Comment,
    Correction,
    CorrectionTold,
    Dissemination,
    Product,
    Section,
    Sentence,
    Version,
)
from toex.work.products.policies import NO_PRODUCT, relations
from toex.work.tasking.models import ProductDue, Terms

_MOST_HIDDEN = 3  # compartments that one product can lie in, as one sitting shows no more
_HEAVY = ("drawn", "sealed", "people")


def visible(seat: Sitting, compartments: Set[str]) -> QuerySet[Product]:
    """List the products that the seat shows: those of its own grant, in compartments that its person reads.

    A grant for disclosure and review shows what the closed operation made, where it shows all that the operation saw. A
    grant that shows no records shows no product.
    """
    kind = kind_of(seat.grant.kind, seat.grant.duty)
    if kind is None or kind.shows != "records":
        return Product.objects.none()
    known = Q(grant=seat.grant)
    if seat.grant.kind == "disclosure" and _whole(seat.grant):
        known |= Q(operation=seat.grant.operation)
    shown = Product.objects.filter(known, compartment__in=_readable(compartments))
    return shown.select_related("operation", "grant", "created_by")


def _whole(grant: Grant) -> bool:
    return grant.marking >= 1 and set(grant.handling) >= {"P", "C"} and grant.subjects == EVERY_SUBJECT


def _readable(codes: Iterable[str]) -> list[str]:
    """Write every meeting of compartments that a reader of these may see."""
    names = sorted(codes)
    return ["+".join(some) for count in range(_MOST_HIDDEN + 1) for some in combinations(names, count)]


def listed(seat: Sitting, compartments: Set[str]) -> list[Version]:
    """List the newest version of every product that the seat shows, the latest changed first; in one query."""
    newest = (
        Version.objects.filter(product__in=visible(seat, compartments).values("pk"))
        .values("product")
        .annotate(last=Max("pk"))
        .values("last")
    )
    rows = Version.objects.filter(pk__in=newest).select_related("product", "drafted_by", "assured_by")
    counted = rows.annotate(open_comments=Count("comments", filter=Q(comments__resolved=None), distinct=True))
    return list(counted.defer(*_HEAVY).order_by("-since", "-pk"))


def find_version(seat: Sitting, product: int, number: int, *, compartments: Set[str]) -> Version:
    """Give one version of a product; NotThere where the seat shows none to a reader of these compartments."""
    found = (
        Version.objects.filter(product__in=visible(seat, compartments).values("pk"), product_id=product, number=number)
        .select_related(
            "product__operation__request__form__risk_owner_at", "product__grant", "drafted_by", "assured_by"
        )
        .first()
    )
    if found is None:
        raise NotThere(NO_PRODUCT)
    return found


def versions_of(product: Product) -> list[Version]:
    """List the versions of a product, the newest first."""
    rows = product.versions.select_related("drafted_by", "assured_by").defer(*_HEAVY)
    return list(rows.order_by("-number"))


def drawn_versions(seat: Sitting, compartments: Set[str]) -> list[Version]:
    """List the versions of the seat's products that were drawn from the records, the latest first; in one query."""
    rows = Version.objects.filter(product__in=visible(seat, compartments).values("pk")).exclude(snapshot=None)
    return list(rows.select_related("product").defer(*_HEAVY).order_by("-begun", "-pk"))


def kept(version: Version) -> Kept:
    """Read everything that a version holds, in three queries."""
    sections = [s for s in version.sections.select_related("risk_owner_at") if s.struck is None]
    rows = (
        Sentence.objects.filter(section__version=version, struck=None)
        .select_related("written_by")
        .order_by("place", "pk")
    )
    held: dict[int, list[Sentence]] = defaultdict(list)
    for row in rows:
        held[row.section_id].append(row)
    cited = Citation.objects.filter(room="products", object=version.cited_as, withdrawn=None)
    copies = dict(cited.order_by("pk").values_list("record_id", "sealed"))
    return Kept(version, tuple(sections), {pk: tuple(said) for pk, said in held.items()}, copies)


def cited_by(version: Version) -> frozenset[str]:
    """Give the records that a version cites, read in one query."""
    rows = version.sections.filter(struck=None).values_list("part", "person", "sentences__records", "sentences__struck")
    found = list(rows)
    written = [ref for _, _, refs, gone in found if refs and gone is None for ref in refs]
    return cited_with(version, written, subjects=frozenset(who for part, who, _, _ in found if part == "subjects"))


def struck_in(version: Version) -> tuple[list[Section], list[Sentence]]:
    """List what was struck of a version, and can be brought back."""
    sections = version.sections.exclude(struck=None).select_related("struck_by")
    sentences = Sentence.objects.filter(section__version=version, section__struck=None).exclude(struck=None)
    return list(sections), list(sentences.select_related("struck_by", "section").order_by("struck"))


def related_to(version: Version, seat: Sitting, roles: Set[str]) -> frozenset[str]:
    """Give how the seat's person stands to a version."""
    return relations(seat.person, roles, drafted_by=version.drafted_by_id, hands=frozenset(version.hands))


def comments_on(version: Version) -> list[Comment]:
    """List what quality assurance said of a version, in order."""
    return list(version.comments.select_related("by", "answered_by", "resolved_by", "sentence__section"))


def recipients_of(version: Version) -> list[Any]:
    """List who is to be given a version, in order; `in_issue` is the number of the last files that name them."""
    rows = version.recipients.filter(dropped=None).select_related("organisation")
    return list(rows.annotate(in_issue=Max("issues__number")).order_by("pk"))


def disseminated(version: Version) -> list[Dissemination]:
    """List who was given a version, in order."""
    rows = Dissemination.objects.filter(issue__version=version)
    return list(rows.select_related("recipient__organisation", "issue", "by").order_by("pk"))


def corrections_of(version: Version) -> list[Correction]:
    """List the correction notices that concern a version, whichever version they were drawn from, with whom each is told."""
    told = CorrectionTold.objects.select_related("recipient__organisation", "recipient__version").order_by("pk")
    concern = Q(version=version) | Q(
        pk__in=CorrectionTold.objects.filter(recipient__version=version).values("correction")
    )
    rows = Correction.objects.filter(concern).select_related("by", "released_by", "version").order_by("pk")
    return list(rows.prefetch_related("lines", Prefetch("told", told)))


def drawing_job(version: Version) -> Job | None:
    """Give the job that draws a version, the latest where it was asked for again."""
    return Job.objects.filter(kind="draw product", args={"version": version.pk}).order_by("-pk").first()


def promised(operation: Operation) -> list[ProductDue]:
    """List the products that the terms of reference promise, by the day they are due."""
    newest = (
        Terms.objects.filter(request=operation.request_id, agreed__isnull=False).order_by("-version").values("pk")[:1]
    )
    return list(ProductDue.objects.filter(terms__in=newest).order_by("due", "pk"))


def newest_number(seat: Sitting, product: int, *, compartments: Set[str]) -> int:
    """Give the number of a product's newest version; NotThere where the seat shows no such product."""
    rows = Version.objects.filter(product__in=visible(seat, compartments).values("pk"), product_id=product)
    found = rows.aggregate(last=Max("number"))["last"]
    if found is None:
        raise NotThere(NO_PRODUCT)
    return int(found)
