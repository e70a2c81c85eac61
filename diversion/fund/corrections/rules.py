"""Say what a correction of the books may be."""

from collections.abc import Iterable, Sequence
from datetime import date

from diversion.core import once
from diversion.core.errors import Invalid, Refused
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fund.corrections.models import Correction, CorrectionKind
from diversion.ledger.accounts import BY_CODE, Group, Kind
from diversion.ledger.commands import Command, Line, PeriodState
from diversion.ledger.events import Event

SAYS_WHY = 20
FUND_BALANCE, BUDGET_CONTROL, EXPENDED = 3000, 9000, 9030
EVENTS = {
    CorrectionKind.ADJUST: Event.ADJUST,
    CorrectionKind.OPENING: Event.OPENING,
    CorrectionKind.REVERSE: Event.REVERSE,
    CorrectionKind.YEAR_CLOSE: Event.YEAR_CLOSE,
}
# What has no paper of another room behind it; the rest is undone where it was done.
REVERSIBLE = frozenset(
    {
        Event.ADJUST, Event.BANK_CHARGE, Event.DONATION_DIRECT, Event.GRANT_IN, Event.INTEREST,
        Event.OPENING, Event.REVERSE, Event.TRANSFER_IN, Event.TRANSFER_OUT, Event.YEAR_CLOSE,
    }
)  # fmt: skip


class TooShort(Invalid):
    """A correction says why."""

    sentence = _("Say why in at least 20 letters.")
    field = "reason"


class NotToday(Invalid):
    """A correction carries the present day, or lies in a month that is closing."""

    sentence = _("Use today, or a day of a month that is being closed.")
    field = "effective_on"


class BothSides(Invalid):
    """A line is a debit or a credit."""

    sentence = _("Write a debit or a credit in each line, not both.")
    field = "accounts"


class NotHere(Refused):
    """What another room posted is undone there."""

    sentence = _("This entry is undone where it was made, not here.")


class YearIsOver(Refused):
    """A year that was closed is not taken apart from outside."""

    sentence = _("This closed a year whose last month is closed. Adjust in the present month.")


class OpenedAlready(Refused):
    """The books are opened once."""

    sentence = _("The books were opened already, by entry {entry}.")


class ClosedAlready(Refused):
    """A fiscal year is closed once."""

    sentence = _("The year was closed already, by entry {entry}.")


class NothingToClose(Refused):
    """A year without income and spending needs no entry."""

    sentence = _("Nothing was taken in or spent: there is nothing to close.")


class Moved(Refused):
    """What was approved is no longer what the year adds up to."""

    sentence = _("Something was posted since this was asked. Ask for the year-end entry again.")


def check_reason(text: str) -> str:
    """Return the reason. Raises TooShort."""
    if len(text) < SAYS_WHY:
        raise TooShort
    return text


def check_day(on: date, today: date, state: PeriodState | None) -> None:
    """Raise NotToday for a past day outside a month that is closing."""
    if on != today and (on > today or state is not PeriodState.CLOSING):
        raise NotToday


def line(account: int, debit: Money | None, credit: Money | None, sub: int, earmark: int) -> Line:
    """Return a line as it was typed. Raises BothSides."""
    if bool(debit) == bool(credit):
        raise BothSides
    cents = debit.cents if debit else -(credit or Money(0)).cents
    return Line(account, cents, sub, earmark)


def year_end(standing: Iterable[Line], *, lapses: bool) -> list[Line]:
    """Return the lines that close a year: income and spending go to the fund balance.

    `standing` is what stood on each key on the last day. The budget lapses, or only what
    was expended is cleared and the rest is carried.
    """
    lines, sums = [], dict[tuple[int, int], int]()
    for each in standing:
        account = BY_CODE[each.account]
        budget = account.group is Group.BUDGET
        if not (account.kind in (Kind.REVENUE, Kind.EXPENSE) or _ends(account.code, lapses)):
            continue
        lines.append(Line(each.account, -each.cents, each.sub, each.earmark))
        key = (BUDGET_CONTROL if budget else FUND_BALANCE, each.earmark)
        sums[key] = sums.get(key, 0) + each.cents
    against = [Line(code, cents, 0, earmark) for (code, earmark), cents in sorted(sums.items())]
    return [each for each in [*lines, *against] if each.cents]


def _ends(code: int, lapses: bool) -> bool:
    if BY_CODE[code].group is not Group.BUDGET or code == BUDGET_CONTROL:
        return False
    return lapses or code == EXPENDED


def command(paper: Correction, lines: Sequence[Line]) -> Command:
    """Say in accounts what a paper asks for."""
    return Command(
        EVENTS[paper.kind], lines, doc=paper.number, memo=paper.reason, reverses=paper.reverses
    )


def lines_of(paper: Correction) -> list[Line]:
    return [Line(each.account, each.cents, each.sub, each.earmark) for each in paper.lines]


def hash_of(paper: Correction) -> str:
    """Return what an approval is bound to: all that the paper asks for."""
    asked = {
        "number": paper.number, "kind": paper.kind.value, "on": paper.effective_on,
        "reason": paper.reason, "document": paper.document_hash, "reverses": paper.reverses,
        "lines": [(x.account, x.sub, x.earmark, x.cents) for x in lines_of(paper)],
    }  # fmt: skip
    return once.request_hash("correction", asked)


def amount_of(lines: Iterable[Line]) -> Money:
    """Return what a limit is held against: the sum of the debits."""
    return Money(sum(each.cents for each in lines if each.cents > 0))
