"""Show how old the money is that is owed, and of whom only money is still asked."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import reading
from diversion.core.tracks import Track
from diversion.fees.aging.only_money import only_money
from diversion.fees.aging.queries import aging, totals
from diversion.fees.aging.rules import Age
from diversion.participants import access
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today

bp = Blueprint("aging", __name__)


@bp.get("/aging")
@requires(Permission.FEE_READ, Permission.LEDGER_READ)
def show() -> ResponseReturnValue:
    """List the open charges by age; people by number."""
    today = court_today()
    with reading():
        rows = aging(today)
        record(Act.AGING_LISTED, by=signed_in(), track=Track.SBAD, lines=len(rows))
    return render_template(
        "fees/aging/show.html", rows=rows, ages=list(Age), sums=totals(rows), today=today
    )


@bp.get("/only-money")
@requires(Permission.FEE_READ)
def left() -> ResponseReturnValue:
    """List the people of whom only money is still asked, a waiver and a plan one step away."""
    me = signed_in()
    with reading():
        rows = only_money(access.visible_to(me, Track.SBAD))
        ids = [row.participant_id for row in rows]
        names = access.open_names(
            ids, Track.SBAD, by=me, why=Act.ACCOUNTS_LISTED, about="list:only-money"
        )
    return render_template("fees/aging/left.html", rows=rows, names=names)
