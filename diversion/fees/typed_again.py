"""Warn of a payment that looks like one receipted a moment ago, as after going back a page."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.money import Money
from diversion.core.words import Sentence, _
from diversion.fees.instruments import PAPER
from diversion.fees.models import Numbered
from diversion.ledger.commands import Mode
from diversion.ledger.receipts import same_paper
from diversion.staff.models import Staff

SOON = timedelta(minutes=10)
SAME_NUMBER = _(
    "A check or money order with this number was receipted today as {receipt}. Tick the box if "
    "this is another payment; else leave this page."
)
SAME_CASH = _(
    "You receipted the same amount in cash within the last ten minutes as {receipt}. Tick the "
    "box if this is another payment; else leave this page."
)


class TypedAgain(Refused):
    """A payment is never refused for looking like another: the cashier says that it is one."""

    field = "again"


@dataclass(frozen=True)
class Same:
    """What makes two payments look alike."""

    amount: Money
    mode: Mode
    reference: str
    by: Staff
    on: date
    now: datetime


def check(
    table: type[Numbered], taken_by: InstrumentedAttribute[int], same: Same,
    *among: ColumnElement[bool],
) -> None:  # fmt: skip
    """Raise TypedAgain where a receipt of `among` has the same number, or is the same cash.

    A check of the same amount too is asked about wherever it was taken: it may have come
    without an account first. A card's reference counts once anyway.
    """
    query = select(table.number).where(
        table.mode == same.mode, table.taken_on == same.on, *among
    ).order_by(table.id.desc())  # fmt: skip
    if same.mode in PAPER:
        bare = func.ltrim(table.reference, "0")
        found = db.session.scalar(query.where(bare == same.reference.lstrip("0")).limit(1))
        _warn(SAME_NUMBER, found or same_paper(same.mode, same.reference, same.amount, same.on))
    elif same.mode is Mode.CASH:
        recent = query.where(
            table.amount == same.amount, taken_by == same.by.id, table.taken_at > same.now - SOON
        )
        _warn(SAME_CASH, db.session.scalar(recent.limit(1)))


def _warn(sentence: Sentence, found: str | None) -> None:
    if found is not None:
        raise TypedAgain(_(sentence.text, receipt=found))
