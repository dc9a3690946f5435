"""How our drawings are written as SVG: colours, text, and the signs that stand for people and things."""

from xml.sax.saxutils import escape, quoteattr

from toex.publishing.wording import clean

ACCENT = "#12436d"  # one accent; every meaning is also carried by shape or word, for print in grey
INK = "#1c2329"
SOFT = "#5b6770"
HAIR = "#c3ccd2"
PAPER = "#ffffff"
FONT = "Source Sans Pro, Source Sans 3, Arial, sans-serif"

# Widths of Source Sans in thousandths of its size, by class of letter: enough to keep labels apart.
_NARROW, _WIDE = set("iljtfrI.,:;'|!()[] -"), set("mwMWQ@%&—")


def text_width(text: str, size: float) -> float:
    """Estimate the width of the text in points, a little on the wide side."""
    return size * sum(0.31 if c in _NARROW else 0.87 if c in _WIDE else 0.66 if not c.islower() else 0.53 for c in text)


def wrapped(text: str, *, size: float, width: float, lines: int = 2) -> list[str]:
    """Break the text over at most `lines` lines of `width` points; what does not fit ends in an ellipsis."""
    rows = [""]
    for word in clean(text).split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and text_width(longer, size) > width:
            rows.append(word)
        else:
            rows[-1] = longer
    kept = rows[:lines]
    if len(rows) > lines:
        kept[-1] += " …"
    return [_shortened(row, size, width) for row in kept]


def _shortened(text: str, size: float, width: float) -> str:
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip(" …") + "…"


def label(text: str, x: float, y: float, *, size: float, anchor: str = "middle", **style: str) -> str:
    """Write a text with a halo of paper, so that lines behind it do not cross it."""
    extra = "".join(f" {name.replace('_', '-')}={quoteattr(value)}" for name, value in style.items())
    fill = "" if "fill" in style else f' fill="{INK}"'
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}"{fill}{extra} stroke="{PAPER}" '
        f'stroke-width="2.4" stroke-linejoin="round" paint-order="stroke">{escape(clean(text))}</text>'
    )


def drawing(body: str, *, width: float, height: float, title: str, description: str) -> str:
    """Wrap the body as a picture that says in words what it shows."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.1f}" height="{height:.1f}" '
        f'viewBox="0 0 {width:.1f} {height:.1f}" role="img" font-family="{FONT}">'
        f"<title>{escape(clean(title))}</title><desc>{escape(clean(description))}</desc>{body}</svg>"
    )


# Signs are drawn about (0, 0) in a square of 20 points, filled with the colour that is written for {c}.
_SIGNS = {
    "person": '<circle cy="-3.2" r="2.9" fill="{c}"/>'
    '<path d="M-5.4 6.2c0-4 2.4-5.8 5.4-5.8s5.4 1.8 5.4 5.8z" fill="{c}"/>',
    "phone": '<rect x="-3.4" y="-6.2" width="6.8" height="12.4" rx="1.3" fill="none" stroke="{c}" stroke-width="1.3"/>'
    '<path d="M-1.1 4.2h2.2" stroke="{c}" stroke-width="1.1"/>',
    "vehicle": '<path d="M-6.6 3.4v-2.9l1.4-.6 1.7-3.3h6.2l2.1 3.3 1.8.6v2.9z" fill="{c}"/>'
    '<circle cx="-3.4" cy="3.6" r="1.7" fill="{c}" stroke="#fff" stroke-width=".7"/>'
    '<circle cx="3.4" cy="3.6" r="1.7" fill="{c}" stroke="#fff" stroke-width=".7"/>',
    "address": '<path d="M-6.4.2L0-5.8 6.4.2" fill="none" stroke="{c}" stroke-width="1.4" stroke-linejoin="round"/>'
    '<path d="M-4.5-.2v5.8h3.2v-3.4h2.6v3.4h3.2v-5.8L0-4.2z" fill="{c}"/>',
    "account": '<rect x="-6.4" y="-4.5" width="12.8" height="9" rx="1.2" fill="none" stroke="{c}" stroke-width="1.3"/>'
    '<path d="M-6.4-1.6h12.8" stroke="{c}" stroke-width="2"/>',
    "organisation": '<path d="M-5 6v-12h10v12z" fill="none" stroke="{c}" stroke-width="1.3"/>'
    '<path d="M-2.4-3.4h1.4m2 0h1.4M-2.4-.6h1.4m2 0h1.4M-2.4 2.2h1.4m2 0h1.4" stroke="{c}" stroke-width="1.5"/>',
    "event": '<path d="M0-6.2L6.2 0 0 6.2-6.2 0z" fill="none" stroke="{c}" stroke-width="1.4"/><path d="M0-3v3.4" '
    'stroke="{c}" stroke-width="1.4"/><circle cy="2.6" r=".9" fill="{c}"/>',
    "other": '<circle r="4" fill="none" stroke="{c}" stroke-width="1.4"/>',
}


def sign(kind: str, *, x: float, y: float, victim: bool = False, focus: bool = False, scale: float = 1.0) -> str:
    """Draw the sign of a kind at a point: people in discs, things in squares, victims in a double ring."""
    drawn = _SIGNS.get(kind, _SIGNS["other"])
    parts = _ground(kind, victim, focus) + drawn.format(c=_ink(kind, victim))
    return f'<g transform="translate({x:.1f} {y:.1f}) scale({scale:g})">{parts}</g>'


def _ink(kind: str, victim: bool) -> str:
    if kind != "person":
        return INK
    return ACCENT if victim else PAPER


def _ground(kind: str, victim: bool, focus: bool) -> str:
    if kind != "person":
        return f'<rect x="-9" y="-9" width="18" height="18" rx="3.5" fill="#eef2f4" stroke="{SOFT}" stroke-width=".9"/>'
    if victim:
        return "".join(
            f'<circle r="{radius}" fill="{PAPER}" stroke="{ACCENT}" stroke-width="1.5"/>' for radius in ("13", "10")
        )
    ring = f'<circle r="13.4" fill="none" stroke="{ACCENT}" stroke-width="1.1"/>' if focus else ""
    return f'{ring}<circle r="10.5" fill="{ACCENT}"/>'
