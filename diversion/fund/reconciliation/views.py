"""Show what the bank says beside the books, and let people say what its lines are."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.fund.reconciliation import figures, queries, services
from diversion.fund.reconciliation.breaks import breaks
from diversion.fund.reconciliation.forms import ProposalsForm
from diversion.fund.reconciliation.rows import link_of, owners, shown
from diversion.fund.reconciliation.services import Choice, Said
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import refused

bp = Blueprint("bank", __name__, url_prefix="/bank")
# One form holds so many ticks; more lines are confirmed with the next.
AT_MOST = 150


@bp.get("")
@requires(Permission.LEDGER_READ)
def start() -> ResponseReturnValue:
    """Show the one number, then each difference in a sentence."""
    today = court_today()
    found = figures.figures()
    rows = breaks(found, today)
    reconciles = signed_in().may(Permission.BANK_RECONCILE)
    return render_template(
        "fund/reconciliation/start.html",
        figures=found,
        ages=found.by_age(today) if found else (),
        breaks=[(row, link_of(row, reconciles=reconciles)) for row in rows],
        owners=owners(rows),
        statements=queries.statements(),
    )


@bp.route("/statements/<handle:handle>", methods=["GET"])
@requires(Permission.LEDGER_READ)
def statement(handle: str) -> ResponseReturnValue:
    """Show a statement: what each line is, or what the program takes it for."""
    return _statement(handle, ProposalsForm())


@bp.post("/statements/<handle:handle>")
@requires(Permission.BANK_RECONCILE)
def agree(handle: str) -> ResponseReturnValue:
    """Confirm what the program proposes of the ticked lines, all or nothing."""
    form = ProposalsForm()
    if form.validate():
        with refused(form), transaction():
            lines = queries.lines_of(queries.statement(handle).id)
            found = services.proposals(lines)
            ticked = set(form.lines.data or [])
            chosen = [
                Choice(line, proposal.meaning, proposal.items)
                for line in lines
                if line.handle in ticked and (proposal := found.get(line.id)) and proposal.meaning
            ]
            said = services.say(chosen, by=signed_in(), on=court_today(), now=clock.now())
            tell(said)
            return redirect(url_for(".statement", handle=handle), 303)
    return _statement(handle, form)


def _statement(handle: str, form: ProposalsForm) -> ResponseReturnValue:
    found = queries.statement(handle)
    lines = queries.lines_of(found.id)
    back = queries.back_of(found.id)
    rows = shown(lines, {} if back else services.proposals(lines))
    page = render_template(
        "fund/reconciliation/statement.html",
        statement=found,
        back=back,
        rows=rows,
        form=form,
        brought_by=names_of([found.brought_by_id]).get(found.brought_by_id, ""),
        offered=[row.line.handle for row in rows if row.is_proposed][:AT_MOST],
    )
    return page, form.status


def tell(said: Said) -> None:
    """Say what came of a confirmation."""
    if said.is_posted:
        flash_done(_("Matched and posted."))
    else:
        flash_note(_("A second person has to approve it. It is posted then, all at once."))
