"""Import the Community Court list: upload, check, import, and undo."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.community_court.imports import services
from diversion.community_court.imports.forms import UploadForm
from diversion.community_court.imports.reading import Reading
from diversion.core import clock, once
from diversion.core.database import reading, transaction
from diversion.core.words import Sentence, _
from diversion.core.workbooks.mending import workbook_to_mend
from diversion.core.workbooks.reading import Sheet
from diversion.enrollments.imports import queries as runs
from diversion.enrollments.imports.lines import Fate
from diversion.participants.uploads import drop, keep, open_upload
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today, court_zone
from diversion.web.downloads import send
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import Form, refused
from diversion.web.uploads import taken

bp = Blueprint("imports", __name__)


@bp.route("/imports", methods=["GET", "POST"])
@requires(Permission.COURT_IMPORT)
def start() -> ResponseReturnValue:
    """Take a file, look whether it can be read, and keep it sealed for a day."""
    form = UploadForm()
    if form.validate_on_submit():
        with refused(form):
            content = taken(request.files.get("file"))
            services.read_sheets(content, today=court_today())
            with transaction():
                handle = keep(content, by=signed_in(), now=clock.now())
                return redirect(url_for("community_court.imports.check", upload=handle), 303)
    found = runs.runs(services.TRACK)
    return render_template("community_court/imports/start.html", form=form, runs=found), form.status


@bp.get("/imports/<handle:upload>/check")
@requires(Permission.COURT_IMPORT)
def check(upload: str) -> ResponseReturnValue:
    """Show row by row what would happen; a list that was imported shows its import."""
    made = once.result_of(upload, _asked_for())
    if made:
        flash_note(_("That file was imported. This is what became of it."))
        return redirect(url_for("community_court.imports.show", run=made), 303)
    _content, _sheets, found = _checked(upload)
    show = request.args.get("show", "")
    fate = Fate(show) if show in set(Fate) else None
    return render_template(
        "community_court/imports/check.html", reading=found, upload=upload, fates=Fate,
        lines=[line for line in found.lines if fate is None or line.fate is fate],
        chips=_chips(found, upload, fate), refused=found.counted(Fate.REFUSED),
        new=found.counted(Fate.CREATE),
    )  # fmt: skip


@bp.get("/imports/<handle:upload>/refused.xlsx")
@requires(Permission.COURT_IMPORT)
def refused_rows(upload: str) -> ResponseReturnValue:
    """Send the refused rows with their reasons."""
    _content, sheets, found = _checked(upload)
    return send(
        workbook_to_mend(sheets, found.reasons()), f"{court_today().isoformat()}_rows-to-mend.xlsx"
    )


@bp.post("/imports/<handle:upload>")
@requires(Permission.COURT_IMPORT)
def bring_in(upload: str) -> ResponseReturnValue:
    """Import the rows that can be read, in one act; pressed twice it is one import."""
    form, asked_for = Form(), _asked_for()
    with reading():
        earlier = once.result_of(upload, asked_for)
        content = b"" if earlier else open_upload(upload, by=signed_in())
    if earlier:
        return redirect(url_for("community_court.imports.show", run=earlier), 303)
    sheets = services.read_sheets(content, today=court_today())
    with refused(form), transaction():
        run = _brought_in(upload, asked_for, content, sheets)
        return redirect(url_for("community_court.imports.show", run=run), 303)
    flash_note(form.complaints[0][1])
    return redirect(url_for("community_court.imports.check", upload=upload), 303)


@bp.get("/imports/<handle:run>")
@requires(Permission.COURT_IMPORT)
def show(run: str) -> ResponseReturnValue:
    """Show what an import did."""
    found = runs.run_for(run, services.TRACK)
    return render_template("community_court/imports/show.html", run=found)


@bp.post("/imports/<handle:run>/undo")
@requires(Permission.COURT_IMPORT)
def undo(run: str) -> ResponseReturnValue:
    """Take an import back while nothing rests on it."""
    with transaction():
        found = runs.run_for(run, services.TRACK)
        services.undo(found, by=signed_in(), on=court_today(), now=clock.now())
        flash_done(_("The import is undone. Docket days that it made stay."))
        return redirect(url_for("community_court.imports.show", run=run), 303)


def _asked_for() -> str:
    """Return what binds an upload to its import: only who brought it is led there."""
    return once.request_hash("court list", {"by": signed_in().id})


def _checked(upload: str) -> tuple[bytes, tuple[Sheet, ...], Reading]:
    """Return a waiting file and what it would do; it is read while nothing is locked."""
    with reading():
        content = open_upload(upload, by=signed_in())
    sheets = services.read_sheets(content, today=court_today())
    with transaction():
        found = services.check(content, sheets, by=signed_in(), today=court_today())
    return content, sheets, found


def _brought_in(upload: str, asked_for: str, content: bytes, sheets: tuple[Sheet, ...]) -> str:
    """Return the handle of the run. A second press that waited finds the first one's."""
    earlier = once.claim(upload, asked_for)
    if earlier is not None:
        return earlier
    run, is_new = services.bring_in(
        content, sheets, zone=court_zone(), by=signed_in(), on=court_today(), now=clock.now()
    )
    drop(upload, by=signed_in())
    once.settle(upload, run.handle)
    if is_new:
        flash_done(_("The list is imported."))
    else:
        flash_note(_("This file was imported before. Nothing was changed."))
    return run.handle


def _chips(found: Reading, upload: str, chosen: Fate | None) -> list[dict[str, object]]:
    offered: list[tuple[Fate | None, Sentence, int]] = [(None, _("All"), len(found.lines))]
    labels = {
        Fate.CREATE: _("Create"), Fate.REPEATS: _("Repeats"), Fate.UNCHANGED: _("Unchanged"),
        Fate.REFUSED: _("Refused"), Fate.TOTAL: _("Sums"),
    }  # fmt: skip
    offered += [(fate, label, found.counted(fate)) for fate, label in labels.items()]
    return [
        {"label": label, "count": count, "current": fate is chosen,
         "href": url_for("community_court.imports.check", upload=upload,
                         show=fate.value if fate else None)}
        for fate, label, count in offered
    ]  # fmt: skip
