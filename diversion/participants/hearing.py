"""Compare the names of a track with the words that were typed, each part of a name once."""

from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Any

from diversion.participants.spellings import sounds, sounds_as, words


class Likeness(IntEnum):
    """How a name answers what was typed, the surest first."""

    WHOLE = 0
    PART = 1
    SOUND = 2


class Heard(dict[str, tuple[int, str]]):
    """What each part of a name has of the typed words: kept for one question, then gone.

    A value is a number and the folded part. Of the number's bits the first third says
    which typed words are in the part, the second which are a word of it, the last which
    sound like one; so the parts of a name are put together by `|`.
    """

    def __init__(self, typed: tuple[str, ...]) -> None:
        super().__init__()
        self.typed = [
            (word, sounds(word), 1 << place, 1 << place + len(typed), 1 << place + 2 * len(typed))
            for place, word in enumerate(typed)
        ]
        self.joined, self.count = "".join(typed), len(typed)
        self.all = (1 << len(typed)) - 1

    def __missing__(self, part: str) -> tuple[int, str]:
        split = words(part)
        has = 0
        for each in split:
            for word, codes, within, whole, alike in self.typed:
                if word in each:
                    has |= within | whole if word == each else within
                elif sounds_as(each, codes):
                    has |= alike
        made = self[part] = has, "".join(split)
        return made

    def likeness(self, held: Mapping[str, Any]) -> Likeness | None:
        """Return how the likest of somebody's names answers, or None."""
        has, run = self[held.get("first", "")]
        if "middle" in held:
            has, run = has | self[held["middle"]][0], run + self[held["middle"]][1]
        last_has, last = self[held.get("last", "")]
        best = self._judged(has | last_has, run + last)
        if "preferred" in held or "aliases" in held:
            found = (best, *self._other_names(held, last_has, last))
            best = min((each for each in found if each is not None), default=None)
        return best

    def _other_names(
        self, held: Mapping[str, Any], last_has: int, last: str
    ) -> Iterator[Likeness | None]:
        if preferred := held.get("preferred"):
            yield self._judged(self[preferred][0] | last_has, self[preferred][1] + last)
        for alias in held.get("aliases", ()):
            yield self._judged(*self[alias])

    def _judged(self, has: int, run: str) -> Likeness | None:
        if not has:
            return Likeness.PART if self.joined in run else None
        if has >> self.count & self.all == self.all:
            return Likeness.WHOLE
        if has & self.all == self.all or self.joined in run:
            return Likeness.PART
        return Likeness.SOUND if (has | has >> 2 * self.count) & self.all == self.all else None
