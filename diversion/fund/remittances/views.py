"""Show where the state's money stands, and send it on with a second person."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.core.words import _
from diversion.fees.remittees import queries as remittees
from diversion.fees.remittees.models import Remittee
from diversion.fees.second import Paper, answer, paper, shown
from diversion.fund.orders.history import STATES
from diversion.fund.orders.kinds import METHODS
from diversion.fund.remittances import queries, services
from diversion.fund.remittances.forms import SendForm
from diversion.ledger.unusual import is_statutory_on
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.approvals.forms import DecisionForm
from diversion.staff.approvals.models import Matter
from diversion.staff.permissions import Permission
from diversion.web.flash import flash_note
from diversion.web.forms import refused
from diversion.web.paging import page_of

bp = Blueprint("remittances", __name__, url_prefix="/state-fee")


@bp.get("")
@requires(Permission.LEDGER_READ)
def start() -> ResponseReturnValue:
    """Show where the state's money is, what is due to whom, and what was sent on."""
    return render_template(
        "fund/remittances/start.html",
        stand=queries.stand(),
        dues=queries.dues(),
        page=page_of(queries.listed()),
        states=STATES,
        is_on=is_statutory_on(),
    )


@bp.route("/remittees/<string:handle>/remittances/new", methods=["GET", "POST"])
@requires(Permission.PAYMENT_MAKE)
def ask(handle: str) -> ResponseReturnValue:
    """Ask a second person to send on what is due to an office."""
    form, found = SendForm(), remittees.remittee(handle)
    if form.validate_on_submit():
        with refused(form), transaction():
            made = services.ask(
                remittees.remittee(handle), form.sending, key=form.key, by=signed_in(),
                now=clock.now(),
            )  # fmt: skip
            flash_note(_("Asked. A second person has to approve it."))
            return redirect(url_for("fund.remittances.show", subject=made.handle), 303)
    due, held = queries.due_to(found.id), queries.stand().held
    form.meet(min(due, held))
    page = {"form": form, "remittee": found, "due": due, "held": held}
    return render_template("fund/remittances/ask.html", **page), form.status


@bp.get("/remittances/<string:subject>")
@requires(Permission.LEDGER_READ)
def show(subject: str) -> ResponseReturnValue:
    return _page(subject, DecisionForm())


@bp.post("/remittances/<string:subject>")
@requires(Permission.BOOKS_APPROVE, Permission.PAYMENT_MAKE)
@fresh_factor
def decide(subject: str) -> ResponseReturnValue:
    """Approve and post, refuse, or withdraw."""
    form = DecisionForm()
    if form.validate() and answer(form, _paper(subject)):
        return redirect(url_for("fund.remittances.show", subject=subject), 303)
    return _page(subject, form)


def _paper(subject: str) -> Paper:
    return paper(
        Matter.REMITTANCE, subject, queries.remittance, services.request_hash, services.carry_out
    )


def _page(subject: str, form: DecisionForm) -> ResponseReturnValue:
    made = queries.remittance(subject)
    to = db.session.get_one(Remittee, made.remittee_id)
    pairs = [(_("To"), to.name), (_("Sent by"), METHODS[made.method]),
             (_("Its number"), made.reference),
             (_("Due there now"), str(queries.due_to(to.id)))]  # fmt: skip
    page = {**shown(form, _paper(subject), pairs), "made": made, "to": to}
    return render_template("fund/remittances/show.html", **page), form.status
