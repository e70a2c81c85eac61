"""Keep the ring of keys: each wrapped by the master key, which lies in a file of its own.

The master key is never in the database nor in its backups. It wraps the two
compartment keys and the purpose keys (AES key wrap, RFC 3394); a compartment
key wraps the data keys of its participants.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from weakref import WeakKeyDictionary

from cryptography.hazmat.primitives.keywrap import (
    InvalidUnwrap,
    aes_key_unwrap,
    aes_key_wrap,
)
from sqlalchemy import LargeBinary, String, UniqueConstraint, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core import clock
from diversion.core.database import Base, db
from diversion.core.errors import Unavailable
from diversion.core.tracks import Track
from diversion.core.words import _

LENGTH = 32


class Purpose(StrEnum):
    """What a key of the ring is for. The names of the two compartments are those of the tracks."""

    ANCHOR = "anchor"
    AUDIT_MAC = "audit_mac"
    AUTH = "auth"
    COMMUNITY_COURT = "community_court"
    FILES = "files"
    INDEX_COMMUNITY_COURT = "index_community_court"
    INDEX_SBAD = "index_sbad"
    SBAD = "sbad"


class WrappedKey(Base):
    """A key of the ring as it lies in the database: useless without the master key."""

    __tablename__ = "wrapped_key"
    __table_args__ = (UniqueConstraint("purpose", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[Purpose]
    version: Mapped[int]
    wrapped: Mapped[bytes] = mapped_column(LargeBinary(40))
    # Which master key wraps it, so that a re-wrap that was cut short can go on.
    master: Mapped[str] = mapped_column(String(16))
    made_at: Mapped[datetime]


class KeysMissing(Unavailable):
    """Without the master key that fits, nothing sealed can be opened."""

    sentence = _(
        "The key file is missing or does not fit this database. Nothing was shown or changed."
    )


@dataclass(frozen=True)
class Key:
    """A secret of 32 bytes and the number of the row that keeps it."""

    id: int
    secret: bytes = field(repr=False)


@dataclass
class Ring:
    """The unwrapped keys of one database, kept in memory."""

    master_file: Path
    keys: dict[int, Key] = field(default_factory=dict, repr=False)
    newest: dict[Purpose, Key] = field(default_factory=dict, repr=False)


_rings: WeakKeyDictionary[Engine, Ring] = WeakKeyDictionary()


def use(engine: Engine, master_file: Path) -> None:
    """Say which file holds the master key of the database behind `engine`."""
    _rings[engine] = Ring(master_file)


def current(purpose: Purpose) -> Key:
    """Return the newest key for `purpose`. Raises KeysMissing."""
    ring = _rings[db.engine]
    if purpose not in ring.newest:
        _load(ring)
    if purpose not in ring.newest:
        raise KeysMissing
    return ring.newest[purpose]


def numbered(key_id: int) -> Key:
    """Return the key that something older was sealed with. Raises KeysMissing."""
    ring = _rings[db.engine]
    if key_id not in ring.keys:
        _load(ring)
    if key_id not in ring.keys:
        raise KeysMissing
    return ring.keys[key_id]


def compartment(track: Track) -> Key:
    """Return the key that wraps the data keys of one track."""
    return current(Purpose(track.value))


def index(track: Track) -> Key:
    """Return the key under which search texts of one track are hashed for the log."""
    return current(Purpose(f"index_{track.value}"))


def make_ring() -> None:
    """Make the keys that this database does not have yet; the caller's transaction keeps them."""
    master = read_master(_rings[db.engine].master_file)
    there = set(db.session.scalars(select(WrappedKey.purpose)))
    for purpose in Purpose:
        if purpose not in there:
            _add(purpose, 1, master)
    db.session.flush()


def renew(purpose: Purpose) -> int:
    """Add a newer version of one key and return its version; the older ones still open."""
    master = read_master(_rings[db.engine].master_file)
    versions = select(WrappedKey.version).where(WrappedKey.purpose == purpose)
    version = max(db.session.scalars(versions), default=0) + 1
    _add(purpose, version, master)
    db.session.flush()
    forget()
    return version


def rewrap(new_master_file: Path) -> int:
    """Wrap the whole ring with a new master key and return how many keys were wrapped anew.

    Those that the new key wraps already are passed over, so it may be run again
    after it was cut short. The caller's transaction keeps all of them or none.
    """
    ring = _rings[db.engine]
    new = read_master(new_master_file)
    rows = db.session.scalars(select(WrappedKey).with_for_update()).all()
    todo = [row for row in rows if row.master != fingerprint(new)]
    old = read_master(ring.master_file) if todo else new
    for row in todo:
        row.wrapped = wrap(new, unwrap(old, row.wrapped))
        row.master = fingerprint(new)
    db.session.flush()
    return len(todo)


def forget() -> None:
    """Drop the unwrapped keys from memory; they are read again when needed."""
    ring = _rings[db.engine]
    ring.keys.clear()
    ring.newest.clear()


def new_master(path: Path) -> None:
    """Write a new master key, readable by its owner alone. Raises FileExistsError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(secrets.token_bytes(LENGTH))
    path.chmod(0o400)


def read_master(path: Path) -> bytes:
    """Return the master key. Raises KeysMissing if there is no file of 32 bytes."""
    try:
        master = path.read_bytes()
    except OSError:
        raise KeysMissing from None
    if len(master) != LENGTH:
        raise KeysMissing
    return master


def fingerprint(master: bytes) -> str:
    """Return what tells two master keys apart and nothing about either."""
    return hmac.new(master, b"diversion master key", hashlib.sha256).hexdigest()[:16]


def new_secret() -> bytes:
    return secrets.token_bytes(LENGTH)


def wrap(outer: bytes, secret: bytes) -> bytes:
    return aes_key_wrap(outer, secret)


def unwrap(outer: bytes, wrapped: bytes) -> bytes:
    """Return the secret inside. Raises KeysMissing if `outer` did not wrap it."""
    try:
        return aes_key_unwrap(outer, wrapped)
    except (InvalidUnwrap, ValueError):
        raise KeysMissing from None


def _add(purpose: Purpose, version: int, master: bytes) -> None:
    db.session.add(
        WrappedKey(
            purpose=purpose,
            version=version,
            wrapped=wrap(master, new_secret()),
            master=fingerprint(master),
            made_at=clock.now(),
        )
    )


def _load(ring: Ring) -> None:
    master = read_master(ring.master_file)
    query = select(WrappedKey.id, WrappedKey.purpose, WrappedKey.wrapped)
    with db.session.no_autoflush:
        rows = db.session.execute(query.order_by(WrappedKey.version)).all()
    for key_id, purpose, wrapped in rows:
        key = Key(key_id, unwrap(master, wrapped))
        ring.keys[key_id] = key
        ring.newest[purpose] = key
