"""Put money into bags for the bank, and show what is on its way."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fund.deposits import confirming, drafts, queries, services
from diversion.fund.deposits.forms import DepositForm
from diversion.fund.deposits.models import Deposit
from diversion.fund.deposits.rows import cash_of, counted_lines, entries_at, slips
from diversion.fund.deposits.rules import CashDiffers, counted, parts
from diversion.fund.office.services import may_deposit
from diversion.ledger.facts import is_small_office
from diversion.ledger.receipts import OpenReceipt, undeposited
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import refused
from diversion.web.paging import page_of

bp = Blueprint("deposits", __name__, url_prefix="/deposits")
# One form holds so many ticks; more receipts go into the next bag.
AT_MOST = 150


@bp.get("")
@requires(Permission.LEDGER_READ)
def start() -> ResponseReturnValue:
    only = request.args.get("state") == "in-transit"
    count, amount = queries.in_transit()
    page = page_of(queries.deposits(in_transit=only))
    drawer = undeposited(imported=False)
    return render_template(
        "fund/deposits/start.html",
        page=page,
        rows=slips(page.rows),
        deposits_at=url_for("fund.deposits.start"),
        only=only,
        on_the_way=count,
        amount=amount,
        yours=may_deposit(signed_in()),
        waiting=len(drawer),
        drawer=Money.total(receipt.amount for receipt in drawer),
    )


@bp.get("/new")
@requires(Permission.LEDGER_READ)
def new() -> ResponseReturnValue:
    form = DepositForm()
    apart = _apart()
    form.receipts.data = [r.number for r in _drawer() if r.cashier not in apart]
    return _new(form)


@bp.post("/new")
@requires(Permission.DEPOSIT_PREPARE, Permission.RECEIPT_TAKE)
def prepare() -> ResponseReturnValue:
    form = DepositForm()
    if form.validate():
        with refused(form), transaction():
            if form.reason.data is not None:
                return _draw(form)
            prepared = services.prepare(
                form.receipts.data or [], form.pieces(), key=form.key, by=signed_in(),
                on=court_today(), now=clock.now(),
            )  # fmt: skip
            _say(prepared.repeated)
            return redirect(url_for("fund.deposits.show", number=prepared.made.number), 303)
    return _new(form)


@bp.get("/<string:number>")
@requires(Permission.LEDGER_READ)
def show(number: str) -> ResponseReturnValue:
    found = queries.deposit(number)
    receipts = queries.slip(found.id)
    return render_template(
        "fund/deposits/show.html",
        deposit=found,
        parts=parts(receipts),
        receipts=receipts,
        total=Money.total(receipt.amount for receipt in receipts),
        count=counted_lines(queries.count_of(found.id)),
        entries_at=entries_at(),
        in_transit=queries.in_transit_of(found.id),
        names=names_of(queries.hands_of(found) | _sayers(found)),
        hands=queries.hands_of(found),
        taken=confirming.confirmed(found.id),
        waiting=confirming.waiting(found.id),
        over_short=drafts.over_short_of(found.id),
    )


def _draw(form: DepositForm) -> ResponseReturnValue:
    """Ask a second person about a count that differs."""
    drawn = drafts.draw(
        form.receipts.data or [], form.pieces(), form.reason.data, key=form.key, by=signed_in(),
        on=court_today(), now=clock.now(),
    )  # fmt: skip
    flash_note(_("A second person has to sign the difference. Then the deposit is made."))
    return redirect(url_for("fund.deposit_papers.draft", subject=drawn.handle), 303)


def _drawer() -> list[OpenReceipt]:
    """Return what lies in the drawer; money from before these books has a page of its own."""
    return undeposited(imported=_is_before())


def _apart() -> set[int]:
    """Return whose money the person here keeps away from: their own, but in a small office."""
    return set() if is_small_office() else {signed_in().id}


def _is_before() -> bool:
    return request.args.get("books") == "before"


def _new(form: DepositForm) -> ResponseReturnValue:
    drawer = _drawer()
    shown = drawer[:AT_MOST]
    page = render_template(
        "fund/deposits/new.html",
        form=form,
        drawer=drawer,
        yours=may_deposit(signed_in()),
        apart=_apart(),
        parts=parts(shown),
        shown=len(shown),
        total=Money.total(receipt.amount for receipt in shown),
        ticked=set(form.receipts.data or []),
        cashiers=names_of({receipt.cashier for receipt in shown}),
        counted=counted(form.pieces()) if form.is_submitted() else None,
        cash=cash_of(shown, form.receipts.data or []) if form.is_submitted() else None,
        differs=isinstance(form.refusal, CashDiffers) or form.reason.data is not None,
        entries_at=entries_at(),
        before=len(undeposited(imported=True)) if not _is_before() else None,
    )
    return page, form.status


def _sayers(found: Deposit) -> set[int]:
    taken = confirming.confirmed(found.id)
    return {taken[0].said_by_id} if taken else set()


def _say(repeated: bool) -> None:
    if repeated:
        flash_note(_("This deposit was made already. Nothing was added."))
    else:
        flash_done(_("The deposit is made. It is in transit until the bank confirms it."))
