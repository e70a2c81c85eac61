"""Take a payment, show and print its receipt, list them all."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock
from diversion.core.database import db, reading, transaction
from diversion.core.errors import NotYours
from diversion.core.money import ZERO, Money
from diversion.core.once import Outcome
from diversion.core.tracks import Track
from diversion.fees import queries as fees
from diversion.fees import void_papers
from diversion.fees.in_drawer import is_here
from diversion.fees.models import STATE_SERIES, Receipt
from diversion.fees.plans.queries import unpaid_of
from diversion.fees.receipts import queries, services
from diversion.fees.receipts.forms import TOWARD, form_for
from diversion.fees.told import flash_taken
from diversion.fees.unplaced import queries as unplaced
from diversion.participants import access
from diversion.participants.models import Participant
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.forms import refused
from diversion.web.paging import page_of

bp = Blueprint("receipts", __name__)
TRACK = Track.SBAD
MONEY = (Permission.RECEIPT_TAKE, Permission.RECEIPT_VOID, Permission.LEDGER_READ)


@bp.route("/accounts/<number:number>/payments", methods=["GET", "POST"])
@requires(Permission.RECEIPT_TAKE)
def take(number: str) -> ResponseReturnValue:
    """Take a payment and give its receipt at once; sent twice, it gives the same receipt."""
    person = access.find(number, TRACK, by=signed_in())
    form = form_for(fees.charges(person.id))
    if form.validate_on_submit():
        with refused(form), transaction():
            participant = access.find(number, TRACK, by=signed_in())
            taken = services.take(
                participant, form.payment, key=form.key, by=signed_in(), on=court_today(),
                now=clock.now(), again=form.again.data,
            )  # fmt: skip
            return _given(taken)
    with reading():
        opened = access.open_file(number, TRACK, by=signed_in(), why=Act.ACCOUNT_OPENED)
    owed = fees.owed_by([opened.participant.id])[opened.participant.id]
    parts = unpaid_of(opened.participant.id)
    form.meet(_due(parts))
    beside = _beside(opened.participant)
    shown = {"form": form, "opened": opened, "owed": owed, "parts": parts, **beside}
    return render_template("fees/receipts/take.html", **shown), form.status


def _due(parts: Sequence[tuple[date, Money]]) -> Money:
    """Return what is due by today, else what is due next: instalments where a plan counts."""
    late = Money.total(amount for due_on, amount in parts if due_on <= court_today())
    return late or (parts[0][1] if parts else ZERO)


def _given(taken: Outcome[Receipt]) -> ResponseReturnValue:
    receipt = taken.made
    flash_taken(receipt.number, receipt.amount, again=taken.repeated)
    return redirect(url_for("fees.receipts.show", number=receipt.number), 303)


def _beside(participant: Participant) -> dict[str, Any]:
    open_ = [c for c in fees.charges(participant.id) if c.open]
    return {
        "charges": open_,
        "open_of": {TOWARD + c.handle: c.open for c in open_},
        "receipts": fees.receipts_of(participant.id)[:5],
        "today": court_today(),
    }


@bp.get("/receipts")
@requires(*MONEY)
def show_all() -> ResponseReturnValue:
    """List the receipts with the statement that no number is missing."""
    with reading():
        page = page_of(queries.listed().where(Participant.id.in_(reach())))
        record(Act.RECEIPTS_LISTED, by=signed_in(), track=TRACK, page=page.number)
    return render_template(
        "fees/receipts/show_all.html", page=page, statements=queries.statements()
    )


@bp.get("/receipts/<string:number>")
@requires(Permission.FEE_READ, Permission.LEDGER_READ)
def show(number: str) -> ResponseReturnValue:
    """Show a receipt with what it settled; money without an account has a page of its own."""
    if not fees.is_on_account(number) and unplaced.is_here(number):
        return redirect(url_for("fees.unplaced.show", number=number), 303)
    if number.startswith(STATE_SERIES):
        return redirect(url_for("fees.state_receipts.show", number=number), 303)
    with reading():
        found = find_receipt(number)
        record(Act.RECEIPT_SHOWN, f"receipt:{found.number}", by=signed_in(), track=TRACK)
    page = {**paper_of(found), "may_void": _may_void(found), "waits": _waits(found)}
    return render_template("fees/receipts/show.html", **page)


@bp.get("/receipts/<string:number>/print")
@requires(Permission.FEE_READ, Permission.LEDGER_READ)
def paper(number: str) -> ResponseReturnValue:
    """Show a receipt as paper: number, amount, and the first half of its seal's first half."""
    with reading():
        found = find_receipt(number)
        record(Act.RECEIPT_SHOWN, f"receipt:{found.number}", by=signed_in(), track=TRACK)
    return render_template("fees/receipts/print.html", **paper_of(found))


def find_receipt(number: str) -> Receipt:
    """Return a receipt within reach, else the same answer as for one that is not there."""
    found = fees.receipt(number, TRACK)
    if db.session.scalar(reach().where(Participant.id == found.participant_id)) is None:
        raise NotYours
    return found


def reach() -> Any:
    """Return whose receipts are shown; an auditor, who meets no name, sees those of all."""
    me = signed_in()
    return access.visible_to(me, TRACK) if me.may(Permission.FEE_READ) else queries.all_of(TRACK)


def paper_of(receipt: Receipt) -> dict[str, Any]:
    """Return what a receipt shows; what was owed before and after is that of its moment."""
    return {
        "paper": queries.paper(receipt),
        "owed": fees.owed_by([receipt.participant_id])[receipt.participant_id],
        "county": current_app.config["COUNTY"],
        "phone": current_app.config["HELP_DESK"],
    }


def _waits(receipt: Receipt) -> str | None:
    """Return where somebody decides whether a receipt is voided."""
    paper = void_papers.waiting(receipt.id)
    return url_for("fees.voids.show", subject=paper.handle) if paper else None


def _may_void(receipt: Receipt) -> bool:
    """Say whether the money of a receipt of today lies where it was taken."""
    if receipt.taken_on != court_today() or receipt.imported or unplaced.is_here(receipt.number):
        return False
    return is_here(receipt.id)
