"""Take settlement files of the card processor, and show what they settled."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fund.settlements import queries, services
from diversion.fund.settlements.forms import SettlementForm
from diversion.fund.settlements.models import SettlementLine
from diversion.ledger import queries as ledger
from diversion.ledger.accounts import CARD_CLEARING
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused
from diversion.web.paging import page_of
from diversion.web.uploads import taken

bp = Blueprint("settlements", __name__, url_prefix="/settlements")


@bp.get("")
@requires(Permission.LEDGER_READ)
def show_all() -> ResponseReturnValue:
    """List the files that were read, newest first."""
    return _list(SettlementForm())


@bp.post("")
@requires(Permission.DEPOSIT_PREPARE)
def settle() -> ResponseReturnValue:
    """Settle what a file says; the same file again changes nothing that was settled."""
    form = SettlementForm()
    if form.validate():
        with refused(form), transaction():
            content = taken(form.file.data)
            found = services.settle(content, by=signed_in(), on=court_today(), now=clock.now())
            flash_done(_("Card payments settled: {count}.", count=found.settled))
            where = url_for("fund.settlements.show", handle=found.settlement.handle)
            return redirect(where, 303)
    return _list(form)


@bp.get("/<string:handle>")
@requires(Permission.LEDGER_READ)
def show(handle: str) -> ResponseReturnValue:
    """Show the lines of a file, the open ones with the reason."""
    found = queries.settlement(handle)
    lines = queries.lines_of(found.id)
    return render_template(
        "fund/settlements/show.html", settlement=found, lines=lines, whole=_sums(lines),
        settled=_sums([line for line in lines if line.entry_number]),
    )  # fmt: skip


def _sums(lines: Sequence[SettlementLine]) -> dict[str, Money]:
    names = ("gross", "fee", "net")
    return {name: Money.total(getattr(line, name) for line in lines) for name in names}


def _list(form: SettlementForm) -> ResponseReturnValue:
    page = page_of(queries.listed())
    waiting = ledger.balance(CARD_CLEARING)
    return render_template(
        "fund/settlements/show_all.html", page=page, form=form, waiting=waiting
    ), form.status
