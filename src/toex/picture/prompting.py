"""What rules find a text to name, beside its words cut where they do: prompts for a person, who accepts or refuses each."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from toex.picture.errors import UnknownSubject
from toex.picture.things import Address, addresses
from toex.search import Suggestion, suggestions
from toex.store import View

MOST_READ = 60_000  # letters of one text that rules read: a second or so at the worst
NOT_A_TEXT = "No text of that id is in this workbench."


@dataclass(frozen=True, slots=True)
class Prompt:
    """A suggestion by rule, numbered as it stands in the text, with the page of the thing where a visible record states it."""

    number: int
    suggestion: Suggestion
    words: str  # as the text first has them
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a text's words, and the number and kind of the prompt that they are of; 0 where they are of none."""

    words: str
    number: int = 0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class NamedText:
    """A text's words with what rules find in them; both come from one view, and so does every count."""

    record_id: str
    words: str
    prompts: tuple[Prompt, ...]
    pieces: tuple[Piece, ...]
    subject: int = 0  # bits of pole.SUBJECTS: of whom the text is

    @property
    def unread(self) -> int:
        """How many letters at its end the rules did not read."""
        return max(len(self.words) - MOST_READ, 0)


def named_text(view: View, record_id: str) -> NamedText:
    """Read a text and what it names, for a caller who logs the looking; UnknownSubject if the view shows no such text."""
    rows = view.query(_sql("text_words"), {"id": record_id}).to_pylist()
    if not rows:
        raise UnknownSubject(NOT_A_TEXT)
    words = rows[0]["words"] or ""
    found = suggestions(view, words[:MOST_READ], own=[row["record_id"] for row in rows])
    pages = addresses(view, [_key(one) for one in found if one.kind in ("phone", "vehicle", "email") and one.records])
    prompts = tuple(
        Prompt(number, one, words[slice(*one.spans[0])], pages.get(_key(one))) for number, one in enumerate(found, 1)
    )
    return NamedText(record_id, words, prompts, pieces(words, prompts), rows[0]["subject"] or 0)


def pieces(words: str, prompts: Sequence[Prompt]) -> tuple[Piece, ...]:
    """Cut a text where prompts begin and end; put together again the pieces are the text."""
    cut: list[Piece] = []
    at = 0
    spans = [(start, end, one) for one in prompts for start, end in one.suggestion.spans]
    for start, end, prompt in sorted(spans, key=lambda span: span[:2]):
        if start > at:
            cut.append(Piece(words[at:start]))
        cut.append(Piece(words[start:end], prompt.number, prompt.suggestion.kind))
        at = end
    return (*cut, *([Piece(words[at:])] if at < len(words) else []))


def _key(one: Suggestion) -> str:
    return f"{one.kind}:{one.value}"


def _sql(name: str) -> str:
    return files("toex.picture").joinpath(f"sql/{name}.sql").read_text(encoding="utf-8")
