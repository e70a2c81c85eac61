"""Keep sign-in sessions as rows: opaque to the browser, revocable at once.

Whatever changes a row here does it where `revoked_at` is still empty, so that a
session that was ended in the middle of a request is never brought back.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import (
    CursorResult,
    ForeignKey,
    Index,
    LargeBinary,
    Select,
    String,
    Text,
    bindparam,
    inspect,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import set_committed_value

from diversion.core.database import Base, db
from diversion.core.handles import new_handle
from diversion.core.tracks import Track
from diversion.staff.models import RoleGrant, Staff, StaffStatus

TOUCH_EVERY = timedelta(minutes=1)
FACTOR_IS_FRESH = timedelta(minutes=5)
CODE_WITHIN = timedelta(minutes=10)


class Stage(StrEnum):
    """How far a sign-in has come."""

    FULL = "full"
    LOCKED = "locked"
    PASSWORD = "password"  # noqa: S105 (the name of a step)


class Ended(StrEnum):
    """Why a session ended before its time."""

    ACCOUNT_CHANGED = "account_changed"
    BY_ADMINISTRATOR = "by_administrator"
    FORGOTTEN = "forgotten"  # its browser is to forget what it holds, too
    REPLACED = "replaced"
    SIGNED_OUT = "signed_out"


class SignInSession(Base):
    """One browser of one person, from the password to the sign-out."""

    __tablename__ = "sign_in_session"
    __table_args__ = (Index("ix_sign_in_session_staff_id", "staff_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    stage: Mapped[Stage]
    started_at: Mapped[datetime]
    active_at: Mapped[datetime]
    factor_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_why: Mapped[Ended | None]
    address: Mapped[str] = mapped_column(String(64), default="")
    browser: Mapped[str] = mapped_column(String(60), default="")
    active_track: Mapped[Track | None]
    flash: Mapped[str | None] = mapped_column(Text)
    # A seed that is shown but not yet proven by its first code.
    totp_seed: Mapped[bytes | None] = mapped_column(LargeBinary)

    staff: Mapped[Staff] = relationship()

    def has_fresh_factor(self, now: datetime) -> bool:
        return self.factor_at is not None and now - self.factor_at <= FACTOR_IS_FRESH


@dataclass(frozen=True)
class Limits:
    """How long a session lives without use, and at all."""

    idle: timedelta
    absolute: timedelta


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(
    staff: Staff, *, stage: Stage, now: datetime, address: str = "", browser: str = ""
) -> str:
    """Begin a session and return its token, which only the browser keeps."""
    token = secrets.token_urlsafe(32)
    row = SignInSession(
        token_hash=hashed(token), staff_id=staff.id, stage=stage, started_at=now, active_at=now,
        factor_at=now if stage is Stage.FULL else None, address=address, browser=browser[:60],
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return token


_Whole = Select[SignInSession, Staff, RoleGrant]
_WHOLE: _Whole = (
    select(SignInSession, Staff, RoleGrant)
    .join(Staff, Staff.id == SignInSession.staff_id)
    .outerjoin(RoleGrant, RoleGrant.staff_id == Staff.id)
    .order_by(RoleGrant.id)
)
_LIVE = _WHOLE.where(
    SignInSession.token_hash == bindparam("hashed"), SignInSession.revoked_at.is_(None)
)
_AGAIN = _WHOLE.where(SignInSession.id == bindparam("id"))
_OF_HANDLE = _WHOLE.where(SignInSession.handle == bindparam("handle"))


def _read(query: _Whole, values: dict[str, object]) -> SignInSession | None:
    """Read a session, its person and the roles; to load them as relations takes twice as long."""
    found = db.session.execute(query, values).all()
    if not found:
        return None
    row, staff, _grant = found[0]
    set_committed_value(row, "staff", staff)
    set_committed_value(staff, "grants", [each[2] for each in found if each[2] is not None])
    return row


def read_again(row: SignInSession) -> None:
    """Read a session, its person and the roles anew, if a transaction has let them be forgotten."""
    state = inspect(row)
    if state.expired and state.identity:
        _read(_AGAIN, {"id": state.identity[0]})


def live(token: str, *, limits: Limits, now: datetime) -> SignInSession | None:
    """Return the session of `token` if it is neither ended, idle nor too old."""
    row = _read(_LIVE, {"hashed": hashed(token)})
    if row is None or row.staff.status is not StaffStatus.ACTIVE:
        return None
    absolute = CODE_WITHIN if row.stage is Stage.PASSWORD else limits.absolute
    if now - row.active_at > limits.idle or now - row.started_at > absolute:
        return None
    # A clock set back must not lengthen a session's life.
    if row.active_at - now > TOUCH_EVERY:
        return None
    row.staff.active_track = row.active_track
    return row


def touch(row: SignInSession, *, now: datetime) -> bool:
    """Note that the session is in use; say whether it still lives."""
    return _change(row, active_at=now)


def raise_stage(row: SignInSession, *, now: datetime) -> str | None:
    """Note a proven second factor and return the new token; None if the session has ended."""
    token = secrets.token_urlsafe(32)
    done = _change(
        row, token_hash=hashed(token), stage=Stage.FULL, factor_at=now, active_at=now,
        started_at=now if row.stage is Stage.PASSWORD else row.started_at,
    )  # fmt: skip
    return token if done else None


def lock(row: SignInSession) -> bool:
    """Cover the session: it opens nothing until the password is typed again."""
    return row.stage is Stage.FULL and _change(row, stage=Stage.LOCKED)


def unlock(row: SignInSession, *, now: datetime) -> str | None:
    """Uncover the session and return its new token; None if it has ended."""
    token = secrets.token_urlsafe(32)
    done = _change(row, token_hash=hashed(token), stage=Stage.FULL, active_at=now)
    return token if done else None


def choose_track(row: SignInSession, track: Track) -> bool:
    """Let a deputy work on this side of the wall, and leave the other."""
    if not _change(row, active_track=track):
        return False
    row.staff.active_track = track
    return True


def end(row: SignInSession, why: Ended, *, now: datetime) -> bool:
    return _change(row, revoked_at=now, revoked_why=why, flash=None, totp_seed=None)


def end_all(staff_id: int, why: Ended, *, now: datetime, but: SignInSession | None = None) -> int:
    """End every session of a person, except perhaps the one at hand; return how many."""
    statement = (
        update(SignInSession)
        .where(SignInSession.staff_id == staff_id, SignInSession.revoked_at.is_(None))
        .where(SignInSession.id != (but.id if but else 0))
        .values(revoked_at=now, revoked_why=why, flash=None, totp_seed=None)
    )
    return cast(CursorResult[Any], db.session.execute(statement)).rowcount


def hold_seed(row: SignInSession, sealed: bytes | None) -> bool:
    """Keep a sealed seed until its first code proves it."""
    return _change(row, totp_seed=sealed)


def put_flash(row: SignInSession, *note: str) -> bool:
    """Keep the one message for the next page: tone, sentence, and a link with its words."""
    return _change(row, flash=json.dumps(note))


def take_flash(row: SignInSession) -> tuple[str, ...] | None:
    """Return the message for this page, as it was put, and forget it."""
    kept = row.flash
    if kept is None or not _change(row, flash=None):
        return None
    return tuple(json.loads(kept))


def of_handle(handle: str) -> SignInSession | None:
    """Return the session of `handle`, whoever's it is."""
    return _read(_OF_HANDLE, {"handle": handle})


def _change(row: SignInSession, **values: object) -> bool:
    (number,) = inspect(row).identity or (None,)  # to ask the row itself would read it again
    done = db.session.execute(
        update(SignInSession)
        .where(SignInSession.id == number, SignInSession.revoked_at.is_(None))
        .values(**values)
        .returning(SignInSession.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if done is None:
        return False
    for name, value in values.items():
        set_committed_value(row, name, value)
    return True
