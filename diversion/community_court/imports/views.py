"""Import the Community Court list: upload, check, import, and undo."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.community_court.imports import services
from diversion.community_court.imports.forms import UploadForm
from diversion.community_court.imports.reading import Reading
from diversion.core import clock, once
from diversion.core.database import reading, transaction
from diversion.core.words import Sentence, _
from diversion.enrollments.imports import queries as runs
from diversion.enrollments.imports.lines import Fate
from diversion.participants.uploads import drop, keep, open_upload
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today, court_zone
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import refused
from diversion.web.uploads import taken

bp = Blueprint("imports", __name__)


@bp.route("/imports", methods=["GET", "POST"])
@requires(Permission.COURT_IMPORT)
def start() -> ResponseReturnValue:
    """Take a file, look whether it can be read, and keep it sealed for a day."""
    form = UploadForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            content = taken(request.files.get("file"))
            services.preview(content, today=court_today())
            handle = keep(content, by=signed_in(), now=clock.now())
            return redirect(url_for("community_court.imports.check", upload=handle), 303)
    found = runs.runs(services.TRACK)
    return render_template("community_court/imports/start.html", form=form, runs=found), form.status


@bp.get("/imports/<handle:upload>/check")
@requires(Permission.COURT_IMPORT)
def check(upload: str) -> ResponseReturnValue:
    """Show row by row what would happen; nothing is saved yet."""
    with reading():
        content = open_upload(upload, by=signed_in())
        found = services.preview(content, today=court_today())
    show = request.args.get("show", "")
    fate = Fate(show) if show in set(Fate) else None
    return render_template(
        "community_court/imports/check.html", reading=found, upload=upload, fates=Fate,
        lines=[line for line in found.lines if fate is None or line.fate is fate],
        chips=_chips(found, upload, fate),
    )  # fmt: skip


@bp.post("/imports/<handle:upload>")
@requires(Permission.COURT_IMPORT)
def bring_in(upload: str) -> ResponseReturnValue:
    """Import the rows that can be read, in one act; pressed twice it is one import."""
    with transaction():
        earlier = once.claim(upload, once.request_hash("court list", {"by": signed_in().id}))
        if earlier is not None:
            return redirect(url_for("community_court.imports.show", run=earlier), 303)
        content = open_upload(upload, by=signed_in())
        run, is_new = services.bring_in(
            content, zone=court_zone(), by=signed_in(), on=court_today(), now=clock.now()
        )
        drop(upload, by=signed_in())
        once.settle(upload, run.handle)
        if is_new:
            flash_done(_("The list is imported."))
        else:
            flash_note(_("This file was imported before. Nothing was changed."))
        return redirect(url_for("community_court.imports.show", run=run.handle), 303)


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
