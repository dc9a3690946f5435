"""The links of a chart in words: the same association of one thing with many people is told once."""

from collections import defaultdict
from dataclasses import dataclass, replace

from toex.publishing.product import Chart, ChartEntity, ChartLink

_MANY = 3  # names that stand in a row; more are given by reference


@dataclass(frozen=True, slots=True)
class Association:
    """Who is linked to what, and how; `refs` are the records of all of them."""

    who: str
    what: str
    to: str
    confirmed: bool
    refs: tuple[str, ...]


def associations(chart: Chart) -> list[Association]:
    """Give the links of a chart, those of people with one thing gathered; what most people share stands first."""
    entities = {e.key: e for e in chart.entities}
    groups: dict[tuple[str, str, bool], list[ChartLink]] = defaultdict(list)
    for link in chart.links:
        groups[_to(link, entities), link.label, link.confirmed].append(link)
    ranked = sorted(groups.items(), key=lambda item: (not item[0][2], -len(item[1])))
    told = [_association(to, what, confirmed, links, entities) for (to, what, confirmed), links in ranked]
    return _gathered(told)


def _gathered(told: list[Association]) -> list[Association]:
    """Gather what one is linked to in one way into one row."""
    rows: dict[tuple[str, str, bool], Association] = {}
    for one in told:
        key = (one.who, one.what, one.confirmed)
        held = rows.get(key)
        rows[key] = replace(held, to=f"{held.to}; {one.to}", refs=(*held.refs, *one.refs)) if held else one
    return list(rows.values())


def _to(link: ChartLink, entities: dict[str, ChartEntity]) -> str:
    """Give the end that many may share: the thing, where the other end is a person."""
    return link.a if entities[link.b].kind == "person" and entities[link.a].kind != "person" else link.b


def _association(
    to: str, what: str, confirmed: bool, links: list[ChartLink], entities: dict[str, ChartEntity]
) -> Association:
    who = [entities[link.a if link.b == to else link.b] for link in links]
    many = len(who) > _MANY
    names = [e.ref if many and e.ref else e.caption() for e in who]
    refs = tuple(dict.fromkeys(r for link in links for r in link.refs))
    return Association("; ".join(dict.fromkeys(names)), what, entities[to].caption(), confirmed, refs)
