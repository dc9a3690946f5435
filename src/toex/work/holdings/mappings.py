"""Mappings of the unit's own: kept with the dataset whose files they read, each version for as long as a receipt names it."""

import tomllib
from datetime import datetime

from django.db import transaction

from toex import intake
from toex.intake import FileMapping, MappingError
from toex.work.audit.actions import record
from toex.work.errors import Incomplete, NotThere
from toex.work.holdings.models import Dataset, KeptMapping
from toex.work.holdings.policies import check_receivable
from toex.work.staff.models import Person
from toex.work.staff.policies import check_may

_LONGEST = 100_000  # characters


def keep_mapping(*, dataset: Dataset, text: str, by: Person, at: datetime, grant: int | None = None) -> KeptMapping:
    """Keep a mapping as the next version of a dataset's own; its name and version are set here, the rest stays as written.

    The last version again is given back as it is. Incomplete where the text is no mapping, with the rule that it breaks.
    """
    check_may(by, "load", at)
    check_receivable(dataset, at.date())
    before = kept_mappings(dataset)
    last = before[0] if before else None
    if last is not None and _renamed(text, last.name, last.version) == last.text:
        return last
    version = last.version + 1 if last else 1
    name = f"{dataset.name}.v{version}"
    whole = _renamed(text, name, version)
    title = read_mapping(whole).title[:128]
    with transaction.atomic():
        made = KeptMapping.objects.create(
            name=name, dataset=dataset, version=version, title=title, text=whole, by=by.username, at=at
        )
        record(
            "alteration", "holdings.keep_mapping", by=by, at=at, grant=grant, operation=dataset.operation,
            compartment=dataset.compartment, facts={"version": version, "mapping": read_mapping(whole).fingerprint},
            objects=[f"holdings:mapping:{made.pk}", f"holdings:dataset:{dataset.name}"],
        )  # fmt: skip
    return made


def read_mapping(text: str) -> FileMapping:
    """Read a mapping's text; Incomplete says the rule that it breaks."""
    if len(text) > _LONGEST:
        raise Incomplete("A mapping has 100,000 characters at most.", {"text": "too long"})
    try:
        return intake.parse_mapping(text)
    except MappingError as error:
        raise Incomplete(str(error), {"text": str(error).rstrip(".")}) from None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Incomplete("The mapping does not read.", {"text": "a field holds what it cannot hold"}) from error


def _renamed(text: str, name: str, version: int) -> str:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Incomplete("The mapping is not TOML.", {"text": f"not TOML: {error}"}) from None
    return intake.named(text.replace("\r\n", "\n"), name, version=version)


def mapping_named(name: str) -> FileMapping:
    """Give the mapping that a receipt names: one of the unit's own, else a ready one; MappingError where there is none."""
    kept = KeptMapping.objects.filter(name=name).first()
    return intake.parse_mapping(kept.text) if kept else intake.load_mapping(name)


def text_of(name: str, *, dataset: Dataset) -> str:
    """Give the text of one of a dataset's own mappings or of a ready one; NotThere for any other, or for a file's path."""
    kept = KeptMapping.objects.filter(name=name, dataset=dataset).first()
    if kept:
        return kept.text
    if name in {one for ready in intake.ready_mappings().values() for one in (ready.name, *ready.also)}:
        return intake.ready_text(name)
    raise NotThere("There is no mapping of that name for this dataset.")


def kept_mappings(dataset: Dataset) -> list[KeptMapping]:
    """List a dataset's own mappings, the newest first."""
    return list(KeptMapping.objects.filter(dataset=dataset).order_by("-version"))
