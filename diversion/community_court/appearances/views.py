"""Run a docket day at the bench: one row a person, saved one by one."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.community_court.appearances import bench, queries, rows, services
from diversion.community_court.appearances.board import board
from diversion.community_court.appearances.forms import OutcomeForm
from diversion.community_court.appearances.words import DONE, PRESENCES, RESULTS, TONES
from diversion.community_court.dockets import queries as dockets
from diversion.community_court.dockets import services as docket_services
from diversion.core import clock
from diversion.core.database import reading, transaction
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.participants.access import visible_to
from diversion.staff.access import requires, signed_in, under_lock
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import Form, refused

bp = Blueprint("appearances", __name__)
TRACK = Track.COMMUNITY_COURT


@bp.get("/dockets/<dated:docket>/bench")
@requires(Permission.DOCKET_READ)
@under_lock
def show(docket: str) -> ResponseReturnValue:
    """Show a docket day, the row of the address open."""
    return _page(docket, request.args.get("at", ""), None)


@bp.post("/settings/<handle:setting>/outcome")
@requires(Permission.APPEARANCE_RECORD)
def record(setting: str) -> ResponseReturnValue:
    """Record one row, and call the next."""
    form = OutcomeForm()
    found = queries.setting_for(setting, visible_to(signed_in(), TRACK))
    docket = found.docket.handle
    if form.validate_on_submit():
        with refused(form), transaction():
            bench.record_once(found, form, by=signed_in(), on=court_today())
            return redirect(_address(docket, anchor=True), 303)
    return _page(docket, setting, form)


@bp.post("/settings/<handle:setting>/undo")
@requires(Permission.APPEARANCE_RECORD)
def undo(setting: str) -> ResponseReturnValue:
    """Take a recording back by a row that says so; the row opens again."""
    found = queries.setting_for(setting, visible_to(signed_in(), TRACK))
    form = Form()
    with refused(form), transaction():
        services.take_back(
            found, seen=request.form.get("seen", ""), by=signed_in(), on=court_today(),
            now=clock.now(),
        )  # fmt: skip
        flash_note(_("The outcome is taken back. Both entries stay on record."))
        return redirect(_address(found.docket.handle, at=setting, anchor=True), 303)
    return _refused(form, _address(found.docket.handle, at=setting, anchor=True))


@bp.post("/settings/<handle:setting>/here")
@requires(Permission.APPEARANCE_RECORD)
def mark_here(setting: str) -> ResponseReturnValue:
    """Tick that someone has arrived, or take the tick away."""
    found = queries.setting_for(setting, visible_to(signed_in(), TRACK))
    with transaction():
        here = request.form.get("here") == "1"
        services.mark_here(found, here=here, by=signed_in(), now=clock.now())
        at = request.form.get("at", "")
        return redirect(_address(found.docket.handle, at=at if at.isalnum() else ""), 303)


@bp.post("/settings/<handle:setting>/off")
@requires(Permission.DOCKET_MANAGE)
def take_off(setting: str) -> ResponseReturnValue:
    """Take someone off a docket day; the row stays on record."""
    found = queries.setting_for(setting, visible_to(signed_in(), TRACK))
    form = Form()
    with refused(form), transaction():
        services.vacate(found, why="taken_off", by=signed_in(), now=clock.now())
        flash_done(_("Taken off the docket. The person has no date from it now."))
        return redirect(_address(found.docket.handle), 303)
    return _refused(form, _address(found.docket.handle))


@bp.post("/dockets/<dated:docket>/end")
@requires(Permission.DOCKET_MANAGE)
def end(docket: str) -> ResponseReturnValue:
    """Close a docket day once every line has a result."""
    form = Form()
    with refused(form), transaction():
        found = dockets.docket(docket)
        open_lines = queries.open_lines(found.id)
        docket_services.end(found, open_lines=open_lines, by=signed_in(), now=clock.now())
        flash_done(_("The docket has ended. Corrections stay possible, with both entries kept."))
        return redirect(_address(docket), 303)
    return _refused(form, _address(docket))


def _refused(form: Form, address: str) -> ResponseReturnValue:
    """Go back to where the button was, and say there why nothing was done."""
    flash_note(form.complaints[0][1])
    return redirect(address, 303)


def _page(handle: str, at: str, form: OutcomeForm | None) -> ResponseReturnValue:
    show = request.args.get("show", "")
    with reading():
        docket = dockets.docket(handle)
        shown = board(docket, at, by=signed_in(), today=court_today())
    if shown.now is not None:
        form = bench.ready(form or OutcomeForm(formdata=None), shown)
    lines = rows.shown(shown, bench.filtered(shown, show), by=signed_in())
    page = render_template(
        "community_court/appearances/show.html", board=shown, form=form, docket=docket,
        chips=bench.chips(shown, show), today=court_today(),
        rows=lines, plain=rows.patterns(lines),
        results=RESULTS, tones=TONES, done=DONE, presences=PRESENCES,
    )  # fmt: skip
    return page, form.status if form else 200


def _address(docket: str, *, at: str = "", anchor: bool = False) -> str:
    return url_for(
        "community_court.appearances.show", docket=docket, at=at or None,
        _anchor="now" if anchor else None,
    )  # fmt: skip
