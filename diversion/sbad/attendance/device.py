"""Take what a device brings, mark by mark, and give it the part that works without network."""

from typing import Any, cast

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.sbad.attendance import answers, bearer, forms, services
from diversion.staff.access import public, under_lock
from diversion.web import assets
from diversion.web.calendar import court_today
from diversion.web.forms import csrf

bp = Blueprint("device", __name__)


@bp.post("/<dated:handle>/marks")
@csrf.exempt  # the pass of the roll page is the proof, also when the sign-in has expired
@public
@under_lock
def marks(handle: str) -> ResponseReturnValue:
    """Take operations, answer each, and tell what others marked since; see `bearer`."""
    now, sent = clock.now(), cast(Any, request.get_json(force=True, silent=True))
    with transaction():
        by, session, is_in = bearer.bearer(sent, handle, now)
        made, since = forms.from_device(sent, now)
        found = services.record(session, made, by=by, on=court_today(), now=now)
        news = services.since(session, since, but=found) if is_in else services.News(since)
        told = answers.told(session, [*found, *news.answers], by)
    return jsonify(**told, since=news.latest)


@bp.get("/sw.js")
@public
def worker() -> ResponseReturnValue:
    """Send the service worker, whose place says what it may reach: /roll/ and nothing else."""
    return Response(assets.files()["js/sw.js"], mimetype="text/javascript")
