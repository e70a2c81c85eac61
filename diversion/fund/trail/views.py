"""Show what a receipt paid for, and which receipts paid for a payment."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from diversion.core.database import db
from diversion.core.errors import NotYours
from diversion.core.money import Money
from diversion.fees.models import STATE_SERIES
from diversion.fund.kinds import event_words
from diversion.fund.trail.queries import moves
from diversion.fund.trail.rows import origins, uses
from diversion.fund.trail.rules import trace
from diversion.ledger import journal
from diversion.ledger.models import ReceiptNumber
from diversion.staff.access import requires
from diversion.staff.permissions import Permission

bp = Blueprint("trail", __name__, url_prefix="/trail")


@bp.get("/receipts/<string:number>")
@requires(Permission.LEDGER_READ)
def receipt(number: str) -> ResponseReturnValue:
    """Show what the money of a receipt was spent on, and what of it is still there."""
    found = _receipt(number)
    traced = trace(moves())
    spent = uses(traced.uses_of(found.id))
    left = Money(traced.left_of(found.id))
    used = Money.total(each.amount for each in spent)
    return render_template(
        "fund/trail/receipt.html",
        number=number,
        amount=Money(found.cents),
        entry=found.entry_id,
        uses=spent,
        used=used,
        left=left,
        elsewhere=Money(found.cents) - used - left,
    )


@bp.get("/entries/<int(max=2000000000):number>")
@requires(Permission.LEDGER_READ)
def entry(number: int) -> ResponseReturnValue:
    """Show which receipts and gifts paid for an entry that took money from the fund."""
    found = journal.entry(number)
    if found is None:
        raise NotYours
    came = origins(trace(moves()).sources_of(number))
    return render_template(
        "fund/trail/entry.html",
        entry=found,
        event=event_words(found.event),
        origins=came,
        total=Money.total(each.amount for each in came),
    )


def _receipt(number: str) -> ReceiptNumber:
    series, last = number[:-6], number[-6:]
    if not (last.isascii() and last.isdigit()):
        raise NotYours
    query = select(ReceiptNumber).filter_by(series=series, number=int(last))
    row = db.session.scalars(query).one_or_none()
    if row is None or row.series.startswith(STATE_SERIES):  # the state's money is never the fund's
        raise NotYours
    return row
