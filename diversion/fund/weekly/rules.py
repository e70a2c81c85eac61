"""Say which lines of a week's exceptions nobody but whoever entered them has looked at.

Source: ledger.md 5.1, the weekly exception report that a second person signs. In a small
office every week of the mode is signed, once it is over, by somebody who took none of the
money that its own cashier brought to the bank.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from diversion.core.errors import Refused
from diversion.core.words import _

WEEK = timedelta(days=7)


class Line(Protocol):
    """An entry out of the ordinary."""

    id: int
    actor: int
    effective_on: date


class Signature(Protocol):
    """That somebody looked through a week up to an entry; an older release kept no day."""

    monday: date
    last_entry: int
    signed_by_id: int
    signed_on: date | None


class NothingToSign(Refused):
    """One's own entries are looked through by somebody else."""

    sentence = _("There is no line for you to sign: it is signed, or you entered it yourself.")


class NotOver(Refused):
    """What may still happen can't be signed."""

    sentence = _("In small-office mode a week is signed when it is over, from Monday on.")


class OwnHands(Refused):
    """Whoever took the money does not say that it was brought to the bank rightly."""

    sentence = _("You took money that its own cashier deposited. Somebody else signs this week.")


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def ending_within(first: date, last: date) -> list[date]:
    """Return the Mondays of the weeks whose Sunday lies between two days."""
    sunday = monday_of(first) + WEEK - date.resolution
    count = (last - sunday).days // 7 + 1
    return [monday_of(first) + n * WEEK for n in range(count)]


@dataclass(frozen=True)
class Week:
    """A week of the court with its exceptions and who signed them.

    `small`: small-office mode was on in it; `hands`: who took money that its own cashier
    deposited.
    """

    monday: date
    lines: Sequence[Line]
    signatures: Sequence[Signature]
    small: bool = False
    hands: frozenset[int] = frozenset()

    @property
    def sunday(self) -> date:
        return self.monday + WEEK - date.resolution

    @property
    def open(self) -> list[int]:
        """Return the entries that nobody has signed for whom it counts."""
        return unsigned(self.lines, self._counting())

    @property
    def is_signed(self) -> bool:
        """Say whether nobody is waited for; of a small office an empty week is signed too."""
        return not self.open and (not self.small or bool(self._counting()))

    def _counting(self) -> list[Signature]:
        if not self.small:
            return list(self.signatures)
        return [
            each
            for each in self.signatures
            if each.signed_on and each.signed_on > self.sunday
            and each.signed_by_id not in self.hands
        ]  # fmt: skip

    def check(self, by: int, today: date) -> None:
        """Raise NotOver, OwnHands, or NothingToSign unless an open line is another person's."""
        if self.small and today <= self.sunday:
            raise NotOver
        if by in self.hands:
            raise OwnHands
        left = set(self.open)
        theirs = any(line.id in left and line.actor != by for line in self.lines)
        if not theirs and (left or self.is_signed):
            raise NothingToSign


def is_small(monday: date, spans: Iterable[tuple[date, date | None]]) -> bool:
    """Say whether the mode was on in a week; a span without an end still runs."""
    sunday = monday + WEEK - date.resolution
    return any(on <= sunday and (off is None or off >= monday) for on, off in spans)


def unsigned(lines: Iterable[Line], signatures: Iterable[Signature]) -> list[int]:
    """Return the entries that no second person has signed for their week."""
    signed = list(signatures)
    return [
        line.id
        for line in lines
        if not any(_covers(each, line) for each in signed)
    ]  # fmt: skip


def _covers(signature: Signature, line: Line) -> bool:
    in_time = signature.monday == monday_of(line.effective_on) and signature.last_entry >= line.id
    return in_time and signature.signed_by_id != line.actor
