"""Keep a file between its preview and its import: sealed, its owner's alone, gone after a day."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock, envelopes, keys
from diversion.core.database import db
from diversion.core.envelopes import Place
from diversion.core.errors import NotYours
from diversion.core.handles import new_handle
from diversion.core.keys import Purpose
from diversion.participants.models import WaitingUpload
from diversion.staff.models import Staff

WAITS = timedelta(hours=24)


def keep(content: bytes, *, by: Staff, now: datetime) -> str:
    """Seal a file and return the handle under which its owner finds it again."""
    handle = new_handle()
    sealed = envelopes.seal(keys.current(Purpose.FILES), _place(handle), content)
    db.session.add(WaitingUpload(handle=handle, staff_id=by.id, sealed=sealed, kept_at=now))
    db.session.flush()
    record(Act.UPLOAD_KEPT, f"upload:{handle}", by=by, bytes=len(content))
    return handle


def open_upload(handle: str, *, by: Staff) -> bytes:
    """Return the file. Raises NotYours for another's, for none, and once a day is over."""
    query = select(WaitingUpload.sealed).where(
        WaitingUpload.handle == handle,
        WaitingUpload.staff_id == by.id,
        WaitingUpload.kept_at > clock.now() - WAITS,
    )
    sealed = db.session.scalar(query)
    if sealed is None:
        raise NotYours
    record(Act.UPLOAD_OPENED, f"upload:{handle}", by=by)
    key = keys.numbered(envelopes.key_id_of(sealed))
    return envelopes.open_sealed(key, _place(handle), sealed)


def drop(handle: str, *, by: Staff) -> None:
    """Delete one's own file once it is imported, or given up. Raises NotYours."""
    gone = db.session.execute(
        delete(WaitingUpload)
        .where(WaitingUpload.handle == handle, WaitingUpload.staff_id == by.id)
        .returning(WaitingUpload.id)
    ).all()
    if not gone:
        raise NotYours
    record(Act.UPLOAD_DROPPED, f"upload:{handle}", by=by)


def drop_old(now: datetime) -> int:
    """Delete every file that has waited for a day; return how many."""
    handles = db.session.scalars(
        delete(WaitingUpload)
        .where(WaitingUpload.kept_at <= now - WAITS)
        .returning(WaitingUpload.handle)
    ).all()
    if handles:
        record(Act.UPLOAD_DROPPED, *(f"upload:{handle}" for handle in handles), by=None)
    return len(handles)


def _place(handle: str) -> Place:
    return Place("files", "waiting_upload", "sealed", handle)
