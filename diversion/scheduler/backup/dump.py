"""Compute one digest of everything in a database, the same on both engines."""

import hashlib
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select

from diversion.core.database import Base, db


def digest(*, leave_out: Collection[str] = ()) -> str:
    """Return the SHA-256 of all rows of all tables in the order of their keys."""
    total = hashlib.sha256()
    connection = db.session.connection()
    for table in sorted(Base.metadata.tables.values(), key=lambda t: t.name):
        if table.name in leave_out:
            continue
        total.update(f"table {table.name}\n".encode())
        order = list(table.primary_key.columns) or list(table.columns)
        rows = connection.execute(select(table).order_by(*order))
        for row in rows:
            total.update("\x1f".join(_plain(value) for value in row).encode() + b"\n")
    return total.hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return f"x{bytes(value).hex()}"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return repr(value) if isinstance(value, str) else str(value)
