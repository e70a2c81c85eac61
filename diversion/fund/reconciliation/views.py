"""Show what the bank says beside the books, and let people say what its lines are."""

from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock, once
from diversion.core.database import reading, transaction
from diversion.core.errors import Invalid
from diversion.core.words import _
from diversion.fund.reconciliation import figures, ofx, queries, services, tables
from diversion.fund.reconciliation.breaks import breaks, owners
from diversion.fund.reconciliation.forms import FileForm, ProposalsForm
from diversion.fund.reconciliation.rows import link_of, shown
from diversion.fund.reconciliation.services import Choice, Said
from diversion.fund.reconciliation.statement import Statement
from diversion.participants import uploads
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import Form, refused
from diversion.web.uploads import taken

bp = Blueprint("bank", __name__, url_prefix="/bank")


@bp.get("")
@requires(Permission.LEDGER_READ)
def start() -> ResponseReturnValue:
    """Show the one number, then each difference in a sentence."""
    today = court_today()
    found = figures.figures()
    rows = breaks(found, today)
    return render_template(
        "fund/reconciliation/start.html",
        figures=found,
        ages=found.by_age(today) if found else (),
        breaks=[(row, link_of(row)) for row in rows],
        owners=owners(rows),
        statements=queries.statements(),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.BANK_RECONCILE)
def new() -> ResponseReturnValue:
    """Take a file; it waits sealed until it is looked at, a day at most."""
    form = FileForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            upload = uploads.keep(taken(form.file.data), by=signed_in(), now=clock.now())
            return redirect(url_for(".check", upload=upload), 303)
    return render_template("fund/reconciliation/new.html", form=form), form.status


@bp.get("/files/<handle:upload>")
@requires(Permission.BANK_RECONCILE)
def check(upload: str) -> ResponseReturnValue:
    """Show what a file would add; nothing of it is kept yet."""
    with reading():
        made = once.result_of(upload, _asked_for())
        content = b"" if made else uploads.open_upload(upload, by=signed_in())
    if made:
        return redirect(url_for(".statement", handle=made), 303)
    form = FileForm()
    try:
        found = read(content, court_today())
    except Invalid as no:
        form.refuse(no)
        return render_template("fund/reconciliation/new.html", form=form), form.status
    return render_template(
        "fund/reconciliation/check.html", found=found, fresh=services.fresh_lines(found),
        upload=upload, form=Form(),
    )  # fmt: skip


@bp.post("/files/<handle:upload>")
@requires(Permission.BANK_RECONCILE)
def bring(upload: str) -> ResponseReturnValue:
    """Keep a statement; the same file again is the one that is here."""
    form, by = FileForm(), signed_in()
    with reading():
        made = once.result_of(upload, _asked_for())
        content = b"" if made else uploads.open_upload(upload, by=by)
    if made:
        return redirect(url_for(".statement", handle=made), 303)
    found = read(content, court_today())
    with refused(form), transaction():
        kept, is_new = services.bring(found, by=by, now=clock.now())
        if once.claim(upload, _asked_for()) is None:
            uploads.drop(upload, by=by)
            once.settle(upload, kept.handle)
        if not is_new:
            flash_note(_("This file is here already. Nothing was changed."))
        return redirect(url_for(".statement", handle=kept.handle), 303)
    return render_template("fund/reconciliation/new.html", form=form), form.status


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
    proposals = services.proposals(lines)
    rows = shown(lines, proposals)
    page = render_template(
        "fund/reconciliation/statement.html",
        statement=found,
        rows=rows,
        form=form,
        brought_by=names_of([found.brought_by_id]).get(found.brought_by_id, ""),
        proposed=sum(row.state == "open" and row.meaning is not None for row in rows),
    )
    return page, form.status


def read(content: bytes, today: date) -> Statement:
    """Return a statement of either kind. Raises NotAStatement, DoesNotFollow, Unreadable."""
    return ofx.read(content) if ofx.is_ofx(content) else tables.read(content, today=today)


def tell(said: Said) -> None:
    """Say what came of a confirmation."""
    if said.is_posted:
        flash_done(_("Matched and posted."))
    else:
        flash_note(_("A second person has to approve it. It is posted then, all at once."))


def _asked_for() -> str:
    return once.request_hash("statement", {"by": signed_in().id})
