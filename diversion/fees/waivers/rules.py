"""Say what may be asked about a fee, and which part of it is open and which paid."""

from dataclasses import dataclass

from diversion.core.errors import Invalid, Refused
from diversion.core.money import ZERO, Money
from diversion.core.words import _
from diversion.fees.codes import Change, Why

LEAST_NOTE = 10
OF_DEBT = {Why.UNCOLLECTIBLE}


class NoNote(Invalid):
    """A change of a fee has its reason in words, not by a code alone."""

    sentence = _("Write the reason in a sentence, in ten letters or more.")
    field = "note"


class NotThisWhy(Invalid):
    """What can't be collected is written off; nothing else is."""

    sentence = _("This reason does not fit. Only a write-off is for what can't be collected.")
    field = "why"


class NoAmount(Invalid):
    """A reduction or a raise names its amount."""

    sentence = _("Write the amount.")
    field = "amount"


class NothingOpen(Refused):
    """What is paid or given up already can't be given up again."""

    sentence = _("Nothing is open on this fee.")


class MoreThanOpen(Refused):
    """At most what is open is given up."""

    field = "amount"


class Asked(Refused):
    """One request about a fee at a time: what the next would mean depends on its answer."""

    sentence = _("Somebody asked to change this fee already. It waits for a decision.")


class NothingToReinstate(Refused):
    """Only what was given up, and not reinstated since, comes back."""

    sentence = _("Nothing was given up here that could be reinstated.")


class ChangedSince(Refused):
    """What was asked no longer fits what is open."""

    sentence = _(
        "Something was paid or changed since this was asked. Refuse it, and let it be asked again."
    )


class MoneyGoesBack(Refused):
    """Where a reduction pays money back, whoever approves refunds decides."""

    sentence = _("A part of this was paid and goes back, so a finance manager has to decide it.")


@dataclass(frozen=True)
class Part:
    """Which part of a change is open yet and which was paid."""

    open: Money
    paid: Money


def check_reason(change: Change, why: Why, note: str) -> None:
    """Raise NoNote without a sentence, NotThisWhy where code and change don't go together."""
    if len(note.strip()) < LEAST_NOTE:
        raise NoNote
    if why in OF_DEBT and change is not Change.WRITE_OFF and change is not Change.REINSTATE:
        raise NotThisWhy


def part(change: Change, amount: Money | None, open_: Money, paid: Money) -> Part:
    """Return what a change takes off or puts on; a reduction reaches into what was paid.

    Raises NoAmount, NothingOpen, MoreThanOpen.
    """
    if amount is None and change in (Change.REDUCE, Change.RAISE):
        raise NoAmount
    if amount is not None and amount <= ZERO:
        raise NoAmount
    if change is Change.RAISE:
        return Part(amount or ZERO, ZERO)
    there = open_ + paid if change is Change.REDUCE else open_
    if not there:
        raise NothingOpen
    wanted = amount or open_
    if wanted > there:
        raise MoreThanOpen(_("At most {there} of it can be given up.", there=there))
    return Part(min(wanted, open_), max(wanted - open_, ZERO))
