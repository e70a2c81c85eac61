"""Say when a month may be closed, and when it may be opened again."""

import hashlib
from collections.abc import Iterable
from datetime import date

from diversion.core.errors import Invalid, Refused
from diversion.core.money import Money
from diversion.core.words import _
from diversion.ledger.commands import PeriodState
from diversion.ledger.extracts import Sums
from diversion.ledger.periods import Month
from diversion.ledger.queries import TrialLine

SAYS_WHY = 20


class NotOver(Refused):
    """A month is closed after its last day."""

    sentence = _("The month is not over yet. It can be closed from the first day of the next.")


class NotReady(Refused):
    """The checklist decides, not the person."""

    sentence = _("{title}: this is not done yet. Look at the list again.")


class EarlierOpen(Refused):
    """Months close in their order."""

    sentence = _("An earlier month is still open. Close that one first.")


class LaterClosed(Refused):
    """Months open again in the opposite order."""

    sentence = _("A later month is closed. Ask for that one first.")


class WrongState(Refused):
    """Somebody else moved the month meanwhile."""

    sentence = _("The month is no longer as this page shows it. Look at it again.")


class YearLocked(Refused):
    """A locked year never opens."""

    sentence = _(
        "The fiscal year of this month is locked and never opens again. Post a correction in a "
        "month that is open; it carries the day on which it is made."
    )


class NotClosed(Refused):
    """What is open need not be opened."""

    sentence = _("This month is not closed. It takes entries without being opened again.")


class SignedBySelf(Refused):
    """Whoever closes has not signed the review."""

    sentence = _("You signed the review yourself. Somebody else closes the month.")


class TooShort(Invalid):
    """A reason is at least a short sentence."""

    sentence = _("Say why in at least 20 letters.")
    field = "reason"


def check_reason(text: str) -> str:
    """Return the reason. Raises TooShort."""
    if len(text) < SAYS_WHY:
        raise TooShort
    return text


def check_over(month: Month, today: date) -> None:
    """Raise NotOver while the month still runs."""
    if today <= month.last:
        raise NotOver


def check_state(month: Month, *allowed: PeriodState) -> None:
    """Raise WrongState where the month is in none of these."""
    if month.state not in allowed:
        raise WrongState


def check_closed(month: Month) -> None:
    """Raise YearLocked or NotClosed where a month can't be opened again, whatever comes."""
    if month.state is PeriodState.LOCKED:
        raise YearLocked
    if month.state is not PeriodState.CLOSED:
        raise NotClosed


def digest(
    month: int, last_entry: int, chain_hash: str, sums: Sums, balances: Iterable[TrialLine]
) -> str:
    """Return the hash over all that a closed month was sealed with; the order is that of codes."""
    rows = [(b.account.code, b.opening, b.debits, b.credits) for b in balances]
    return digest_of(month, last_entry, chain_hash, counts(sums), rows)


def counts(sums: Sums) -> tuple[int, ...]:
    """Return the control totals in the order in which they are hashed, amounts in cents."""
    return (
        sums.entries, sums.lines, sums.debits.cents, sums.credits.cents, sums.receipts,
        sums.received.cents, sums.deposits, sums.deposited.cents,
    )  # fmt: skip


def digest_of(
    month: int, last_entry: int, chain_hash: str, totals: Iterable[int],
    rows: Iterable[tuple[int, Money, Money, Money]],
) -> str:  # fmt: skip
    head = "|".join(str(part) for part in (month, last_entry, chain_hash, *totals))
    lines = [f"{code}|{a.cents}|{b.cents}|{c.cents}" for code, a, b, c in rows]
    return hashlib.sha256("\n".join([head, *lines]).encode()).hexdigest().upper()
