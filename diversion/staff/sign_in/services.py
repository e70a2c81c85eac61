"""Let people in: count tries, prove the second factor, hand out one-time links.

A try that failed must be remembered, so nothing here raises for it: what raises
inside a transaction would roll back its own row in the log.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.staff import sessions
from diversion.staff.models import Staff, StaffStatus
from diversion.staff.sessions import Ended, SignInSession, Stage
from diversion.staff.sign_in import totp
from diversion.staff.sign_in.models import LIFE, FailedTry, LinkKind, OneTimeLink

TRIES = 5
TRIES_OF_ADDRESS = 40
WITHIN = timedelta(minutes=15)


class LinkSpent(Refused):
    """A one-time link works once, for its time, and only the newest."""

    sentence = _("This link was used, is too old, or a newer one was made. Ask for a new one.")


@dataclass(frozen=True)
class Place:
    """From where somebody signs in: the network address and the kind of browser."""

    address: str = ""
    browser: str = ""


def found(email: str) -> Staff | None:
    """Return the account of `email`, whatever its status."""
    return db.session.scalars(select(Staff).where(Staff.email == _plain(email))).one_or_none()


def too_many_from(address: str, *, now: datetime) -> bool:
    """Say whether so many tries of any account failed from one address that it must wait."""
    query = select(func.count()).where(FailedTry.address == address, FailedTry.at > now - WITHIN)
    return (db.session.scalar(query) or 0) >= TRIES_OF_ADDRESS


def try_password(email: str, *, matched: bool, place: Place, now: datetime) -> str | None:
    """Count the try; return the token of a half-way session if the person may go on.

    The caller has compared the password already, outside the transaction.
    """
    staff = found(email)
    if staff is None or not matched or not _may_enter(staff):
        _count_failure(email, staff, place, now=now)
        return None
    return sessions.open_session(
        staff, stage=Stage.PASSWORD, now=now, address=place.address, browser=place.browser
    )


def keep_new_hash(email: str, password_hash: str) -> None:
    """Keep the same password under today's parameters."""
    if (staff := found(email)) is not None:
        staff.password_hash = password_hash
        record(Act.PASSWORD_REHASHED, f"staff:{staff.handle}", by=staff)


def try_code(row: SignInSession, code: str, *, place: Place, now: datetime) -> str | None:
    """Count the try; return the session's new token if the code is right and fresh."""
    staff = row.staff
    if not _may_enter(staff) or not totp.accept(staff, code, now=now):
        _count_failure(staff.email, staff, place, now=now)
        return None
    token = sessions.raise_stage(row, now=now)
    if token is not None:
        _note_entry(staff, now=now)
    return token


def try_unlock(row: SignInSession, matched: bool, *, place: Place, now: datetime) -> str | None:
    """Count the try; return the session's new token if the password was right."""
    if not matched or not _may_enter(row.staff):
        _count_failure(row.staff.email, row.staff, place, now=now)
        if row.staff.locked_at is not None:
            sessions.end(row, Ended.ACCOUNT_CHANGED, now=now)
        return None
    return sessions.unlock(row, now=now)


def set_factor(row: SignInSession, seed: str, code: str, *, now: datetime) -> str | None:
    """Keep the seed whose first code was shown; return the session's new token."""
    staff = row.staff
    step = totp.step_of(seed, code, now=now)
    if step is None:
        return None
    staff.totp_seed = totp.sealed(seed, table="staff", row=staff.id)
    staff.totp_step = step
    db.session.flush()
    sessions.end_all(staff.id, Ended.ACCOUNT_CHANGED, now=now, but=row)
    record(Act.FACTOR_SET, f"staff:{staff.handle}", by=staff)
    token = sessions.raise_stage(row, now=now)
    if token is not None:
        _note_entry(staff, now=now)
    return token


def sign_out(row: SignInSession, *, now: datetime) -> None:
    sessions.end(row, Ended.SIGNED_OUT, now=now)
    record(Act.SIGNED_OUT, f"staff:{row.staff.handle}", by=row.staff)


def release(staff: Staff, *, by: Staff | None) -> None:
    """Let a locked account try again."""
    staff.locked_at = None
    _forget_failures(staff.email)
    record(Act.ACCOUNT_RELEASED, f"staff:{staff.handle}", by=by)


def make_link(staff: Staff, kind: LinkKind, *, by: Staff | None, now: datetime) -> str:
    """Return the token of a new one-time link; every older one of this person is dead."""
    _end_links(staff.id, now=now)
    token = secrets.token_urlsafe(32)
    db.session.add(
        OneTimeLink(
            staff_id=staff.id, kind=kind, token_hash=sessions.hashed(token), made_at=now,
            made_by_id=by.id if by else None, expires_at=now + LIFE[kind],
        )
    )  # fmt: skip
    db.session.flush()
    record(Act.LINK_MADE, f"staff:{staff.handle}", by=by, kind=kind)
    return token


def link_of(token: str, *, now: datetime) -> OneTimeLink:
    """Return the living link of `token`. Raises LinkSpent."""
    link = db.session.scalars(
        select(OneTimeLink).where(
            OneTimeLink.token_hash == sessions.hashed(token),
            OneTimeLink.ended_at.is_(None),
            OneTimeLink.expires_at > now,
        )
    ).one_or_none()
    if link is None or link.staff.status is StaffStatus.DISABLED:
        raise LinkSpent
    return link


def use_link(token: str, password_hash: str, *, place: Place, now: datetime) -> str:
    """Set the password with a one-time link and return the token of a half-way session.

    The second factor is still asked for, or set up if there is none yet. Raises LinkSpent.
    """
    staff = link_of(token, now=now).staff
    _end_links(staff.id, now=now)
    staff.status = StaffStatus.ACTIVE
    set_password(staff, password_hash, but=None, now=now)
    return sessions.open_session(
        staff, stage=Stage.PASSWORD, now=now, address=place.address, browser=place.browser
    )


def set_password(
    staff: Staff, password_hash: str, *, but: SignInSession | None, now: datetime
) -> None:
    """Keep a new password and end the person's other sessions."""
    staff.password_hash = password_hash
    db.session.flush()
    sessions.end_all(staff.id, Ended.ACCOUNT_CHANGED, now=now, but=but)
    record(Act.PASSWORD_SET, f"staff:{staff.handle}", by=staff)


def clear_old_tries(*, now: datetime) -> None:
    """Delete what is too old to count."""
    db.session.execute(delete(FailedTry).where(FailedTry.at < now - WITHIN))


def _may_enter(staff: Staff) -> bool:
    return staff.status is StaffStatus.ACTIVE and staff.locked_at is None


def _note_entry(staff: Staff, *, now: datetime) -> None:
    staff.signed_in_at = now
    _forget_failures(staff.email)
    record(Act.SIGNED_IN, f"staff:{staff.handle}", by=staff)


def _count_failure(email: str, staff: Staff | None, place: Place, *, now: datetime) -> None:
    hashed = _email_hash(email)
    db.session.add(FailedTry(email_hash=hashed, address=place.address, at=now))
    db.session.flush()
    objects = [f"staff:{staff.handle}"] if staff else []
    record(Act.SIGN_IN_FAILED, *objects, by=None, outcome="refused")
    query = select(func.count()).where(FailedTry.email_hash == hashed, FailedTry.at > now - WITHIN)
    tries = db.session.scalar(query) or 0
    if staff is not None and tries >= TRIES and staff.locked_at is None:
        staff.locked_at = now
        record(Act.ACCOUNT_LOCKED, f"staff:{staff.handle}", by=None)


def _forget_failures(email: str) -> None:
    db.session.execute(delete(FailedTry).where(FailedTry.email_hash == _email_hash(email)))


def _end_links(staff_id: int, *, now: datetime) -> None:
    living = (OneTimeLink.staff_id == staff_id, OneTimeLink.ended_at.is_(None))
    db.session.execute(update(OneTimeLink).where(*living).values(ended_at=now))


def _plain(email: str) -> str:
    return email.strip().lower()


def _email_hash(email: str) -> str:
    return hashlib.sha256(_plain(email).encode()).hexdigest()
