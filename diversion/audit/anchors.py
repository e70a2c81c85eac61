"""Sign where the log stands, and keep that outside the database.

An anchor proves that the log once reached this row; whoever cuts the log's end
off later, or writes it anew, is found by it.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select

from diversion.audit.models import AuditRow
from diversion.core import clock, keys
from diversion.core.database import db
from diversion.core.keys import Purpose


@dataclass(frozen=True)
class Anchor:
    """Where the log stood: its last row and that row's code, how many rows, which database."""

    seq: int
    mac: str
    count: int
    database: str
    at: str
    signature: str = ""

    def signed_text(self) -> bytes:
        told = {name: value for name, value in asdict(self).items() if name != "signature"}
        return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()

    def is_sound(self) -> bool:
        """Say whether this program's own key signed it."""
        try:
            public = _private().public_key()
            public.verify(bytes.fromhex(self.signature), self.signed_text())
        except (InvalidSignature, ValueError):
            return False
        return True


def append(path: Path) -> Anchor | None:
    """Add an anchor of the present state to the file at `path`; None while the log is empty."""
    anchor = present()
    if anchor is None:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(anchor), sort_keys=True) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return anchor


def present() -> Anchor | None:
    """Return a signed anchor of the log as it stands."""
    last = db.session.execute(
        select(AuditRow.seq, AuditRow.mac).order_by(AuditRow.seq.desc()).limit(1)
    ).first()
    if last is None:
        return None
    count = db.session.scalar(select(func.count(AuditRow.seq))) or 0
    bare = Anchor(last.seq, last.mac.hex(), count, database_name(), clock.now().isoformat())
    signature = _private().sign(bare.signed_text()).hex()
    return Anchor(**{**asdict(bare), "signature": signature})


def read(path: Path) -> list[Anchor | None]:
    """Return the anchors of a file in order; None stands for a line that is not one."""
    if not path.exists():
        return []
    return [_parsed(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def public_key() -> str:
    """Return the key, in hex, by which an auditor checks anchors without this program."""
    return _private().public_key().public_bytes_raw().hex()


def database_name() -> str:
    """Return the name that the log gave this database in its first row."""
    facts = db.session.scalar(select(AuditRow.facts).where(AuditRow.seq == 1))
    return str(json.loads(facts or "{}").get("database", ""))


def _parsed(line: str) -> Anchor | None:
    try:
        return Anchor(**json.loads(line))
    except (TypeError, ValueError):
        return None


def _private() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keys.current(Purpose.ANCHOR).secret)
