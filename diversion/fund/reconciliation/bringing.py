"""Take the treasurer's file: look at it first, then keep it."""

from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock, once
from diversion.core.database import reading, transaction
from diversion.core.errors import Invalid
from diversion.core.words import _
from diversion.fund.reconciliation import keeping, ofx, tables
from diversion.fund.reconciliation.forms import FileForm
from diversion.fund.reconciliation.statement import Statement
from diversion.participants import uploads
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_note
from diversion.web.forms import Form, refused
from diversion.web.uploads import taken

bp = Blueprint("bank_files", __name__, url_prefix="/bank")


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
        return redirect(url_for("fund.bank.statement", handle=made), 303)
    form = FileForm()
    try:
        found = read(content, court_today())
    except Invalid as no:
        form.refuse(no)
        return render_template("fund/reconciliation/new.html", form=form), form.status
    return render_template(
        "fund/reconciliation/check.html", found=found, fresh=keeping.fresh_lines(found),
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
        return redirect(url_for("fund.bank.statement", handle=made), 303)
    found = read(content, court_today())
    with refused(form), transaction():
        kept, is_new = keeping.bring(found, by=by, now=clock.now())
        if once.claim(upload, _asked_for()) is None:
            uploads.drop(upload, by=by)
            once.settle(upload, kept.handle)
        if not is_new:
            flash_note(_("This file is here already. Nothing was changed."))
        return redirect(url_for("fund.bank.statement", handle=kept.handle), 303)
    return render_template("fund/reconciliation/new.html", form=form), form.status


def read(content: bytes, today: date) -> Statement:
    """Return a statement of either kind. Raises NotAStatement, DoesNotFollow, Unreadable."""
    read_as = ofx.read if ofx.is_ofx(content) else tables.read
    return read_as(content, today=today)


def _asked_for() -> str:
    return once.request_hash("statement", {"by": signed_in().id})
