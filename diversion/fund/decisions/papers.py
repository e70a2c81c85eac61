"""Say what an order is about: its paper, its payee, and who may look at it."""

from dataclasses import dataclass

from flask import url_for

from diversion.core.database import db
from diversion.core.errors import NotYours
from diversion.core.words import Sentence, _
from diversion.fund.awards import queries as awards
from diversion.fund.awards.words import AIMS
from diversion.fund.budget.models import BudgetLine
from diversion.fund.orders.kinds import OF_VOUCHERS, PAYEES
from diversion.fund.orders.models import Order
from diversion.fund.vouchers.models import Voucher
from diversion.ledger.earmarks import earmarks
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission


@dataclass(frozen=True)
class Paper:
    """What a page says about an order; `number` is that of its voucher or award."""

    number: str
    link: str
    facts: tuple[tuple[Sentence, object], ...]


def paper_of(order: Order) -> Paper:
    """Return what an order is about; four statements at most."""
    line = db.session.get_one(BudgetLine, order.line_id)
    facts: list[tuple[Sentence, object]] = [
        (_("Budget line"), line.name),
        (_("Earmark"), earmarks().get(order.earmark, "")),
    ]
    if order.award_id is None:
        return Paper("", url_for("fund.budget.show"), tuple(facts))
    row = awards.row_of(order.award_id)
    voucher = db.session.get(Voucher, order.voucher_id) if order.voucher_id else None
    facts = [
        *([(_("Payee"), row.payee)] if row.payee else []),
        (_("Kind of payee"), PAYEES[row.Award.payee_kind]),
        (_("For"), AIMS[row.Award.aim]),
        (_("Award"), row.Award.number),
        *facts,
    ]
    if voucher is None:
        number = row.Award.number
        return Paper(number, url_for("fund.awards.show", number=number), tuple(facts))
    if voucher.code:
        facts.insert(1, (_("Code"), voucher.code))
    at = url_for("fund.vouchers.show", number=voucher.number)
    return Paper(voucher.number, at, tuple(facts))


def check_visible(order: Order, staff: Staff) -> None:
    """Raise NotYours for an order that is neither this person's nor theirs to decide."""
    if staff.may(Permission.LEDGER_READ) or order.asked_by_id == staff.id:
        return
    if not (staff.may(Permission.VOUCHER_APPROVE) and order.kind in OF_VOUCHERS):
        raise NotYours
