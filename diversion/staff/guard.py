"""Ask before every view who may enter it; keep who reached for what is not theirs."""

import secrets
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock, origin
from diversion.core.database import begin, let_go, transaction
from diversion.core.errors import NotYours, Unavailable
from diversion.core.origin import Origin
from diversion.core.tracks import is_public_number
from diversion.staff import sessions
from diversion.staff.access import (
    Rule,
    current_row,
    is_polling,
    known_row,
    leave,
    load,
    rule_of,
)
from diversion.staff.permissions import Permission
from diversion.staff.sessions import SignInSession, Stage
from diversion.web import errors


def init_app(app: Flask) -> None:
    """Set the guard before every view of `app`."""
    prefix = "" if app.config["LOOPBACK_ONLY"] else "__Host-"
    app.config["SESSION_COOKIE_NAME"] = f"{prefix}sid"
    app.config["SESSION_COOKIE_SECURE"] = not app.config["LOOPBACK_ONLY"]
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(load)
    app.before_request(_remember_origin)
    app.before_request(_guard)
    app.register_error_handler(NotYours, _refuse)
    app.after_request(_keep_flash)
    app.teardown_request(_forget_origin)
    app.context_processor(_for_templates)


def _remember_origin() -> None:
    """Let whatever this request does be recorded as coming from it."""
    if request.endpoint == "static":
        return
    rule = _rule()
    if rule is not None and rule.is_under_lock and "_user_id" in session:
        begin()  # for whoever was signed in once: a stranger holds nobody up
    row = current_row()
    place = Origin(
        kind="request", name=request.endpoint or "", request_id=secrets.token_hex(8),
        address=request.remote_addr or "", session=row.token_hash if row else "",
    )  # fmt: skip
    g.origin = origin.coming_from(place)
    g.origin.__enter__()
    g.put_flash = _put_flash


def _rule() -> Rule | None:
    """Return who may enter the view that is asked for."""
    return rule_of(current_app.view_functions[request.endpoint]) if request.endpoint else None


def _forget_origin(_error: BaseException | None) -> None:
    if (entered := g.pop("origin", None)) is not None:
        let_go()
        entered.__exit__(None, None, None)


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint == "static":
        return None
    rule = _rule()
    if rule is None:
        raise NotYours
    row = current_row()
    if row is not None and not _refresh(row):
        leave()
    row = current_row()  # again: noting the use may have let the session forget the side
    if rule.is_public:
        return None
    return _admit(rule, row)


def _admit(rule: Rule, row: SignInSession | None) -> ResponseReturnValue | None:
    if row is None:
        return _send_to("staff.sign_in.start")
    if rule.is_half_way:
        return None
    if row.stage is not Stage.FULL:
        return _send_to(
            "staff.leaving.unlock" if row.stage is Stage.LOCKED else "staff.sign_in.code"
        )
    if not rule.admits(row.staff):
        raise NotYours
    if rule.needs_fresh_factor and not row.has_fresh_factor(clock.now()):
        return _send_to("staff.sign_in.again")
    return None


def _refuse(_no: NotYours) -> ResponseReturnValue:
    """Let the log keep who reached for what is not theirs; the answer tells nothing."""
    row = current_row()
    if row is None:
        return errors.page(NotYours.status)
    number = str((request.view_args or {}).get("number", ""))
    asked = [f"participant:{number}"] if is_public_number(number) else []
    try:
        with transaction():
            record(
                Act.ACCESS_REFUSED, *asked, by=row.staff, outcome="refused", page=request.endpoint
            )
    except Unavailable as busy:
        return errors.page(busy.status, busy.sentence)
    return errors.page(NotYours.status)


def _refresh(row: SignInSession) -> bool:
    """Note the use once a minute, and take the message for this page."""
    now = clock.now()
    wants_flash = row.flash is not None and request.method == "GET"
    is_stale = now - row.active_at >= sessions.TOUCH_EVERY and not is_polling()
    if not (wants_flash or is_stale):
        return True
    with transaction():
        if wants_flash:
            g.flash_shown = sessions.take_flash(row)
        return sessions.touch(row, now=now) if is_stale else True


def _send_to(endpoint: str) -> ResponseReturnValue:
    if request.method == "GET":
        wanted = request.full_path if request.query_string else request.path
    else:
        wanted = urlsplit(request.referrer or "/").path or "/"
    address = url_for(endpoint, next=None if wanted == "/" else wanted)
    if request.headers.get("HX-Request"):
        return Response(status=401, headers={"HX-Redirect": address})
    return redirect(address, 303)


def _put_flash(*note: str) -> bool:
    row = known_row()
    return row is not None and sessions.put_flash(row, *note)


def _keep_flash(response: Response) -> Response:
    """Keep the message that was not shown, and none that was."""
    waiting = g.pop("flash_waiting", None)
    row = current_row() if waiting != g.pop("flash_put", None) else None
    if row is not None:
        with transaction():
            sessions.put_flash(row, *waiting) if waiting else sessions.take_flash(row)
    return response


def _for_templates() -> dict[str, Any]:
    row = known_row()
    is_in = row is not None and row.stage is Stage.FULL
    return {"me": row.staff if row and is_in else None, "may": _may}


def _may(permission: str) -> bool:
    row = known_row()
    return row is not None and row.stage is Stage.FULL and row.staff.may(Permission(permission))
