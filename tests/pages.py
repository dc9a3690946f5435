"""What holds of every page, read from its HTML: a heading, a title, its marking, labels, nothing inline, no words of ours."""

import re
from collections import Counter
from html.parser import HTMLParser

NEVER = re.compile(
    r"\b(clusters?|clustered|nodes?|edges?|golden records?|snapshots?|faces?|dedup\w*|queryset|None|NoneType)\b"
)
_VOID = {"input", "br", "hr", "img", "meta", "link", "col", "wbr", "source", "area", "path", "rect", "line", "circle"}
_FIELDS = {"input", "select", "textarea"}


class Page(HTMLParser):
    """A page or a piece of one, read."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.text: list[str] = []
        self.links: list[str] = []
        self.inline: list[str] = []
        self.fields: list[dict[str, str]] = []
        self.labelled: set[str] = set()
        self._within: list[str] = []
        self.feed(html)

    @property
    def said(self) -> str:
        """All that a reader reads, in one line."""
        return re.sub(r"\s+", " ", " ".join(self.text)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        if tag not in _VOID:
            self._within.append(tag)
        self.ids.update([got["id"]] if "id" in got else [])
        self.inline += [f"{tag}: {name}" for name in got if name == "style" or name.startswith("on")]
        if tag == "script" and "src" not in got and got.get("type") != "application/json":
            self.inline.append("script")
        if tag == "a" and "href" in got:
            self.links.append(got["href"])
        if tag == "label" and "for" in got:
            self.labelled.add(got["for"])
        if tag in _FIELDS and got.get("type") not in ("hidden", "submit", "button"):
            within = "label" in self._within
            self.fields.append({**got, "within": "yes" if within else ""})

    def handle_endtag(self, tag: str) -> None:
        if tag in self._within:
            while self._within.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not {"script", "style", "title"} & set(self._within):
            self.text.append(data)


def check(html: str, *, whole: bool = True) -> Page:
    """Read a page and assert what holds of every one."""
    page = Page(html)
    assert page.inline == [], "the content security policy lets nothing inline run or style"
    assert [name for name, times in page.ids.items() if times > 1] == [], "an id stands once"
    nameless = [
        f.get("name") for f in page.fields
        if f.get("id") not in page.labelled and not f.get("aria-label") and not f.get("aria-labelledby") and not f["within"]
    ]  # fmt: skip
    assert nameless == [], "every field has a label"
    assert NEVER.findall(page.said) == [], "words of ours, not of those who work here"
    if whole:
        assert page.tags["h1"] == 1, "one heading of the first rank"
        assert "OFFICIAL-SENSITIVE" in page.said, "a page bears its marking"
    return page
