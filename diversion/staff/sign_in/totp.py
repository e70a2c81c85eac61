"""Check codes of authenticator apps, each of which counts once.

Source: RFC 6238 (30-second steps, six digits); one step to either side is accepted.
"""

import io
from datetime import datetime

import pyotp
import segno
from sqlalchemy import update

from diversion.core import keys
from diversion.core.database import db
from diversion.core.envelopes import Place, key_id_of, open_sealed, seal
from diversion.core.keys import Purpose
from diversion.staff.models import Staff

SECONDS = 30
WINDOW = 1
DIGITS = 6


def new_seed() -> str:
    """Return a seed of 160 bits, in base 32 as the apps take it."""
    return pyotp.random_base32()


def sealed(seed: str, *, table: str, row: int | str) -> bytes:
    """Seal a seed for the row in which it is kept."""
    return seal(keys.current(Purpose.AUTH), _place(table, row), seed.encode())


def opened(kept: bytes, *, table: str, row: int | str) -> str:
    key = keys.numbered(key_id_of(kept))
    return open_sealed(key, _place(table, row), kept).decode()


def step_of(seed: str, code: str, *, now: datetime) -> int | None:
    """Return the step to which `code` belongs, if it is near enough to `now`."""
    plain = "".join(code.split())
    if len(plain) != DIGITS or not plain.isascii() or not plain.isdigit():
        return None
    made = pyotp.TOTP(seed)
    present = int(now.timestamp()) // SECONDS
    for step in range(present - WINDOW, present + WINDOW + 1):
        if pyotp.utils.strings_equal(made.generate_otp(step), plain):
            return step
    return None


def accept(staff: Staff, code: str, *, now: datetime) -> bool:
    """Say whether `code` is right and was not used before; from now on it is used.

    Two sign-ins that race with one code meet in the same row: one of them wins.
    """
    if staff.totp_seed is None:
        return False
    step = step_of(opened(staff.totp_seed, table="staff", row=staff.id), code, now=now)
    if step is None:
        return False
    taken = db.session.execute(
        update(Staff)
        .where(Staff.id == staff.id, Staff.totp_step < step)
        .values(totp_step=step)
        .returning(Staff.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    return taken is not None


def unused_code(staff: Staff, *, now: datetime) -> str:
    """Return a code that would be accepted now, for people who do not exist."""
    if staff.totp_seed is None:
        return ""
    step = max(int(now.timestamp()) // SECONDS, staff.totp_step + 1)
    seed = opened(staff.totp_seed, table="staff", row=staff.id)
    return str(pyotp.TOTP(seed).generate_otp(step))


def picture(seed: str, *, email: str, county: str) -> bytes:
    """Return the QR code that an app reads, as PNG."""
    address = pyotp.TOTP(seed).provisioning_uri(name=email, issuer_name=f"Diversion {county}")
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="png", scale=5, border=4)
    return out.getvalue()


def _place(table: str, row: int | str) -> Place:
    return Place("auth", table, "totp_seed", row)
