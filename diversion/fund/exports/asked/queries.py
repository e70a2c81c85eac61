"""Answer which files were asked for, and how far each of them is."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.fund.exports.asked.models import AskedFile, FileAsker, FileState
from diversion.fund.leaving.models import ExportRun, Purpose

KEPT = timedelta(days=7)
TOLD = timedelta(days=1)  # so long, who asked for it hears of one that failed
UNDONE = (FileState.WAITING, FileState.MAKING)
COLUMNS = (
    AskedFile.handle, AskedFile.kind, AskedFile.first_on, AskedFile.last_on, AskedFile.last_entry,
    AskedFile.chain_hash, AskedFile.state, AskedFile.rows, AskedFile.read, AskedFile.name,
    AskedFile.lines, AskedFile.size, AskedFile.sha256, AskedFile.asked_at, AskedFile.ended_at,
)  # fmt: skip


def is_kept(now: datetime) -> ColumnElement[bool]:
    """Choose what is not over, or not for long."""
    return or_(AskedFile.ended_at.is_(None), AskedFile.ended_at > now - KEPT)


def asked(handle: str, now: datetime) -> AskedFile:
    """Return a file. Raises NotYours for none, and for one that is too old."""
    query = select(AskedFile).where(AskedFile.handle == handle, is_kept(now))
    return the_one(query)


def files(now: datetime) -> Select[*tuple[Any, ...]]:
    """Return a query of the files that are kept, newest first."""
    return select(*COLUMNS).where(is_kept(now)).order_by(AskedFile.id.desc())


def for_me(staff_id: int, now: datetime) -> Select[*tuple[Any, ...]]:
    """Return a query of the files that a person asked for and did not take yet, newest first."""
    is_news = or_(AskedFile.state != FileState.FAILED, AskedFile.ended_at > now - TOLD)
    mine = and_(FileAsker.file_id == AskedFile.id, FileAsker.staff_id == staff_id)
    taken = exists().where(
        ExportRun.staff_id == staff_id, ExportRun.kind == AskedFile.kind,
        ExportRun.first_on == AskedFile.first_on, ExportRun.last_on == AskedFile.last_on,
        ExportRun.last_entry == AskedFile.last_entry, ExportRun.made_at >= AskedFile.ended_at,
    )  # fmt: skip
    return files(now).join(FileAsker, mine).where(is_news, ~taken)


def purpose_of(file: AskedFile, staff_id: int) -> Purpose | None:
    """Return for what a person asked for a file; None if somebody else did."""
    asker = db.session.get(FileAsker, (file.id, staff_id))
    return asker.purpose if asker else None


def asked_since(staff_id: int, since: datetime) -> int:
    """Return how many files a person asked for since an instant."""
    query = select(func.count()).select_from(FileAsker)
    query = query.where(FileAsker.staff_id == staff_id, FileAsker.asked_at > since)
    return db.session.scalar(query) or 0


def waits() -> bool:
    """Say whether a file waits to be made, or was cut short."""
    return bool(db.session.scalar(select(exists().where(AskedFile.state.in_(UNDONE)))))
