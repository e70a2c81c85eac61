"""Open a drawer, count it blind, sign what is over or short, list them all."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.money import ZERO
from diversion.core.words import _
from diversion.fund.deposits.rows import counted_lines
from diversion.fund.drawers import queries, services, tills
from diversion.fund.drawers.forms import CountForm, OpenForm, SignForm
from diversion.fund.drawers.models import DrawerSession
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import Form, refused
from diversion.web.paging import page_of

bp = Blueprint("drawers", __name__, url_prefix="/drawers")


@bp.get("")
@requires(Permission.LEDGER_READ)
def show_all() -> ResponseReturnValue:
    """List the drawers, newest first; a cashier opens one here."""
    return _list(_open_form())


@bp.post("")
@requires(Permission.RECEIPT_TAKE)
def open_one() -> ResponseReturnValue:
    """Open one's drawer with its change."""
    form = _open_form()
    if form.validate():
        with refused(form), transaction():
            given = form.data
            till = tills.till(given["till"]) if "till" in given else None
            made = services.open_drawer(
                given.get("change_fund", ZERO), by=signed_in(), on=court_today(), now=clock.now(),
                till=till,
            )  # fmt: skip
            flash_done(_("Your drawer is open."))
            return redirect(url_for("fund.drawers.show", handle=made.handle), 303)
    return _list(form)


@bp.get("/<string:handle>")
@requires(Permission.LEDGER_READ)
def show(handle: str) -> ResponseReturnValue:
    """Show a drawer: to its cashier the count sheet while it is open, then what came of it."""
    return _page(queries.drawer(handle), CountForm(), SignForm())


@bp.post("/<string:handle>/count")
@requires(Permission.RECEIPT_TAKE)
def count(handle: str) -> ResponseReturnValue:
    """Close one's drawer with the count; what it should hold is shown after."""
    form = CountForm()
    if form.validate():
        with refused(form), transaction():
            found = services.count(
                queries.drawer(handle), form.pieces(), by=signed_in(), now=clock.now()
            )
            say = flash_note if found.difference else flash_done
            say(_("Counted. The drawer is closed."))
            return redirect(url_for("fund.drawers.show", handle=handle), 303)
    return _page(queries.drawer(handle), form, SignForm(formdata=None))


@bp.post("/<string:handle>/signature")
@requires(Permission.DEPOSIT_PREPARE)
@fresh_factor
def sign(handle: str) -> ResponseReturnValue:
    """Sign what is over or short in somebody else's drawer."""
    form = SignForm()
    if form.validate():
        with refused(form), transaction():
            services.sign(queries.drawer(handle), form.reason.data, by=signed_in(), now=clock.now())
            flash_done(_("The difference is signed. It is posted with the deposit."))
            return redirect(url_for("fund.drawers.show", handle=handle), 303)
    return _page(queries.drawer(handle), CountForm(formdata=None), form)


def _open_form() -> OpenForm:
    form = OpenForm()
    form.offer(tills.with_change())
    return form


def _list(form: OpenForm) -> ResponseReturnValue:
    me = signed_in()
    page: dict[str, Any] = {
        "page": page_of(queries.listed()),
        "form": form,
        "mine": queries.open_of(me.id),
        "takes": me.may(Permission.RECEIPT_TAKE),
    }
    return render_template("fund/drawers/show_all.html", **page), form.status


def _page(drawer: DrawerSession, form: CountForm, signing: SignForm) -> ResponseReturnValue:
    me = signed_in()
    people = {drawer.cashier_id, *([drawer.signed_by_id] if drawer.signed_by_id else [])}
    page: dict[str, Any] = {
        "drawer": drawer,
        "till": tills.name_of(drawer.till_id),
        "names": names_of(people),
        "count": counted_lines(queries.count_of(drawer.id)),
        "form": form,
        "signing": signing,
        "is_mine": drawer.cashier_id == me.id,
        "may_sign": me.may(Permission.DEPOSIT_PREPARE) and drawer.cashier_id != me.id,
    }
    worst: list[Form] = [form, signing]
    return render_template("fund/drawers/show.html", **page), max(each.status for each in worst)
