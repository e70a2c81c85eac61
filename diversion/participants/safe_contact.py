"""Say how a person may be reached without harm; the safest way until they choose another."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from diversion.core.words import Worded, _

EARLIEST, LATEST = 9, 20  # hours of the day outside which nobody is called or written to


class Wording(Worded):
    """What a message to the person may say."""

    DISCREET = "discreet", _("As little as possible")
    PLAIN = "plain", _("That it is an appointment with this office")
    NONE = "none", _("No texts")


@dataclass(frozen=True)
class SafeContact:
    """The rules of contact. Hours are those of the court's wall; letters only where allowed."""

    wording: Wording = Wording.DISCREET
    from_hour: int = 10
    until_hour: int = 16
    watched: bool = False
    letters: bool = False
    confirmed_on: date | None = None

    @property
    def hours(self) -> tuple[time, time]:
        """From when to when a call is safe."""
        return time(self.from_hour), time(self.until_hour)

    def to_values(self) -> dict[str, Any]:
        """Return what the envelope holds; a day is written as ISO has it."""
        return {**vars(self), "confirmed_on": str(self.confirmed_on) if self.confirmed_on else None}

    @classmethod
    def from_values(cls, held: dict[str, Any]) -> "SafeContact":
        """Read what `to_values` made."""
        if held == _UNASKED:  # of most people
            return UNASKED
        day = held.get("confirmed_on")
        return cls(
            Wording(held["wording"]), held["from_hour"], held["until_hour"], held["watched"],
            held["letters"], date.fromisoformat(day) if day else None,
        )  # fmt: skip


UNASKED = SafeContact()
_UNASKED = UNASKED.to_values()
