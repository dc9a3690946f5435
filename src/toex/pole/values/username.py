"""Names of online accounts, with the platform where the text says it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from toex.pole.values import text

_LINK = re.compile(
    r"^(?:https?://)?(?:www\.|m\.|web\.)?([a-z0-9-]+)\.(?:com|me|org|net|tv|im)/(?:add/|user/|u/|in/|@)?@?([^/?#\s]+)"
)
_LABELLED = re.compile(r"^([a-z]{3,12})\s*[:=]\s*@?(\S+)$")
_PLATFORMS = {
    "instagram": "instagram", "ig": "instagram", "insta": "instagram", "snapchat": "snapchat", "snap": "snapchat",
    "facebook": "facebook", "fb": "facebook", "tiktok": "tiktok", "twitter": "x", "x": "x", "telegram": "telegram",
    "t": "telegram", "discord": "discord", "onlyfans": "onlyfans", "kik": "kik", "wickr": "wickr", "signal": "signal",
    "linkedin": "linkedin", "reddit": "reddit", "youtube": "youtube", "vk": "vk", "threema": "threema",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Username:
    """A name of an account in small letters; equal names on different platforms need not be one person."""

    raw: str
    value: str
    problem: str
    platform: str = ""


def clean(raw: str) -> Username:
    """The name without @, link or label; more than one word is no user name."""
    line = unicodedata.normalize("NFKC", text.tidy(raw)).casefold().strip()
    found = _LINK.match(line) or _LABELLED.match(line)
    platform = _PLATFORMS.get(found[1], "") if found else ""
    name = found[2] if found and platform else line
    name = unicodedata.normalize("NFKC", name.lstrip("@").strip("/ ").casefold())
    if not name:
        return Username(raw, "", "")
    if " " in name or len(name) > 100 or _LINK.match(name) or _LABELLED.match(name) or name != text.tidy(name):
        return Username(raw, "", "a user name is one word")
    return Username(raw, name, "", platform)
