"""A product as plain data, and back: what is kept of it until it is rendered, years later if need be."""

from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from toex.publishing.errors import RuleError
from toex.publishing.product import Product

Frozen = dict[str, Any]


def freeze(product: Product) -> Frozen:
    """Give the product as values that JSON knows; times are written with their offset."""
    frozen: Frozen = _plain(product)
    return frozen


def thaw(frozen: Frozen) -> Product:
    """Give the product that was frozen; RuleError where the data are no product, or break a rule of its parts."""
    try:
        product: Product = _made(Product, frozen)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RuleError("What was kept is no product that can be read.") from error
    return product


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, datetime) else value


def _made(kind: Any, value: Any) -> Any:
    whole: bool = is_dataclass(kind)
    if whole:
        return kind(**{name: _made(part, value[name]) for name, part in _parts(kind).items() if name in value})
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        return tuple(_made(inner[0], part) for part in value)
    if value is None or get_origin(kind) is Literal:
        return value
    one = [part for part in get_args(kind) if part is not NoneType] or [kind]
    if is_dataclass(one[0]):
        return _made(one[0], value)
    return datetime.fromisoformat(value) if one[0] is datetime else value


@cache
def _parts(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
