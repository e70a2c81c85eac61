"""Say what a statement is as values, and which of its lines are new."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from diversion.core.errors import Invalid
from diversion.core.money import Money
from diversion.core.words import _

LONGEST = 80
OLDEST = timedelta(days=3660)
CHECK = re.compile(r"\b(?:CK|CHK|CHECK|CHEQUE)\s*(?:NO\.?|#)?\s*0*(\d{1,19})\b", re.IGNORECASE)


class NotAStatement(Invalid):
    """A file that is no statement of an account; the sentence says what is missing."""

    sentence = _(
        "This is not a statement. It needs the columns Date, Description, Debit, Credit or Amount."
    )
    field = "file"


class DoesNotFollow(Invalid):
    """A running balance is the one before and the line; else a line is missing or was changed."""

    field = "file"


@dataclass(frozen=True)
class Line:
    """A line as the bank has it; `amount` is positive for what came in."""

    on: date
    words: str
    amount: Money
    check_number: str = ""
    reference: str = ""
    balance: Money | None = None


@dataclass(frozen=True)
class Statement:
    """The lines of a file, oldest first; the balances where the file has them."""

    sha256: str
    lines: tuple[Line, ...]
    opening: Money | None = field(default=None)
    closing: Money | None = field(default=None)

    @property
    def first_on(self) -> date:
        return self.lines[0].on

    @property
    def last_on(self) -> date:
        return self.lines[-1].on


def made(
    content: bytes, lines: Sequence[Line], closing: Money | None = None, *, today: date
) -> Statement:
    """Put lines in order and check days and running balance. Raises NotAStatement, DoesNotFollow.

    A statement can't be taken out of the books, so a year that was written wrongly is refused.
    """
    if not lines:
        raise NotAStatement(_("This statement has no lines."))
    for line in lines:
        if not today - OLDEST <= line.on <= today:
            raise NotAStatement(_("No statement has a line of {day}. Look at the year.",
                                  day=line.on.isoformat()))  # fmt: skip
    ordered = list(lines)
    if ordered[0].on > ordered[-1].on:  # the newest first, as many banks write
        ordered.reverse()
    _follow(ordered)
    first, last = ordered[0], ordered[-1]
    ends = last.balance if last.balance is not None else closing
    begins = None if ends is None else ends - Money.total(line.amount for line in ordered)
    if first.balance is not None:
        begins = first.balance - first.amount
    ordered.sort(key=lambda line: line.on)
    return Statement(hashlib.sha256(content).hexdigest(), tuple(ordered), begins, ends)


def _follow(lines: Sequence[Line]) -> None:
    for before, line in pairwise(lines):
        if before.balance is None or line.balance is None:
            continue
        if before.balance + line.amount != line.balance:
            raise DoesNotFollow(
                _(
                    "The balance after the line of {day}, {amount}, does not follow from the line "
                    "before. A line is missing or was changed.",
                    day=f"{line.on:%m/%d/%Y}",
                    amount=line.amount,
                )
            )


def plain(words: str) -> str:
    """Return the bank's words on one line, printable and of bounded length."""
    kept = "".join(sign if sign.isprintable() else " " for sign in words)
    return " ".join(kept.split())[:LONGEST]


def check_in(words: str) -> str:
    """Return the number of the check that the bank's words name, or nothing."""
    found = CHECK.search(words)
    return found[1] if found else ""


def fresh(lines: Sequence[Line], known: Sequence[Line]) -> list[Line]:
    """Return the lines that no earlier statement had; each known line stands for one at most."""
    left: dict[tuple[date, Money], list[Line]] = {}
    for line in known:
        left.setdefault((line.on, line.amount), []).append(line)
    new = []
    for line in lines:
        likely = left.get((line.on, line.amount), [])
        twin = next((other for other in likely if _same(line, other)), None)
        if twin is None:
            new.append(line)
        else:
            likely.remove(twin)
    return new


def _same(one: Line, other: Line) -> bool:
    """Two files write one line of a day and an amount differently: marks of both count."""
    if one.reference and other.reference:
        return one.reference == other.reference
    if one.balance is not None and other.balance is not None:
        return one.balance == other.balance
    return True
