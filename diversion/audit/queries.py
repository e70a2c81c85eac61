"""Answer from the log: who looked at a record, and what was done when."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from diversion.audit.models import Act, AuditObject, AuditRow
from diversion.core.database import db

# What the log says about the running of the system; it concerns nobody's record.
SYSTEM_ACTS: frozenset[Act] = frozenset(
    {Act.CLOCK_WENT_BACK, Act.KEYS_RENEWED, Act.KEYS_REWRAPPED, Act.LOG_OPENED, Act.RESTORED}
)


@dataclass(frozen=True)
class Line:
    """A row of the log as a page shows it. `actor` is a staff id, None for the program itself."""

    seq: int
    at: datetime
    actor: int | None
    roles: tuple[str, ...]
    track: str
    act: str
    outcome: str
    objects: tuple[str, ...]
    facts: dict[str, Any]
    origin: str
    address: str


@dataclass(frozen=True)
class Wanted:
    """Which rows of the log are asked for; what is None is not asked."""

    actor: int | None = None
    act: str | None = None
    acts: frozenset[str] | None = None
    since: datetime | None = None
    until: datetime | None = None
    object: str | None = None
    before: int | None = None


def lines(wanted: Wanted, *, limit: int, offset: int = 0) -> list[Line]:
    """Return rows of the log, newest first."""
    rows = db.session.scalars(
        _chosen(select(AuditRow), wanted).order_by(AuditRow.seq.desc()).limit(limit).offset(offset)
    )
    return [_line(row) for row in rows]


def looks_at(number: str, *, limit: int = 50, offset: int = 0) -> list[Line]:
    """Return every act on a participant's record, newest first: lists and searches too."""
    return lines(Wanted(object=f"participant:{number}"), limit=limit, offset=offset)


@dataclass(frozen=True)
class Told:
    """What the log was told of an act: its first object, by whom, and the facts."""

    object: str
    act: Act
    actor: int | None
    facts: dict[str, Any]
    at: datetime


def told(*acts: Act) -> Iterator[Told]:
    """Yield what the log was told of some acts that have an object, oldest first; one statement."""
    query = (
        select(AuditObject.object, AuditRow.act, AuditRow.actor, AuditRow.facts, AuditRow.at)
        .join(AuditRow, AuditRow.seq == AuditObject.seq)
        .where(AuditObject.place == 0, AuditRow.act.in_(acts))
        .order_by(AuditRow.seq)
    )
    for name, act, actor, facts, at in db.session.execute(query):
        yield Told(name, Act(act), actor, json.loads(facts), at)


def _chosen(query: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.object is not None:
        about = select(AuditObject.seq).where(AuditObject.object == wanted.object)
        query = query.where(AuditRow.seq.in_(about))
    for column, value in ((AuditRow.actor, wanted.actor), (AuditRow.act, wanted.act)):
        if value is not None:
            query = query.where(column == value)
    if wanted.acts is not None:
        query = query.where(AuditRow.act.in_(sorted(wanted.acts)))
    if wanted.since is not None:
        query = query.where(AuditRow.at >= wanted.since)
    if wanted.before is not None:
        query = query.where(AuditRow.seq < wanted.before)
    if wanted.until is not None:
        query = query.where(AuditRow.at < wanted.until)
    return query


def _line(row: AuditRow) -> Line:
    return Line(
        seq=row.seq,
        at=row.at,
        actor=row.actor,
        roles=tuple(filter(None, row.roles.split(","))),
        track=row.track,
        act=row.act,
        outcome=row.outcome,
        objects=tuple(json.loads(row.objects)),
        facts=json.loads(row.facts),
        origin=row.origin,
        address=row.address,
    )
