"""A product kept as plain data is the same product when it is read again, to the byte of its pages."""

import json
from dataclasses import replace

import pytest

from toex.publishing import Product, PublishingError, freeze, thaw
from toex.publishing.pdf import pdf


def test_what_is_frozen_and_written_as_json_thaws_to_the_same_product(package: Product) -> None:
    assert thaw(json.loads(json.dumps(freeze(package)))) == package


def test_its_pages_are_the_same_to_the_byte(package: Product) -> None:
    assert pdf(thaw(json.loads(json.dumps(freeze(package))))) == pdf(package)


def test_a_version_frozen_before_a_part_was_known_thaws_without_it(package: Product) -> None:
    frozen = freeze(package)
    del frozen["glossary"]
    assert thaw(frozen) == replace(package, glossary=())


@pytest.mark.parametrize("broken", [{}, {"kind": "subject profile"}, {"summary": 7}])
def test_what_is_no_product_is_refused(package: Product, broken: dict[str, object]) -> None:
    frozen = {**freeze(package), **broken} if "summary" in broken else broken
    with pytest.raises(PublishingError):
        thaw(frozen)
