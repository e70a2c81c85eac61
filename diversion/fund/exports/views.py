"""Let the ledger out as files, each with its reason and its row in the log."""

from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.fund.exports import services
from diversion.fund.exports.asked import queries as asked_files
from diversion.fund.exports.asked import rows
from diversion.fund.exports.asked.services import ask
from diversion.fund.exports.forms import ExportForm, export_form
from diversion.fund.exports.services import AsOf
from diversion.fund.leaving import queries
from diversion.fund.leaving.models import KIND_WORDS, PURPOSE_WORDS, Purpose
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today, court_zone
from diversion.web.downloads import send
from diversion.web.forms import refused
from diversion.web.paging import page_of

SHOWN = 20
bp = Blueprint("exports", __name__, url_prefix="/exports")


@bp.get("")
@requires(Permission.LEDGER_EXPORT)
def start() -> ResponseReturnValue:
    return _page(export_form(court_today()))


@bp.post("")
@requires(Permission.LEDGER_EXPORT)
@fresh_factor
def make() -> ResponseReturnValue:
    form = export_form(court_today())
    if form.validate():
        with refused(form), TemporaryDirectory() as folder:
            services.allow(signed_in(), now=clock.now())
            wanted = services.as_of(form.file(), *form.days(court_today()))
            if services.is_long(wanted, current_app.config["EXPORT_AT_ONCE"]):
                return _ask(wanted, form.why())
            built = services.make(wanted, zone=ZoneInfo(court_zone()), folder=Path(folder))
            with transaction():
                services.log(built, form.why(), by=signed_in(), now=clock.now())
            return send(built.path, built.name)
    return _page(form)


def _ask(wanted: AsOf, why: Purpose) -> ResponseReturnValue:
    """Let a job make the file, and show how far it is."""
    with transaction():
        file = ask(wanted, why, by=signed_in(), now=clock.now())
        return redirect(url_for("fund.asked.show", file=file.handle), 303)


def _page(form: ExportForm) -> ResponseReturnValue:
    asked = db.session.execute(asked_files.files(clock.now()).limit(SHOWN)).all()
    page = render_template(
        "fund/exports/start.html",
        form=form,
        page=page_of(queries.runs()),
        kinds=KIND_WORDS,
        purposes=PURPOSE_WORDS,
        whole_from=services.WHOLE_FROM,
        asked=[(file, rows.kind(file), rows.days(file), rows.state(file)) for file in asked],
        at_once=current_app.config["EXPORT_AT_ONCE"],
    )
    return page, form.status
