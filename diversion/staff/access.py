"""Stand at the door of every page: closed by default.

A view says who may enter with one of the decorators here; the guard asks before
any view runs. What a person may not open looks the same as what does not exist.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar

from flask import current_app, g, request, session
from flask_login import UserMixin, current_user, login_user, logout_user

from diversion.core import clock
from diversion.core.errors import NotYours
from diversion.staff import sessions
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.staff.sessions import Limits, SignInSession

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Rule:
    """Who may enter a view: everyone, whoever is signed in, or a holder of one permission."""

    permissions: frozenset[Permission] = frozenset()
    is_public: bool = False
    is_half_way: bool = False
    needs_fresh_factor: bool = False
    is_under_lock: bool = False

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


def under_lock(view: View) -> View:
    """Let the guard ask inside the transaction of a view that opens one in any case.

    The sign-in is then read once, and not before the transaction and in it again.
    """
    vars(view)["is_under_lock"] = True
    return view


def rule_of(view: Callable[..., Any]) -> Rule | None:
    """Return who may enter `view`; None if nobody said, which closes it."""
    rule: Rule | None = getattr(view, "access_rule", None)
    is_fresh = getattr(view, "needs_fresh_factor", False)
    is_locked = getattr(view, "is_under_lock", False)
    return replace(rule, needs_fresh_factor=is_fresh, is_under_lock=is_locked) if rule else None


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


def known_row() -> SignInSession | None:
    """Return the row that the guard found; a failure's page asks nothing of the database."""
    user = g.get("_login_user")
    return user.row if isinstance(user, _User) else None


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


def load(token: str) -> _User | None:
    """Return what Flask-Login carries for a cookie's token; None once the session ended."""
    row = sessions.live(token, limits=limits(), now=clock.now())
    return _User(row, token) if row else None


def is_polling() -> bool:
    """Say whether the page asks by itself, which is no sign of a person."""
    return request.headers.get("X-Diversion-Poll") == "1"
