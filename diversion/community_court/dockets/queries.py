"""Ask for docket days, how full they are, and what is still open on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import bindparam, select

from diversion.community_court.dockets.models import Docket
from diversion.core.database import db
from diversion.core.finding import the_one


@dataclass(frozen=True)
class Sitting:
    """A docket day as a calendar shows it."""

    id: int
    handle: str
    held_on: date
    starts: time
    ends: time
    judge: str
    room: str
    capacity: int
    is_ended: bool


def docket(handle: str) -> Docket:
    return the_one(_OF_HANDLE, {"handle": handle})


_OF_HANDLE = select(Docket).where(Docket.handle == bindparam("handle"))


def locked(docket_id: int) -> Docket:
    """Return a docket that nobody else can fill meanwhile."""
    return db.session.get_one(
        Docket, docket_id, with_for_update={"of": Docket}, populate_existing=True
    )


def on_day(held_on: date) -> Sequence[Docket]:
    return db.session.scalars(
        select(Docket).where(Docket.held_on == held_on).order_by(Docket.starts, Docket.id)
    ).all()


def sittings(first: date, last: date) -> list[Sitting]:
    """Return the docket days from `first` to `last`, in order."""
    rows = db.session.scalars(
        select(Docket)
        .where(Docket.held_on.between(first, last))
        .order_by(Docket.held_on, Docket.starts, Docket.id)
    )
    return [
        Sitting(
            row.id, row.handle, row.held_on, row.starts, row.ends, row.judge, row.place.name,
            row.capacity, row.ended_at is not None,
        )
        for row in rows
    ]  # fmt: skip


def coming(after: date, limit: int = 20) -> Sequence[Docket]:
    """Return the open docket days after a day."""
    return db.session.scalars(
        select(Docket)
        .where(Docket.held_on > after, Docket.ended_at.is_(None))
        .order_by(Docket.held_on, Docket.starts, Docket.id)
        .limit(limit)
    ).all()


def next_on_or_after(day: date) -> Docket | None:
    return db.session.scalars(
        select(Docket)
        .where(Docket.held_on >= day, Docket.ended_at.is_(None))
        .order_by(Docket.held_on, Docket.starts, Docket.id)
        .limit(1)
    ).one_or_none()


def latest() -> Docket | None:
    """Return the docket day made for the latest date: its room and hours are the usual ones."""
    return db.session.scalars(
        select(Docket).order_by(Docket.held_on.desc(), Docket.id.desc()).limit(1)
    ).one_or_none()
