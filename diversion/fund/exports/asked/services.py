"""Ask for a file that takes longer than a page can wait, and note how far it is."""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.handles import new_handle
from diversion.fund.exports.asked import queries
from diversion.fund.exports.asked.models import AskedFile, FileAsker, FilePiece, FileState
from diversion.fund.exports.services import AN_HOUR, AsOf, TooMany
from diversion.fund.leaving.models import Purpose
from diversion.staff.models import Staff


def ask(wanted: AsOf, purpose: Purpose, *, by: Staff, now: datetime) -> AskedFile:
    """Let a file be made by the next job; whoever asks for the same gets the same.

    Raises TooMany for whoever asked for five others within an hour.
    """
    db.session.execute(select(Staff.id).where(Staff.id == by.id).with_for_update())
    file = _one(wanted, now)
    if file.state is FileState.FAILED or (file.ended_at and file.ended_at <= now - queries.KEPT):
        _again(file, now)
    asker = db.session.get(FileAsker, (file.id, by.id))
    if asker is None:
        if queries.asked_since(by.id, now - timedelta(hours=1)) >= AN_HOUR:
            raise TooMany
        asker = FileAsker(file_id=file.id, staff_id=by.id)
        db.session.add(asker)
    asker.purpose, asker.asked_at = purpose, now
    db.session.flush()
    record(Act.EXPORT_ASKED, _named(file), by=by, kind=file.kind.value, purpose=purpose.value,
           first=file.first_on.isoformat(), last=file.last_on.isoformat(),
           last_entry=file.last_entry)  # fmt: skip
    return file


def _one(wanted: AsOf, now: datetime) -> AskedFile:
    """Return the row of a file, a new one if nobody asked for it before."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    days = wanted.wanted
    key = {
        "kind": wanted.kind, "first_on": days.first, "last_on": days.last,
        "last_entry": days.up_to,
    }  # fmt: skip
    row = {
        **key, "handle": new_handle(), "chain_hash": wanted.head.hash, "closed": wanted.closed,
        "state": FileState.WAITING, "turn": 0, "rows": 0, "read": 0, "name": "", "lines": 0,
        "size": 0, "sha256": "", "asked_at": now,
    }  # fmt: skip
    db.session.execute(insert(AskedFile).values(row).on_conflict_do_nothing())
    return db.session.scalars(select(AskedFile).filter_by(**key).with_for_update()).one()


def _again(file: AskedFile, now: datetime) -> None:
    """Let a file that failed, or is gone, be made anew."""
    db.session.execute(delete(FilePiece).where(FilePiece.file_id == file.id))
    db.session.execute(delete(FileAsker).where(FileAsker.file_id == file.id))
    file.state, file.ended_at, file.asked_at = FileState.WAITING, None, now
    file.turn = file.read = file.rows = 0


def drop_old(now: datetime) -> int:
    """Delete every file that is over for a week, with who asked for it; return how many."""
    old = db.session.execute(
        select(AskedFile.id, AskedFile.handle).where(AskedFile.ended_at <= now - queries.KEPT)
    ).all()
    keys = [each.id for each in old]
    for table, key in ((FilePiece, FilePiece.file_id), (FileAsker, FileAsker.file_id)):
        db.session.execute(delete(table).where(key.in_(keys)))
    db.session.execute(delete(AskedFile).where(AskedFile.id.in_(keys)))
    if old:
        record(Act.EXPORT_DROPPED, *(f"asked_file:{each.handle}" for each in old), by=None)
    return len(old)


def settle(file_id: int, turn: int, state: FileState, *, now: datetime, **what: Any) -> bool:
    """Note that a file is ready, with `what` it is, or failed; False where it is another's turn."""
    if not change(file_id, turn, state=state, ended_at=now, **what):
        return False
    file = db.session.get_one(AskedFile, file_id, populate_existing=True)
    record(Act.EXPORT_ENDED, _named(file), by=None, outcome=state.value, lines=file.lines,
           sha256=file.sha256)  # fmt: skip
    return True


def change(file_id: int, number: int, /, **values: Any) -> bool:
    """Change a file that is being made; say whether this is still the turn that makes it."""
    statement = update(AskedFile).where(
        AskedFile.id == file_id, AskedFile.turn == number, AskedFile.state == FileState.MAKING
    )
    done = db.session.execute(statement.values(**values))
    return cast(CursorResult[Any], done).rowcount == 1


def _named(file: AskedFile) -> str:
    return f"asked_file:{file.handle}"
