"""Let the second arrival of a form or an operation get the first result.

A form carries a key made when it was opened. The first arrival claims the key
in its own transaction; a repeat, also one that waits beside it, is answered
with what the first one did.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import String, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core import clock
from diversion.core.database import Base, db
from diversion.core.errors import Refused
from diversion.core.words import _

T = TypeVar("T")


class OnceKey(Base):
    """A key that was used, what it was used for, and what came of it."""

    __tablename__ = "once_key"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    request_hash: Mapped[str] = mapped_column(String(64))
    result: Mapped[str] = mapped_column(String(200), default="")
    claimed_at: Mapped[datetime]


class KeyUsedOtherwise(Refused):
    """A key stands for one request only."""

    status = 422
    sentence = _(
        "This form was already sent with other contents. Nothing was changed. "
        "Open it again to record something new."
    )


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What came of a form; `repeated` when the same form had brought it about before."""

    made: T
    repeated: bool = False


def request_hash(what: str, values: Mapping[str, object]) -> str:
    """Return the hash that binds a key to `what` is asked and with which values."""
    text = json.dumps([what, {k: str(values[k]) for k in sorted(values)}], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def row_hash(row: Any, names: Iterable[str]) -> str:
    """Return the hash of what a row says under `names`, for a log that is told it."""
    return request_hash(row.__tablename__, {name: getattr(row, name) for name in names})


def claim(key: str, hashed: str) -> str | None:
    """Return None for the first arrival of `key`, else the result of the first.

    On PostgreSQL a second arrival waits here until the first has committed.
    Raises KeyUsedOtherwise if the key came with another request before.
    """
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    row = {"key": key, "request_hash": hashed, "result": "", "claimed_at": clock.now()}
    statement = insert(OnceKey).values(row).on_conflict_do_nothing().returning(OnceKey.key)
    if db.session.execute(statement).scalar_one_or_none() is not None:
        return None
    used = db.session.get_one(OnceKey, key, populate_existing=True)
    if used.request_hash != hashed:
        raise KeyUsedOtherwise
    return used.result


def result_of(key: str, hashed: str) -> str | None:
    """Return what came of a key that was used for this very request, else None."""
    used = db.session.get(OnceKey, key)
    return used.result if used is not None and used.request_hash == hashed else None


def settle(key: str, result: str) -> None:
    """Keep what came of the first arrival, such as the number of its receipt."""
    kept = update(OnceKey).where(OnceKey.key == key).values(result=result)
    db.session.execute(kept.returning(OnceKey.key)).scalar_one()


def only_once(key: str, what: str, subject: str, act: Callable[[], object]) -> None:
    """Do something about a subject, once however often the same form is sent."""
    if claim(key, request_hash(what, {"subject": subject})) is None:
        act()
        settle(key, subject)
