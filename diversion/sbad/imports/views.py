"""Bring a tracking workbook: look at it first, take it over, take it back."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock, once
from diversion.core.database import reading, transaction
from diversion.core.errors import Invalid
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.core.workbooks.mending import workbook_to_mend
from diversion.enrollments.imports import queries as runs
from diversion.enrollments.imports.lines import Fate
from diversion.participants import uploads
from diversion.sbad.imports import services, shown
from diversion.sbad.imports.forms import FileForm
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.downloads import send
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import Form, refused
from diversion.web.paging import asked
from diversion.web.uploads import taken

bp = Blueprint("imports", __name__)


@bp.route("", methods=["GET", "POST"])
@requires(Permission.SBAD_IMPORT)
def start() -> ResponseReturnValue:
    """Take a file; it waits sealed until it is imported, a day at most."""
    form = FileForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            content = taken(form.file.data)
            upload = uploads.keep(content, by=signed_in(), now=clock.now())
            return redirect(url_for(".check", upload=upload), 303)
    return render_template(
        "sbad/imports/start.html", form=form, runs=runs.runs(Track.SBAD)
    ), form.status  # fmt: skip


@bp.get("/files/<handle:upload>")
@requires(Permission.SBAD_IMPORT)
def check(upload: str) -> ResponseReturnValue:
    """Show what an import would do. Nothing of it is done; one that was used shows its import."""
    with reading():
        made = once.result_of(upload, _asked_for())
        content = b"" if made else uploads.open_upload(upload, by=signed_in())
    if made:
        flash_note(_("That file was imported. This is what became of it."))
        return redirect(url_for(".done", run=made), 303)
    try:
        sheets = services.read_sheets(content)
        with transaction():
            found = services.check(content, sheets, by=signed_in(), today=court_today())
    except Invalid as no:
        return render_template("sbad/imports/unreadable.html", sentence=no.sentence), no.status
    fate = _fate()
    return render_template(
        "sbad/imports/check.html", upload=upload, check=found, fate=fate,
        part=shown.part(found, fate, asked("page", 1, 1000)), sheets=sheets,
        words=shown.WORDS, detail=shown.detail, form=Form(), refused=found.reading.of(Fate.REFUSED),
    )  # fmt: skip


@bp.get("/files/<handle:upload>/refused.xlsx")
@requires(Permission.SBAD_IMPORT)
def refused_rows(upload: str) -> ResponseReturnValue:
    """Send the refused rows with their reasons."""
    with reading():
        content = uploads.open_upload(upload, by=signed_in())
    sheets = services.read_sheets(content)
    with transaction():
        found = services.check(content, sheets, by=signed_in(), today=court_today())
    reasons = found.reading.reasons()
    return send(workbook_to_mend(sheets, reasons), f"{court_today().isoformat()}_rows-to-mend.xlsx")


@bp.post("/files/<handle:upload>")
@requires(Permission.SBAD_IMPORT)
def take_over(upload: str) -> ResponseReturnValue:
    """Import everybody new, all or nothing; pressed twice it is one import."""
    form, by, asked_for = Form(), signed_in(), _asked_for()
    with reading():
        earlier = once.result_of(upload, asked_for)
        content = b"" if earlier else uploads.open_upload(upload, by=by)
    if earlier:
        return redirect(url_for(".done", run=earlier), 303)
    sheets = services.read_sheets(content)
    if form.validate_on_submit():
        with refused(form), transaction():
            run, is_new = services.take_over(
                content, sheets, by=by, today=court_today(), now=clock.now()
            )
            if once.claim(upload, asked_for) is None:
                uploads.drop(upload, by=by)
                once.settle(upload, run.handle)
            _say(is_new)
            return redirect(url_for(".done", run=run.handle), 303)
    flash_note(form.complaints[0][1])
    return redirect(url_for(".check", upload=upload), 303)


@bp.get("/<handle:run>")
@requires(Permission.SBAD_IMPORT)
def done(run: str) -> ResponseReturnValue:
    found = runs.run_for(run, Track.SBAD)
    return render_template("sbad/imports/done.html", run=found, form=Form())


@bp.post("/<handle:run>/undo")
@requires(Permission.SBAD_IMPORT)
def undo(run: str) -> ResponseReturnValue:
    """Take an import back while nothing rests on it."""
    form = Form()
    found = runs.run_for(run, Track.SBAD)
    if form.validate_on_submit():
        with refused(form), transaction():
            found = runs.run_for(run, Track.SBAD)
            services.undo(found, by=signed_in(), today=court_today(), now=clock.now())
            flash_done(_("The import was undone. Fees and payments were reversed."))
            return redirect(url_for(".done", run=run), 303)
    return render_template("sbad/imports/done.html", run=found, form=form), form.status


def _fate() -> Fate | None:
    wanted = request.args.get("show", "")
    return next((each for each in Fate if each.value == wanted), None)


def _asked_for() -> str:
    """Return what binds an upload to its import: only who brought it is led there."""
    return once.request_hash("workbook", {"by": signed_in().id})


def _say(is_new: bool) -> None:
    if is_new:
        flash_done(_("Imported. You can undo this while nothing was built on it."))
    else:
        flash_note(_("This file was imported before. Nothing was changed."))
