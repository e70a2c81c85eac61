"""Show what waits for a second person, and what one asked for oneself."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from diversion.dashboard.requests.rows import rows
from diversion.staff.access import requires, signed_in
from diversion.staff.approvals import queries
from diversion.staff.permissions import Permission

bp = Blueprint("requests", __name__)


@bp.get("/requests")
@requires(
    Permission.BOOKS_APPROVE,
    Permission.BUDGET_APPROVE,
    Permission.RECEIPT_TAKE,
    Permission.RECEIPT_VOID,
    Permission.REFUND_APPROVE,
    Permission.VOUCHER_APPROVE,
    Permission.VOUCHER_REQUEST,
    Permission.WAIVER_APPROVE,
    Permission.FEE_READ,
)
def waiting() -> ResponseReturnValue:
    """List the requests that this person may decide, then their own."""
    me = signed_in()
    return render_template(
        "dashboard/requests/waiting.html",
        to_decide=rows(queries.waiting_for(me)),
        own=rows(queries.asked_by(me)),
    )
