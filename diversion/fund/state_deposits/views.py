"""Bag the state's money, show its slips, and take the treasurer's word for them."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fund.deposits.rows import counted_lines, entries_at
from diversion.fund.deposits.rules import parts
from diversion.fund.office.services import check_may_deposit, may_deposit
from diversion.fund.state_deposits import queries, services
from diversion.fund.state_deposits.forms import BagForm, TakenForm
from diversion.ledger.accounts import STATUTORY_UNDEPOSITED
from diversion.ledger.facts import is_small_office
from diversion.ledger.receipts import undeposited
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import refused
from diversion.web.paging import page_of

bp = Blueprint("state_deposits", __name__, url_prefix="/state-fee/deposits")
AT_MOST = 150


@bp.get("")
@requires(Permission.LEDGER_READ)
def show_all() -> ResponseReturnValue:
    """List the bags of the state's money, newest first."""
    page = page_of(queries.listed())
    rows = [(row, Money(int(row.total))) for row in page.rows]
    return render_template(
        "fund/state_deposits/show_all.html", page=page, rows=rows, yours=may_deposit(signed_in())
    )


@bp.get("/new")
@requires(Permission.DEPOSIT_PREPARE, Permission.RECEIPT_TAKE)
def new() -> ResponseReturnValue:
    return _new(BagForm())


@bp.post("/new")
@requires(Permission.DEPOSIT_PREPARE, Permission.RECEIPT_TAKE)
def prepare() -> ResponseReturnValue:
    """Bag the ticked receipts, whole."""
    form = BagForm()
    if form.validate():
        with refused(form), transaction():
            prepared = services.prepare(
                form.receipts.data or [], form.pieces(), key=form.key, by=signed_in(),
                on=court_today(), now=clock.now(),
            )  # fmt: skip
            _say(prepared.repeated)
            return redirect(url_for("fund.state_deposits.show", number=prepared.made.number), 303)
    return _new(form)


@bp.get("/<string:number>")
@requires(Permission.LEDGER_READ)
def show(number: str) -> ResponseReturnValue:
    """Show a slip, with the treasurer's word for it or the form for that."""
    return _page(number, TakenForm())


@bp.post("/<string:number>")
@requires(Permission.DEPOSIT_CONFIRM)
def confirm(number: str) -> ResponseReturnValue:
    """Take the treasurer's word for a bag."""
    form = TakenForm()
    if form.validate():
        with refused(form), transaction():
            services.confirm(
                queries.deposit(number), form.taken_on.data, form.reference.data or "",
                by=signed_in(), today=court_today(), now=clock.now(),
            )  # fmt: skip
            flash_done(_("The treasurer has it."))
            return redirect(url_for("fund.state_deposits.show", number=number), 303)
    return _page(number, form)


def _say(repeated: bool) -> None:
    if repeated:
        flash_note(_("This deposit was made already. Nothing was added."))
    else:
        flash_done(_("The deposit is made. It is on its way until the treasurer has it."))


def _new(form: BagForm) -> ResponseReturnValue:
    lying = undeposited(account=STATUTORY_UNDEPOSITED)
    drawer = lying[:AT_MOST]
    check_may_deposit(signed_in())
    apart = set() if is_small_office() else {signed_in().id}
    ticked = form.receipts.data if form.is_submitted() else [
        each.number for each in drawer if each.cashier not in apart
    ]  # fmt: skip
    page = render_template(
        "fund/state_deposits/new.html", form=form, drawer=drawer, apart=apart,
        ticked=set(ticked or []), cashiers=names_of({each.cashier for each in drawer}),
        lying=len(lying),
    )  # fmt: skip
    return page, form.status


def _page(number: str, form: TakenForm) -> ResponseReturnValue:
    found = queries.deposit(number)
    kept, hands = queries.confirmation(found.id), queries.hands_of(found)
    if not form.is_submitted():
        form.taken_on.data = court_today()
    me, receipts = signed_in(), queries.slip(found.id)
    page = {
        "form": form,
        "deposit": found,
        "parts": parts(receipts),
        "receipts": len(receipts),
        "total": Money.total(each.amount for each in receipts),
        "count": counted_lines(queries.count_of(found.id)),
        "kept": kept,
        "names": names_of({found.prepared_by_id, kept.confirmed_by_id if kept else 0}),
        "may_confirm": me.may(Permission.DEPOSIT_CONFIRM) and me.id not in hands and not kept,
        "entries_at": entries_at(),
    }
    return render_template("fund/state_deposits/show.html", **page), form.status
