"""Show what is asked of the fund's money, and let a second person decide it."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.fund.decisions.papers import check_visible, paper_of
from diversion.fund.orders import queries, services
from diversion.fund.orders.effects import effects
from diversion.fund.orders.kinds import METHODS, WORDS, matter_of
from diversion.fund.orders.models import Order
from diversion.ledger import services as books
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.approvals.answers import answer
from diversion.staff.approvals.forms import DecisionForm
from diversion.staff.approvals.models import ApprovalRequest, Decision
from diversion.staff.approvals.queries import about
from diversion.staff.approvals.rules import DECIDED_BY
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("decisions", __name__, url_prefix="/orders")
SEE = (Permission.LEDGER_READ, Permission.VOUCHER_APPROVE, Permission.VOUCHER_REQUEST)
SAID = {
    Decision.APPROVED: _("Approved and posted."),
    Decision.REFUSED: _("Refused. Nothing was posted."),
    Decision.WITHDRAWN: _("Withdrawn. Nothing was posted."),
}


@bp.get("/<string:subject>")
@requires(*SEE)
def show(subject: str) -> ResponseReturnValue:
    """Show an order, what it would change, and its decision."""
    order = queries.order(subject)
    check_visible(order, signed_in())
    form = DecisionForm()
    form.seen.data = _request(order).hash16
    return _page(order, form)


@bp.post("/<string:subject>")
@requires(*SEE)
@fresh_factor
def decide(subject: str) -> ResponseReturnValue:
    """Approve and post, refuse, or withdraw."""
    order = queries.order(subject)
    check_visible(order, signed_in())
    form = DecisionForm()
    if form.validate():
        with refused(form), transaction():
            flash_done(SAID[_decide(order, form)])
            return redirect(url_for("fund.decisions.show", subject=subject), 303)
    return _page(order, form)


def _decide(order: Order, form: DecisionForm) -> Decision:
    """Keep the decision and post what it allows, in the caller's one transaction."""
    books.hold()
    given = answer(matter_of(order.kind), order.handle, form)
    if given is Decision.APPROVED:
        doc = paper_of(order).number or order.handle
        services.carry_out(order, doc=doc, by=signed_in(), on=court_today(), now=clock.now())
    return given


def _request(order: Order) -> ApprovalRequest:
    """Return the one request about an order."""
    return about(matter_of(order.kind), order.handle)[0]


def _page(order: Order, form: DecisionForm) -> ResponseReturnValue:
    asked, me = _request(order), signed_in()
    decided = asked.decided
    is_own = order.asked_by_id == me.id
    page = render_template(
        "fund/decisions/show.html",
        form=form,
        order=order,
        what=WORDS[order.kind],
        paper=paper_of(order),
        method=METHODS[order.method] if order.method else None,
        request=asked,
        entry=queries.entry_of(order.id),
        effects=effects(order) if asked.is_waiting else [],
        names=names_of({order.asked_by_id, decided.decided_by_id if decided else 0}),
        decided=decided,
        is_own=is_own,
        may_decide=me.may(DECIDED_BY[asked.matter]) and not is_own,
    )
    return page, form.status
