"""Mark sentences for translation; know no language.

`_("Owed: {amount}", amount=x)` keeps the sentence and its values apart, so the
edge can translate the one and format the other.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self


@dataclass(frozen=True)
class Sentence:
    """A sentence for a person at the screen, not yet in any language but English."""

    text: str
    values: dict[str, object] = field(default_factory=dict)

    def filled(self, text: str) -> str:
        """Return `text`, a translation of this sentence, with the values put in."""
        return text.format(**self.values) if self.values else text

    def __str__(self) -> str:
        return self.filled(self.text)


def _(text: str, **values: object) -> Sentence:
    return Sentence(text, values)


def counted(one: str, many: str, count: int, **values: object) -> Sentence:
    """Return the sentence for `count` things: `counted("One seat", "{count} seats", 3)`."""
    return _(one if count == 1 else many, count=count, **values)


class Worded(StrEnum):
    """A code that knows what people call it: `CASH = "cash", _("Cash")`."""

    words: Sentence

    def __new__(cls, value: str, words: Sentence | None = None) -> Self:
        # Looking up a code by its value is typed as this call, so `words` can be left out here.
        if words is None:
            raise TypeError(f"{cls.__name__} {value!r} has no words")
        code = str.__new__(cls, value)
        code._value_ = value
        code.words = words
        return code
