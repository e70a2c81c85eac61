"""Show how far a file is that somebody asked for, and hand it out."""

from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.errors import NotYours
from diversion.fund.exports import services as exports
from diversion.fund.exports.asked import pieces, queries, rows, turns
from diversion.fund.exports.asked.forms import TakeForm, take_form
from diversion.fund.exports.asked.models import AskedFile, FileState
from diversion.fund.exports.services import Built
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.downloads import send
from diversion.web.forms import refused

bp = Blueprint("asked", __name__, url_prefix="/exports")


@bp.get("/<handle:file>")
@requires(Permission.LEDGER_EXPORT)
def show(file: str) -> ResponseReturnValue:
    found = queries.asked(file, clock.now())
    return _page(found, take_form(queries.purpose_of(found, signed_in().id)))


@bp.post("/<handle:file>")
@requires(Permission.LEDGER_EXPORT)
@fresh_factor
def take(file: str) -> ResponseReturnValue:
    """Hand a finished file out as one that was made at once: it is logged first."""
    found = queries.asked(file, clock.now())
    form = take_form(None)
    if form.validate():
        with refused(form), TemporaryDirectory() as folder:
            built = _opened(found, Path(folder))
            with transaction():
                exports.log(built, form.why(), by=signed_in(), now=clock.now())
            return send(built.path, built.name)
    return _page(found, form)


def _opened(file: AskedFile, folder: Path) -> Built:
    if file.state is not FileState.READY:
        raise NotYours
    exports.allow(signed_in(), now=clock.now())
    path = folder / file.name
    pieces.unseal(file, path)
    return exports.built(turns.asked(file), path, file.lines)


def _page(file: AskedFile, form: TakeForm) -> ResponseReturnValue:
    page = render_template(
        "fund/exports/asked/show.html",
        file=file,
        form=form,
        kind=rows.kind(file),
        days=rows.days(file),
        state=rows.state(file),
        said=rows.said(file),
        is_over=file.ended_at is not None,
        is_ready=file.state is FileState.READY,
        kept_until=file.ended_at and file.ended_at + queries.KEPT,
    )
    return page, form.status
