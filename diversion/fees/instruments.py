"""See to it that one check pays the fund or the state, and is never split between them."""

from datetime import date

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.fees.models import Receipt, ReceiptVoid
from diversion.fees.state_models import StateReceipt
from diversion.ledger.commands import Mode

PAPER = (Mode.CHECK, Mode.MONEY_ORDER)


class SplitBetween(Refused):
    """The bank takes a check back whole, so it is receipted whole."""

    sentence = _(
        "Receipt {number} was given for this check or money order today. None is split between "
        "the fund and the state: ask for two."
    )
    field = "reference"


def check_for_fund(participant_id: int, mode: Mode, reference: str, on: date) -> None:
    """Raise SplitBetween where the state's fee was paid by this very check today."""
    if mode not in PAPER:
        return
    query = select(StateReceipt.number).where(
        StateReceipt.participant_id == participant_id, StateReceipt.mode == mode,
        StateReceipt.reference == reference, StateReceipt.taken_on == on,
        StateReceipt.void_entry.is_(None),
    )  # fmt: skip
    _refuse(db.session.scalar(query.limit(1)))


def check_for_state(participant_id: int, mode: Mode, reference: str, on: date) -> None:
    """Raise SplitBetween where the program's fee was paid by this very check today."""
    if mode not in PAPER:
        return
    query = select(Receipt.number).where(
        Receipt.participant_id == participant_id, Receipt.mode == mode,
        Receipt.reference == reference, Receipt.taken_on == on,
        Receipt.id.not_in(select(ReceiptVoid.receipt_id)),
    )  # fmt: skip
    _refuse(db.session.scalar(query.limit(1)))


def _refuse(number: str | None) -> None:
    if number is not None:
        raise SplitBetween(_(SplitBetween.sentence.text, number=number))
