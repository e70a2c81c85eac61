"""Ask for change in the drawers: a till established, its change raised or lowered (E37)."""

from dataclasses import dataclass
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.errors import Invalid, Refused
from diversion.core.money import ZERO, Money
from diversion.core.words import _
from diversion.fund.chart.models import Use
from diversion.fund.chart.queries import is_on
from diversion.fund.corrections import services as corrections
from diversion.fund.corrections.models import Correction, CorrectionKind
from diversion.fund.corrections.services import Wish
from diversion.fund.drawers import tills
from diversion.fund.drawers.models import Till
from diversion.ledger.accounts import CHANGE_FUND, TREASURY
from diversion.ledger.commands import credit, debit
from diversion.staff.models import Staff


class NotInUse(Refused):
    """The change fund is the county's to have or not."""

    sentence = _("Switch on the change fund first, under Fund, Accounts.")


class NoAmount(Invalid):
    """Change is raised or lowered by something, and never below nothing."""

    field = "amount"


class WhichTill(Invalid):
    """Change lies in one drawer, old or new."""

    sentence = _("Choose a drawer, or name a new one.")
    field = "name"


class NamedAlready(Invalid):
    """A drawer has a name of its own."""

    sentence = _("There is a drawer of this name. Choose it above.")
    field = "name"


@dataclass(frozen=True)
class Change:
    """By how much the change of a till is raised (positive) or lowered, why, and on what paper.

    `till` is the handle of one that is there; else `name` is that of a new one.
    """

    amount: Money
    reason: str
    document_hash: str
    till: str = ""
    name: str = ""


def ask(wanted: Change, *, by: Staff, on: date, now: datetime) -> Correction:
    """Ask a second person to bring change into a till, or back to the treasurer.

    Raises NotInUse, WhichTill, NamedAlready, NoAmount, and what `adjust` raises.
    """
    if not is_on(Use.CHANGE_FUND):
        raise NotInUse
    till = _till(wanted, by, now)
    there = tills.change_in(till.id)
    if not wanted.amount or there + wanted.amount < ZERO:
        raise NoAmount(_("Write an amount above zero; {there} is in this drawer.", there=there))
    lines = (debit(CHANGE_FUND, wanted.amount, till.id), credit(TREASURY, wanted.amount))
    wish = Wish(CorrectionKind.ADJUST, on, wanted.reason, lines, wanted.document_hash)
    return corrections.adjust(wish, by=by, today=on, now=now)


def _till(wanted: Change, by: Staff, now: datetime) -> Till:
    if bool(wanted.till) == bool(wanted.name):
        raise WhichTill
    if wanted.till:
        return tills.till(wanted.till)
    if tills.named(wanted.name) is not None:
        raise NamedAlready
    made = Till(name=wanted.name, added_by_id=by.id, added_at=now)
    db.session.add(made)
    db.session.flush()
    record(Act.TILL_ADDED, f"till:{made.handle}", by=by)
    return made
