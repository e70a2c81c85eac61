"""Let floors offer blocks for the Today page, without the page knowing them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from diversion.core.words import Sentence

AT_MOST = 5


@dataclass(frozen=True)
class Row:
    """One line of a block. `tag` is a short state; `tone` colors it (ok, warn, plain, info)."""

    title: str | Sentence
    link: str = ""
    meta: str | Sentence = ""
    tag: str | Sentence = ""
    tone: str = "info"
    button: Sentence | None = None  # what the link does, as a button beside the line


@dataclass(frozen=True)
class Block:
    """What waits for one person. `count` equals the rows behind `link`, however few are shown.

    `urgent` colors the count; the first block of all is shown large, with its
    `lead` above the title and `button` as the one next thing to do.
    """

    title: str | Sentence
    count: int | None = None
    link: str = ""
    link_text: Sentence | None = None
    rows: tuple[Row, ...] = ()
    note: str | Sentence = ""
    urgent: bool = False
    lead: str | Sentence = ""
    button: Sentence | None = None


@dataclass(frozen=True)
class BlockSource:
    """A question a floor answers: what waits for this member of staff?

    `ask` gets the staff and returns None where the matter is not theirs. Low
    `place` comes first; `name` is said where the block itself fails. A source
    that can be `first` is shown large when it comes first.
    """

    name: Sentence
    place: int
    ask: Callable[[Any], Block | None]
    first: bool = False


offered: list[BlockSource] = []


def offer(source: BlockSource) -> None:
    """Put a source among the offered ones, once however often the program is built."""
    if source not in offered:
        offered.append(source)
        offered.sort(key=lambda known: known.place)
