"""Say what can be noted of the state's fee, and where it is taken."""

from datetime import date

from diversion.core.errors import Invalid, Refused
from diversion.core.money import ZERO, Money
from diversion.core.words import _
from diversion.fees.schedules.models import Office
from diversion.fees.state.models import Noted


class SwitchedOff(Refused):
    """The state's fee is off until the county switches it on."""

    sentence = _("The state's fee is not asked of this person.")


class CollectedHere(Refused):
    """What this office takes has a receipt of its own and is not noted from a paper."""

    sentence = _("This office takes the state's fee itself. Take it with a receipt.")


class NotSoMuch(Invalid):
    """At most what is open is paid or waived."""

    field = "amount"


class NotThen(Invalid):
    """A paper of the court is of a day between entering the program and today."""

    sentence = _("Write the day of the court's paper: today or earlier, after entering.")
    field = "happened_on"


class NoPaper(Invalid):
    """Evidence names the paper that it rests on."""

    sentence = _("Write the number of the clerk's receipt or of the court's order.")
    field = "reference"


class TakenBack(Refused):
    """A note is taken back once."""

    sentence = _("This note was taken back already.")


def check(office: Office, kind: Noted, open_: Money, amount: Money) -> None:
    """Raise CollectedHere, NotSoMuch; what the court waives is noted wherever it is collected."""
    if office is not Office.COURT_CLERK and kind is not Noted.WAIVED:
        raise CollectedHere
    check_amount(open_, amount)


def check_amount(open_: Money, amount: Money) -> None:
    """Raise NotSoMuch unless something, and at most what is open, is meant."""
    if not open_:
        raise NotSoMuch(_("Nothing of it is open any more."))
    if not ZERO < amount <= open_:
        raise NotSoMuch(_("Write an amount above zero, at most {open}, which is open.", open=open_))


def check_paper(reference: str, happened_on: date, entered_on: date, on: date) -> None:
    """Raise NoPaper, NotThen."""
    if not reference:
        raise NoPaper
    if not entered_on <= happened_on <= on:
        raise NotThen
