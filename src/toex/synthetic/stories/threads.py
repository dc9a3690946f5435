"""Downloaded handsets of exploited people: threads in their own language, contacts, the day they were taken."""

import tomllib
from datetime import datetime, timedelta
from typing import Any

from toex.synthetic.lives import Contact, Handset, Message
from toex.synthetic.shapes import data_text
from toex.synthetic.world import World

DELETED = 0.12
ORIGINS = {"ro": "Bacau", "pt": "Lisboa", "sq": "Durres", "en": "home"}


def download(
    world: World,
    *,
    owner: int,
    kind: str,
    peers: tuple[int, ...],
    circle: tuple[int, ...],
    town: str,
    taken: datetime,
    force: str,
) -> None:
    """Take a handset by agreement: the threads of `kind` with each of `peers` in turn, and contacts for all."""
    number = len(world.timeline.of(Handset)) + 1
    world.timeline.add(
        Handset(
            number=number,
            owner=owner,
            phone=world.number(owner),
            force=force,
            power="Agreement of the user (Police, Crime, Sentencing and Courts Act 2022 s.37)",
            scope=f"Messages, calls and contacts from {taken - timedelta(days=120):%d/%m/%Y} to {taken:%d/%m/%Y}",
            taken=taken,
        )
    )
    threads = [thread for thread in tomllib.loads(data_text("chats.toml"))["thread"] if thread["kind"] == kind]
    for chat, thread in enumerate(threads):
        _thread(
            world, handset=number, chat=chat + 1, thread=thread, peer=peers[chat % len(peers)], town=town, taken=taken
        )
    for person in dict.fromkeys(peers + circle):
        world.timeline.add(
            Contact(handset=number, name=_saved_as(world, person), phone=world.number(person), person=person)
        )


def _thread(
    world: World, *, handset: int, chat: int, thread: dict[str, Any], peer: int, town: str, taken: datetime
) -> None:
    at = taken - timedelta(days=world.dice.randint(40, 110), hours=world.dice.randint(0, 9))
    for line in thread["lines"]:
        at += timedelta(minutes=world.dice.choice((1, 2, 3, 7, 40, 600, 2900)))
        body = str(line)[2:].format(town=town, origin=ORIGINS[str(thread["language"])])
        world.timeline.add(
            Message(
                handset=handset,
                chat=chat,
                at=min(at, taken - timedelta(hours=2)),
                sender=-1 if str(line).startswith(">") else peer,
                peer=peer,
                body=body,
                deleted=world.dice.random() < DELETED,
            )
        )


def _saved_as(world: World, person: int) -> str:
    forename = str(world.people.forename[person])
    short = world.book.nicknames.get(forename, (forename,))[0]
    return world.dice.choice((forename, short, f"{forename} {world.people.surname[person][0]}", f"{short} 2"))
