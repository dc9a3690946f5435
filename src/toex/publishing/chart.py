"""The link chart of a network as a picture for the page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from toex.publishing.drawing import ACCENT, HAIR, INK, SOFT, drawing, label, sign, text_width, wrapped
from toex.publishing.errors import RuleError
from toex.publishing.layout import Box, place
from toex.publishing.product import Chart, ChartEntity, ChartLink

MOST = 60
Spot: TypeAlias = tuple[float, float]
_WIDTH = 482.0  # the text width of an A4 page with margins of 20 mm, in points
_CROWDED, _PACKED = 30, 46  # beyond each, signs and labels shrink
_LEGEND = (
    ("person", "person", False),
    ("person", "victim", True),
    ("phone", "phone", False),
    ("vehicle", "vehicle", False),
    ("address", "address", False),
    ("account", "account", False),
    ("organisation", "organisation", False),
    ("event", "event", False),
    ("other", "other", False),
)


@dataclass(frozen=True, slots=True)
class _Style:
    """How large things are drawn: letters, the widest label, the height kept for a sign, the sign itself."""

    size: float
    label: float
    sign: float
    scale: float


_ROOMY, _FULL, _DENSE = _Style(7.6, 80, 29, 1.0), _Style(7.2, 72, 26, 0.88), _Style(6.6, 64, 25, 0.84)


def draw_chart(chart: Chart, *, seed: int = 7, marking: str = "") -> str:
    """Draw a chart of at most 60 entities as SVG text, in points, as wide as the page's text.

    Stated links are solid, possible ones dashed; victims stand in a double ring; children carry no name. The same
    chart and seed give the same drawing. RuleError where the chart holds more entities: see `trim`.
    """
    if len(chart.entities) > MOST:
        raise RuleError(f"A chart for the page holds {MOST} entities at most.")
    style = _style(len(chart.entities))
    labels = {e.key: _words(e, style) for e in chart.entities}
    pairs = [(link.a, link.b) for link in chart.links]
    sizes = {key: _extent(rows, style) for key, rows in labels.items()}
    boxes = place(sizes, pairs, width=_WIDTH, height=_height(len(chart.entities)), seed=seed)
    top = 16.0 if marking else 4.0
    boxes = {key: replace(box, y=box.y + top) for key, box in boxes.items()}
    bottom = max((box.y + box.height / 2 for box in boxes.values()), default=top)
    parts = [label(marking, _WIDTH / 2, 10, size=8, font_weight="bold")] if marking else []
    spots = {key: (box.x, box.y - box.height / 2 + style.sign / 2 + 1) for key, box in boxes.items()}
    parts += _lines(_merged(chart.links), spots)
    parts += [_drawn(entity, spots[entity.key], labels[entity.key], style) for entity in chart.entities]
    parts += _link_words(_merged(chart.links), spots, list(boxes.values()))
    legend, height = _legend(chart, bottom + 12)
    return drawing("".join(parts) + legend, width=_WIDTH, height=height, title=chart.caption, description=chart.alt)


def trim(chart: Chart, *, keep: int = MOST) -> Chart:
    """Keep the `keep` most linked entities, those in focus and victims first, and count what is left out."""
    degree: dict[str, int] = defaultdict(int)
    for link in chart.links:
        degree[link.a] += 1
        degree[link.b] += 1
    ranked = sorted(chart.entities, key=lambda e: (not e.focus, not e.victim, -degree[e.key], e.key))
    kept = {e.key for e in ranked[:keep]}
    return replace(
        chart,
        entities=tuple(e for e in chart.entities if e.key in kept),
        links=tuple(link for link in chart.links if {link.a, link.b} <= kept),
        left_out=chart.left_out + len(chart.entities) - len(kept),
    )


def describe_chart(entities: Sequence[ChartEntity], links: Sequence[ChartLink]) -> str:
    """Say in words what a chart of these entities and links shows, for a reader who cannot see it."""
    people = [e for e in entities if e.kind == "person"]
    degree: dict[str, int] = defaultdict(int)
    for link in links:
        degree[link.a] += 1
        degree[link.b] += 1
    most = sorted(people, key=lambda e: (-degree[e.key], e.key))[:3]
    named = "; ".join(f"{e.caption()} with {degree[e.key]}" for e in most)
    possible = sum(not link.confirmed for link in links)
    return (
        f"Link chart of {len(entities)} entities, {len(people)} of them people and {sum(e.victim for e in people)} of "
        f"those victims, with {len(links)} links, {possible} of them only possible. Most linked: {named or 'nobody'}. "
        "The table of links says the same in words."
    )


def _style(entities: int) -> _Style:
    if entities > _PACKED:
        return _DENSE
    return _FULL if entities > _CROWDED else _ROOMY


def _height(entities: int) -> float:
    return min(150.0 + 11.0 * entities, 560.0)  # with the legend, what a page holds


def _words(entity: ChartEntity, style: _Style) -> list[str]:
    rows = wrapped(entity.caption(), size=style.size, width=style.label)
    if entity.victim:
        rows.append("victim")
    return rows


def _extent(rows: Sequence[str], style: _Style) -> tuple[float, float]:
    widest = max((text_width(row, style.size) for row in rows), default=0.0)
    return max(widest, style.sign) + 5.0, style.sign + len(rows) * (style.size + 1.2) + 5.0


def _merged(links: Iterable[ChartLink]) -> list[ChartLink]:
    """Draw one line between two entities, solid where any of their links is stated."""
    groups: dict[tuple[str, str], list[ChartLink]] = defaultdict(list)
    for link in links:
        low, high = sorted((link.a, link.b))
        groups[low, high].append(link)
    return [
        replace(
            group[0],
            label=", ".join(dict.fromkeys(link.label for link in group if link.label)),
            confirmed=any(link.confirmed for link in group),
        )
        for group in groups.values()
    ]


def _lines(links: Iterable[ChartLink], spots: Mapping[str, Spot]) -> list[str]:
    drawn = []
    for link in links:
        (ax, ay), (bx, by) = spots[link.a], spots[link.b]
        dash = "" if link.confirmed else ' stroke-dasharray="4 3"'
        drawn.append(
            f'<path d="M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}" stroke="{SOFT}" stroke-width="1.1" fill="none"{dash}/>'
        )
    return drawn


def _drawn(entity: ChartEntity, spot: Spot, rows: Sequence[str], style: _Style) -> str:
    x, y = spot
    parts = [sign(entity.kind, x=x, y=y, victim=entity.victim, focus=entity.focus, scale=style.scale)]
    for number, row in enumerate(rows):
        is_category = entity.victim and number == len(rows) - 1
        weight = "bold" if entity.focus or is_category else "normal"
        fill = ACCENT if is_category else INK
        baseline = y + style.sign / 2 + 1 + style.size * 0.8 + number * (style.size + 1.2)
        parts.append(label(row, x, baseline, size=style.size, font_weight=weight, fill=fill))
    if entity.new:
        parts.append(label("NEW", x + 12, y - 8, size=5.6, anchor="start", font_weight="bold", fill=ACCENT))
    return "".join(parts)


def _link_words(links: Iterable[ChartLink], spots: Mapping[str, Spot], taken: list[Box]) -> list[str]:
    """Write what a link is beside it where there is room; the table of links has every one."""
    written = []
    for link in links:
        words = wrapped(link.label, size=6, width=70, lines=1)[0]
        free = _free_spot(words, spots[link.a], spots[link.b], taken) if words else None
        if free is not None:
            taken.append(free)
            written.append(label(words, free.x, free.y + 2, size=6, fill=SOFT, font_style="italic"))
    return written


def _free_spot(words: str, a: Spot, b: Spot, taken: Sequence[Box]) -> Box | None:
    for part in (0.5, 0.4, 0.6, 0.32, 0.68):
        x, y = a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part
        spot = Box(x, y, text_width(words, 6) + 2, 8)
        if not any(spot.overlaps(box) for box in taken):
            return spot
    return None


def _legend(chart: Chart, top: float) -> tuple[str, float]:
    """Draw the legend of what the chart uses; give it with the height at which the drawing ends."""
    used = {(e.kind, e.victim) for e in chart.entities}
    parts = [f'<path d="M0 {top:.1f}H{_WIDTH:g}" stroke="{HAIR}" stroke-width=".6"/>']
    x, y = 12.0, top + 15
    for kind, word, victim in _LEGEND:
        if (kind, victim) in used:
            drawn = sign(kind, x=0, y=0, victim=victim)
            parts.append(f'<g transform="translate({x:.1f} {y:.1f}) scale(.62)">{drawn}</g>')
            parts.append(label(word, x + 11, y + 2.5, size=7, anchor="start", fill=SOFT))
            x += 24 + text_width(word, 7)
    for word, dash in (("stated", ""), ("possible", ' stroke-dasharray="4 3"')):
        parts.append(f'<path d="M{x - 6:.1f} {y:.1f}h18" stroke="{SOFT}" stroke-width="1.1"{dash}/>')
        parts.append(label(word, x + 16, y + 2.5, size=7, anchor="start", fill=SOFT))
        x += 30 + text_width(word, 7)
    return "".join(parts), y + 12
