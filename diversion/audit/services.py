"""Record what is done; the rows are chained and written right before the commit."""

import json
import logging
import re
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import insert, select, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from diversion.audit import chain
from diversion.audit.models import Act, AuditObject, AuditRow
from diversion.core import clock, keys, origin
from diversion.core.database import as_last_act, db, is_locked
from diversion.core.errors import Unavailable
from diversion.core.keys import Purpose
from diversion.core.release import VERSION
from diversion.core.tracks import Track
from diversion.core.words import _

log = logging.getLogger(__name__)

# The clocks of two machines may differ by this much without a warning.
CLOCK_TOLERANCE = timedelta(seconds=1)
LOCK = 0x4449_5641  # the advisory lock of the log, on PostgreSQL
# Put together once; on the tables themselves, for the log is never an object to be changed.
_LAST = select(AuditRow.seq, AuditRow.mac, AuditRow.at).order_by(AuditRow.seq.desc()).limit(1)
_ADD_ROWS = insert(AuditRow.metadata.tables["audit_row"])
_ADD_LINES = insert(AuditObject.metadata.tables["audit_object"])
_OBJECT = re.compile(r"[a-z_]{1,30}:[A-Za-z0-9._-]{1,48}")
_CODE = re.compile(r"[A-Za-z0-9._:/+-]{0,100}")

Fact = str | int | None


class LogFailed(Unavailable):
    """What can't be recorded is neither shown nor done."""

    sentence = _("The log can't be written, so nothing was shown or changed.")


class Actor(Protocol):
    """Who does something: a staff member, seen from below."""

    @property
    def id(self) -> int: ...

    @property
    def roles(self) -> Collection[StrEnum]: ...


@dataclass
class Pending:
    """The rows of the transaction that is open, until its last act writes them."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    written: bool = False

    def __call__(self) -> None:
        self.written = True
        try:
            _write(self.rows)
        except SQLAlchemyError as error:
            busy = isinstance(error, OperationalError) and is_locked(error)
            raise Unavailable if busy else LogFailed from error


def record(
    act: Act,
    *objects: str,
    by: Actor | int | None,
    outcome: str = "done",
    track: Track | None = None,
    **facts: Fact,
) -> None:
    """Let the log say that `act` was done to `objects` by `by`, once this transaction commits.

    An object reads `kind:name`, such as `participant:26-0417-3` or `class:q8m4x2wkb7`.
    Facts are codes and numbers only. Raises ValueError for anything that could be a name.
    """
    pending = as_last_act("audit", Pending())
    if pending.written:
        raise RuntimeError("the log of this transaction is already written")
    pending.rows.append(
        {
            "actor": by if by is None or isinstance(by, int) else by.id,
            "roles": "" if by is None or isinstance(by, int) else ",".join(sorted(by.roles)),
            "track": track.value if track else "",
            "act": act.value,
            "objects": [_object(each) for each in objects],
            "outcome": _code(outcome),
            "facts": {name: _code(value) for name, value in facts.items()},
            **_whence(),
        }
    )


def _whence() -> dict[str, str]:
    now = origin.present()
    return {
        "session": now.session,
        "origin": f"{now.kind}:{now.name}"[:120],
        "address": now.address[:45],
        "request_id": now.request_id[:64],
    }


def _object(text_: str) -> str:
    if not _OBJECT.fullmatch(text_):
        raise ValueError("an object of the log is a kind and a number or handle")
    return text_


def _code(value: Fact) -> Fact:
    if isinstance(value, str) and not _CODE.fullmatch(value):
        raise ValueError("a fact of the log is a code or a number")
    return str(value) if isinstance(value, StrEnum) else value


def _write(pending: list[dict[str, Any]]) -> None:
    """Give the rows their place in the chain. On PostgreSQL, one writer at a time."""
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    last = connection.execute(_LAST).first()
    newest, before, at = (last[0], last[1], last[2]) if last else (0, chain.START, None)
    key = keys.current(Purpose.AUDIT_MAC)
    now = clock.now()
    rows, everything = [], _opening(at, now) + pending
    for seq, drawn in enumerate(everything, start=newest + 1):
        row = {**drawn, "seq": seq, "at": now, "release": VERSION[:20], "key_id": key.id}
        row["objects"] = json.dumps(drawn["objects"])
        row["facts"] = json.dumps(drawn["facts"], sort_keys=True)
        row["mac"] = before = chain.code(key.secret, before, row)
        rows.append(row)
    connection.execute(_ADD_ROWS, rows)
    lines = [
        {"seq": row["seq"], "place": place, "object": each}
        for row, drawn in zip(rows, everything, strict=True)
        for place, each in enumerate(drawn["objects"])
    ]
    if lines:
        connection.execute(_ADD_LINES, lines)


def _opening(last_at: datetime | None, now: datetime) -> list[dict[str, Any]]:
    """Return the row that the log itself puts first: its beginning, or a clock that went back."""
    if last_at is None:
        return [_own(Act.LOG_OPENED, database=str(uuid.uuid4()))]
    if now < last_at - CLOCK_TOLERANCE:
        seconds = int((last_at - now).total_seconds())
        log.warning("the clock went back by %s seconds", seconds)
        return [_own(Act.CLOCK_WENT_BACK, seconds=seconds)]
    return []


def _own(act: Act, **facts: str | int) -> dict[str, Any]:
    return {
        "actor": None, "roles": "", "track": "", "act": act.value, "objects": [],
        "outcome": "done", "facts": facts, **_whence(),
    }  # fmt: skip
