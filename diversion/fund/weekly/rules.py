"""Say which lines of a week's exceptions nobody but whoever entered them has looked at.

Source: ledger.md 5.1, the weekly exception report that a second person signs.
"""

from collections.abc import Iterable
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
    """That somebody looked through a week up to an entry."""

    monday: date
    last_entry: int
    signed_by_id: int


class NothingToSign(Refused):
    """One's own entries are looked through by somebody else."""

    sentence = _("There is no line for you to sign: it is signed, or you entered it yourself.")


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


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


def check_may_sign(lines: Iterable[Line], open_: Iterable[int], by: int) -> None:
    """Raise NothingToSign unless an open line was entered by another person."""
    left = set(open_)
    if not any(line.id in left and line.actor != by for line in lines):
        raise NothingToSign
