"""What has changed under products that were given out: which versions said it, where, and what differs now."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from toex.picture import source_of
from toex.publishing import Product, cited, thaw
from toex.work.access.sitting import Sitting
from toex.work.citations.models import Citation, Notice
from toex.work.products.models import Correction, Version
from toex.work.products.placing import touching
from toex.work.products.queries import visible

GIVEN = ("disseminated", "superseded", "withdrawn")
Sealed = Mapping[str, Any]
_RIGHT = {
    "erased": "Taken back: what it rests on was erased, and nothing of it is to be used.",
    "regraded": "What it rests on was graded anew: {}.",
    "corrected": "What it rests on was corrected by its supplier: {}.",
    "split": "What it rests on is no longer taken to be of one person: it is read anew before any use.",
    "re-joined": "What it rests on is taken to be of one person with other records now: it is read anew.",
}
_GONE = {"erased": "it is no longer held", "corrected": "its supplier does not state it any more"}
_UNTOLD = "Told anew"


@dataclass(frozen=True, slots=True)
class Change:
    """A record that changed: why, in words without a value, and its copy as it is now (none where it is gone)."""

    why: str
    said: str
    now: Sealed | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that was said: where, in which versions, on which of the changed records."""

    where: str
    was: str
    records: tuple[str, ...]
    versions: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Open:
    """A version that was given out, and the notices on it that nothing was done about yet."""

    version: Version
    notices: tuple[Notice, ...]

    @property
    def records(self) -> dict[str, str]:
        """The records that changed, each with the last reason."""
        return {record: one.why for one in sorted(self.notices, key=lambda n: n.told) for record in one.records}


def open_changes(seat: Sitting, compartments: Set[str]) -> list[Open]:
    """List the given versions of the seat's products under which something changed that no notice speaks of yet."""
    rows = Version.objects.filter(product__in=visible(seat, compartments).values("pk"), state__in=GIVEN)
    given = list(rows.filter(issues__disseminations__isnull=False).distinct().select_related("product").defer("drawn"))
    return _open(given)


def changes_under(version: Version) -> Open | None:
    """Give the same of one version; None where nothing changed under it, or a notice speaks of all of it."""
    return next(iter(_open([version])), None)


def _open(given: list[Version]) -> list[Open]:
    by_name = {one.cited_as: one for one in given}
    notices = Notice.objects.filter(room="products", object__in=list(by_name), acknowledged=None).order_by("pk")
    told = _spoken_of({one.product_id for one in given})
    found: dict[str, list[Notice]] = {}
    for notice in notices:
        version = by_name[notice.object]
        if not _is_spoken_of(notice, version, told):
            found.setdefault(notice.object, []).append(notice)
    return [Open(by_name[name], tuple(held)) for name, held in sorted(found.items())]


def _spoken_of(products: Iterable[int]) -> dict[int, list[Correction]]:
    rows = Correction.objects.filter(version__product__in=list(products), kind="notice").select_related("version")
    held: dict[int, list[Correction]] = {}
    for one in rows:
        held.setdefault(one.version.product_id, []).append(one)
    return held


def _is_spoken_of(notice: Notice, version: Version, told: Mapping[int, list[Correction]]) -> bool:
    """Say whether notices to recipients drawn since speak of every record: what the product never cited needs none."""
    product = thaw(version.sealed or {})
    wanted = set(notice.records) & set(cited(product))
    later = [one for one in told.get(version.product_id, ()) if one.at >= notice.told]
    return wanted <= {record for one in later for record in one.changed}


def given_with(version: Version, records: Set[str]) -> list[tuple[Version, Product]]:
    """List every version of the same product that was given out and whose text cites any of the records."""
    rows = Version.objects.filter(product_id=version.product_id, issues__disseminations__isnull=False).distinct()
    sealed = [(one, thaw(one.sealed)) for one in rows.order_by("number") if one.sealed]
    return [(one, product) for one, product in sealed if records & set(cited(product))]


def wrong_in(held: Iterable[tuple[Version, Product]], records: Set[str]) -> list[Wrong]:
    """List what these versions say on the records, each thing once with the versions that say it."""
    found: dict[tuple[str, str], Wrong] = {}
    for version, product in held:
        for one in touching(product, records):
            key = (one.where, one.text)
            rests = tuple(sorted(records & set(one.refs)))
            wrong = found.setdefault(key, Wrong(one.where, one.text, rests))
            if version.number not in wrong.versions:
                wrong.versions.append(version.number)
    return list(found.values())


def changed_of(was: Mapping[str, Sealed], now: Mapping[str, Sealed], why: Mapping[str, str]) -> dict[str, Change]:
    """Say of each record what differs between the copy that was cited and the row as it is now."""
    return {record: _change(record, was.get(record), now.get(record), reason) for record, reason in why.items()}


def _change(record: str, was: Sealed | None, now: Sealed | None, why: str) -> Change:
    if now is None:
        return Change(why, _GONE.get(why, "its row is not shown under this grant now"))
    if was is None or was.get("erased"):
        return Change(why, "it is told anew", now)
    source = source_of(record, was)
    names = sorted(_differing(was, now))
    said = [f"{was['grade']}, now {now['grade']}"] if was["grade"] != now["grade"] else []
    said += [f"other {', '.join(names)}"] if names else []
    where = f"{source.supplier}, {source.file}, row {source.row}"
    return Change(why, f"{where}: {'; '.join(said) or 'as before'}", now)


def _differing(was: Sealed, now: Sealed) -> set[str]:
    """Name what differs, never its value; what is worked out of a name or an address is named with it alone."""
    keys = {*was["values"], *now["values"]}
    odd = {key for key in keys if was["values"].get(key) != now["values"].get(key)}
    plain = {_PLAIN.get(key, key.replace("_", " ")) for key in odd if not key.endswith(("_key", "_root", "_sound"))}
    stated = was.get("identifiers") != now.get("identifiers") and "identifiers" in was
    told = {word for word in ("conditions", "marking", "categories") if was.get(word, now.get(word)) != now.get(word)}
    return plain | told | ({"numbers stated"} if stated else set())


_PLAIN = {
    "dob": "date of birth",
    "dob_precision": "date of birth",
    "dob_swapped": "date of birth",
    "dob_default": "date of birth",
}


def right_for(wrong: Wrong, changed: Mapping[str, Change]) -> str:
    """Propose what is said instead, out of why and how its records changed; a person writes it anew where that is not enough."""
    said: dict[str, list[str]] = {}
    for record in wrong.records:
        one = changed[record]
        said.setdefault(one.why, []).append(one.said)
    return " ".join(
        _RIGHT.get(why, _UNTOLD + ": {}.").format("; ".join(dict.fromkeys(told))) for why, told in said.items()
    )


def copies_cited(versions: Iterable[Version], records: Set[str]) -> dict[str, Sealed]:
    """Give the copies of records that versions sealed, the latest of each; an erased one is empty."""
    names = [one.cited_as for one in versions]
    rows = Citation.objects.filter(room="products", object__in=names, record_id__in=records).order_by("pk")
    return dict(rows.values_list("record_id", "sealed"))
