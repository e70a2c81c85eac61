"""Bring the court's own docket list: upload, compare, take over."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.community_court.dockets import queries as dockets
from diversion.community_court.imports.forms import UploadForm
from diversion.community_court.lists import services
from diversion.community_court.lists.rules import Hearing
from diversion.community_court.lists.services import Fate
from diversion.core import clock
from diversion.core.database import reading, transaction
from diversion.core.words import _
from diversion.participants.uploads import drop, keep, open_upload
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused
from diversion.web.uploads import taken

bp = Blueprint("lists", __name__)


@bp.route("/dockets/<dated:docket>/list", methods=["GET", "POST"])
@requires(Permission.DOCKET_MANAGE)
def upload(docket: str) -> ResponseReturnValue:
    """Take the court's file and keep it sealed until it is taken over."""
    found, form = dockets.docket(docket), UploadForm()
    if form.validate_on_submit():
        with refused(form):
            content = taken(request.files.get("file"))
            services.read_list(content, today=court_today())
            with transaction():
                handle = keep(content, by=signed_in(), now=clock.now())
            address = url_for("community_court.lists.check", docket=docket, upload=handle)
            return redirect(address, 303)
    return render_template(
        "community_court/lists/upload.html", form=form, docket=found
    ), form.status


@bp.get("/dockets/<dated:docket>/list/<handle:upload>")
@requires(Permission.DOCKET_MANAGE)
def check(docket: str, upload: str) -> ResponseReturnValue:
    """Show what would change."""
    found = dockets.docket(docket)
    listed = _listed(upload)
    with reading():
        compared = services.compare(found, listed, by=signed_in())
    return render_template(
        "community_court/lists/check.html", docket=found, upload=upload, compared=compared,
        fates=Fate,
    )  # fmt: skip


@bp.post("/dockets/<dated:docket>/list/<handle:upload>")
@requires(Permission.DOCKET_MANAGE)
def take_over(docket: str, upload: str) -> ResponseReturnValue:
    """Put the listed people on the day."""
    listed = _listed(upload)
    with transaction():
        found = dockets.docket(docket)
        services.take_over(found, listed, by=signed_in(), now=clock.now())
        drop(upload, by=signed_in())
        flash_done(_("The docket day follows the court's list now."))
        return redirect(url_for("community_court.appearances.show", docket=docket), 303)


def _listed(upload: str) -> list[Hearing]:
    """Return what a waiting file says; it is read while nothing is locked."""
    with reading():
        content = open_upload(upload, by=signed_in())
    return services.read_list(content, today=court_today())
