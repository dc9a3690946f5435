"""XML read as a stream: no entity is resolved, nothing is fetched, and a file that declares its own type is refused."""

from collections.abc import Iterator
from typing import IO, Any, Protocol

from lxml import etree

from toex.parsers.refusals import GivenUpError, Why


class Stream(Protocol):
    """What a parser reads from."""

    def read(self, size: int = -1, /) -> bytes:
        """Read at most so many bytes, or all."""


def elements(stream: Stream | IO[bytes], *names: str) -> Iterator[Any]:
    """Give the elements of these names as they end, in whatever namespace; whoever takes one forgets it afterwards.

    GivenUpError where the file declares a document type of its own, or is no sound XML.
    """
    said = etree.iterparse(
        stream, events=("end",), tag=[f"{{*}}{name}" for name in names], resolve_entities=False, load_dtd=False,
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    first = True
    try:
        for _, element in said:
            if first:
                _refuse_declared(element)
            first = False
            yield element
        if first and said.root is not None:
            _refuse_declared(said.root)
    except etree.XMLSyntaxError as problem:
        raise GivenUpError(Why.BROKEN) from problem


def _refuse_declared(element: Any) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise GivenUpError(Why.REFUSED)


def forget(element: Any) -> None:
    """Take an element that was read out of the tree, so that the tree stays small."""
    above = element.getparent()
    element.clear(keep_tail=False)
    if above is not None:
        above.remove(element)


def tag_of(element: Any) -> str:
    """Give an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
