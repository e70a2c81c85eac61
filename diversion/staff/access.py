"""Stand at the door of every page: closed by default.

A view says who may enter with one of the decorators here; the guard asks before
any view runs. What a person may not open looks the same as what does not exist.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock, origin
from diversion.core.database import transaction
from diversion.core.errors import NotYours, Unavailable
from diversion.core.origin import Origin
from diversion.core.tracks import is_public_number
from diversion.staff import sessions
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.staff.sessions import Limits, SignInSession, Stage
from diversion.web import errors

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Rule:
    """Who may enter a view: everyone, whoever is signed in, or a holder of one permission."""

    permissions: frozenset[Permission] = frozenset()
    is_public: bool = False
    is_half_way: bool = False
    needs_fresh_factor: bool = False

    def admits(self, staff: Staff | None) -> bool:
        """Say whether `staff`, signed in with both factors, may enter; None is a stranger."""
        if self.is_public:
            return True
        if staff is None:
            return False
        return not self.permissions or any(staff.may(p) for p in self.permissions)


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Open a view to those who hold any one of `permissions`."""
    if not permissions:
        raise ValueError("name at least one permission")
    return lambda view: _ruled(view, permissions=frozenset(permissions))


def public(view: View) -> View:
    """Open a view to everyone."""
    return _ruled(view, is_public=True)


def signed_in_only(view: View) -> View:
    """Open a view to everyone who has signed in."""
    return _ruled(view)


def half_way(view: View) -> View:
    """Open a view to those who proved their password but not yet their second factor."""
    return _ruled(view, is_half_way=True)


def fresh_factor(view: View) -> View:
    """Ask for the second factor again if it was proven more than five minutes ago."""
    vars(view)["needs_fresh_factor"] = True
    return view


def rule_of(view: Callable[..., Any]) -> Rule | None:
    """Return who may enter `view`; None if nobody said, which closes it."""
    rule: Rule | None = getattr(view, "access_rule", None)
    is_fresh = getattr(view, "needs_fresh_factor", False)
    return replace(rule, needs_fresh_factor=is_fresh) if rule else None


def _ruled(view: View, **parts: Any) -> View:
    vars(view)["access_rule"] = Rule(**parts)
    return view


class _User(UserMixin):
    """What Flask-Login carries: a session row, known to the browser by its token alone."""

    def __init__(self, row: SignInSession, token: str) -> None:
        self.row = row
        self.token = token

    def get_id(self) -> str:
        return self.token


def signed_in() -> Staff:
    """Return who is signed in. Raises NotYours if nobody is."""
    return sign_in_session().staff


def sign_in_session() -> SignInSession:
    """Return the session row of this request. Raises NotYours if there is none."""
    row = current_row()
    if row is None:
        raise NotYours
    return row


def limits() -> Limits:
    return Limits(
        idle=timedelta(minutes=current_app.config["IDLE_MINUTES"]),
        absolute=timedelta(hours=current_app.config["ABSOLUTE_HOURS"]),
    )


def enter(token: str) -> SignInSession:
    """Let the browser carry `token` from now on; whatever its cookie held is gone."""
    row = sessions.live(token, limits=limits(), now=clock.now())
    if row is None:
        raise NotYours
    session.clear()
    login_user(_User(row, token))
    session.pop("_id", None)  # a hash of a header that anyone can set
    return row


def leave() -> None:
    """Let the browser forget its session."""
    logout_user()
    session.clear()


def init_app(app: Flask) -> None:
    """Set the guard before every view of `app`."""
    prefix = "" if app.config["LOOPBACK_ONLY"] else "__Host-"
    app.config["SESSION_COOKIE_NAME"] = f"{prefix}sid"
    app.config["SESSION_COOKIE_SECURE"] = not app.config["LOOPBACK_ONLY"]
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_load)
    app.before_request(_remember_origin)
    app.before_request(_guard)
    app.register_error_handler(NotYours, _refuse)
    app.after_request(_keep_flash)
    app.teardown_request(_forget_origin)
    app.context_processor(_for_templates)


def _load(token: str) -> _User | None:
    row = sessions.live(token, limits=limits(), now=clock.now())
    return _User(row, token) if row else None


def current_row() -> SignInSession | None:
    """Return the session row of this request, half-way ones too."""
    if not current_user.is_authenticated:
        return None
    row: SignInSession = current_user.row
    sessions.read_again(row)
    # A transaction lets the session forget its objects, and a staff row that is loaded
    # anew does not know the side of this sign-in session.
    row.staff.active_track = row.active_track
    return row


def _remember_origin() -> None:
    """Let whatever this request does be recorded as coming from it."""
    if request.endpoint == "static":
        return
    row = current_row()
    place = Origin(
        kind="request", name=request.endpoint or "", request_id=secrets.token_hex(8),
        address=request.remote_addr or "", session=row.token_hash if row else "",
    )  # fmt: skip
    g.origin = origin.coming_from(place)
    g.origin.__enter__()


def _forget_origin(_error: BaseException | None) -> None:
    if (entered := g.pop("origin", None)) is not None:
        entered.__exit__(None, None, None)


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint == "static":
        return None
    rule = rule_of(current_app.view_functions[request.endpoint])
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


def is_polling() -> bool:
    """Say whether the page asks by itself, which is no sign of a person."""
    return request.headers.get("X-Diversion-Poll") == "1"


def _send_to(endpoint: str) -> ResponseReturnValue:
    if request.method == "GET":
        wanted = request.full_path if request.query_string else request.path
    else:
        wanted = urlsplit(request.referrer or "/").path or "/"
    address = url_for(endpoint, next=None if wanted == "/" else wanted)
    if request.headers.get("HX-Request"):
        return Response(status=401, headers={"HX-Redirect": address})
    return redirect(address, 303)


def _keep_flash(response: Response) -> Response:
    waiting = g.pop("flash_waiting", None)
    row = current_row() if waiting else None
    if row is not None:
        with transaction():
            sessions.put_flash(row, *waiting)
    return response


def _for_templates() -> dict[str, Any]:
    row = _known_row()
    is_in = row is not None and row.stage is Stage.FULL
    return {"me": row.staff if row and is_in else None, "may": _may}


def _known_row() -> SignInSession | None:
    """Return the row that the guard found; a failure's page asks nothing of the database."""
    user = g.get("_login_user")
    return user.row if isinstance(user, _User) else None


def _may(permission: str) -> bool:
    row = _known_row()
    return row is not None and row.stage is Stage.FULL and row.staff.may(Permission(permission))
