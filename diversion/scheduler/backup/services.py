"""Make, check, rotate and restore backups."""

import secrets
import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from diversion.audit import anchors
from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import keys, schema
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.release import VERSION
from diversion.core.schema import SchemaNewer
from diversion.core.words import _
from diversion.scheduler.backup import engines, rules, sealing
from diversion.scheduler.backup.sealing import Head

DATA = ".backup"
KEYS = ".keys"


class NothingToBackUp(Refused):
    """A backup quotes the head of the log, so there must be one."""

    sentence = _("This database is empty. There is nothing to back up yet.")


class OtherEngine(Refused):
    """A backup goes back into the engine that it came from."""

    sentence = _("This backup is of the other database engine. Nothing was restored.")


def make(folder: Path, master_file: Path, *, now: datetime) -> Path:
    """Write a backup of the database into `folder` and return its file.

    Beside it lies the file of data keys. Reads the database while others write.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    head = _head(now, keys.read_master(master_file))
    work = Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
    try:
        plain, key_rows = work / "data", work / "keys"
        engines.copy_out(db.engine, plain, key_rows)
        master = keys.read_master(master_file)
        sealing.write(folder / f"{head.id}{DATA}", head, plain, master)
        key_head = replace(head, kind="keys", salt=sealing.new_salt())
        sealing.write(folder / f"{head.id}{KEYS}", key_head, key_rows, master)
    finally:
        shutil.rmtree(work)
    return folder / f"{head.id}{DATA}"


def note(path: Path) -> None:
    """Let the log say that a backup was made."""
    record(Act.BACKUP_MADE, f"backup:{path.stem}", by=None)


def rotate(folder: Path, *, now: datetime) -> int:
    """Delete what is no longer kept; return how many files."""
    data = {p.name: _made_at(p) for p in folder.glob(f"*{DATA}")}
    key_files = {p.name: _made_at(p) for p in folder.glob(f"*{KEYS}")}
    gone = rules.to_delete(data) | rules.keys_to_delete(key_files, now=now)
    for name in gone:
        (folder / name).unlink()
    return len(gone)


def restore(path: Path, url: str, master_file: Path) -> Head:
    """Restore the backup at `path` into the empty database at `url` and return its head.

    Raises NotABackup, OtherKey, OtherEngine, SchemaNewer, NotEmpty; then nothing was changed.
    """
    head = sealing.read_head(path)
    if head.revision > schema.head():
        raise SchemaNewer
    if head.engine != make_url(url).get_backend_name():
        raise OtherEngine
    master = keys.read_master(master_file)
    work = Path(tempfile.mkdtemp(prefix="diversion-restore-"))
    try:
        sealing.read(path, work / "data", master)
        key_file = _newest_keys(path, head)
        if key_file is not None:
            sealing.read(key_file, work / "keys", master)
        target = make_url(url)
        engines.copy_in(target, work / "data", work / "keys" if key_file else None)
    finally:
        shutil.rmtree(work)
    return head


def note_restore(head: Head) -> None:
    """Let the restored log begin with the backup that it came from."""
    record(Act.RESTORED, f"backup:{head.id}", by=None, audit_seq=head.audit_seq)


def _newest_keys(path: Path, head: Head) -> Path | None:
    """Return the newest data keys of the same database; destroyed ones are not in them."""
    candidates = [
        (sealing.read_head(other).made_at, other)
        for other in path.parent.glob(f"*{KEYS}")
        if sealing.read_head(other).database == head.database
    ]
    return max(candidates)[1] if candidates else None


def _head(now: datetime, master: bytes) -> Head:
    anchor = anchors.present()
    if anchor is None:
        raise NothingToBackUp
    at = now.astimezone(UTC)
    return Head(
        id=f"{at:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}", kind="database",
        engine=db.engine.dialect.name, made_at=at.isoformat(), release=VERSION,
        revision=schema.of(db.engine).present or "", database=anchor.database,
        audit_seq=anchor.seq, audit_mac=anchor.mac, master=keys.fingerprint(master),
        salt=sealing.new_salt(),
    )  # fmt: skip


def _made_at(path: Path) -> datetime:
    return datetime.fromisoformat(sealing.read_head(path).made_at)
