"""Sign where the log stands, and keep that outside the database.

An anchor proves that the log once reached this row; whoever cuts the log's end
off later, or writes it anew, is found by it.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select

from diversion.audit.models import AuditRow
from diversion.core import clock, keys
from diversion.core.database import db
from diversion.core.keys import Purpose


class Signed:
    """A line that this program's own key signs, all of it but the signature."""

    signature: str

    def signed_text(self) -> bytes:
        told = {name: value for name, value in vars(self).items() if name != "signature"}
        return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()

    def is_sound(self) -> bool:
        """Say whether this program's own key signed it."""
        try:
            own = _private().public_key()
            own.verify(bytes.fromhex(self.signature), self.signed_text())
        except (InvalidSignature, TypeError, ValueError):
            return False
        return True


@dataclass(frozen=True)
class Anchor(Signed):
    """Where the log stood: its last row and that row's code, how many rows, which database."""

    seq: int
    mac: str
    count: int
    database: str
    at: str
    signature: str = ""


def append(path: Path) -> Anchor | None:
    """Add an anchor of the present state to the file at `path`; None while the log is empty."""
    anchor = present()
    if anchor is None:
        return None
    write(path, asdict(anchor))
    return anchor


def write(path: Path, told: Mapping[str, object]) -> None:
    """Add a line to the file at `path` and see that it is on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(dict(told), sort_keys=True) + "\n")
        file.flush()
        os.fsync(file.fileno())


def present() -> Anchor | None:
    """Return a signed anchor of the log as it stands."""
    last = db.session.execute(
        select(AuditRow.seq, AuditRow.mac).order_by(AuditRow.seq.desc()).limit(1)
    ).first()
    if last is None:
        return None
    count = db.session.scalar(select(func.count(AuditRow.seq))) or 0
    bare = Anchor(last.seq, last.mac.hex(), count, database_name(), clock.now().isoformat())
    return replace(bare, signature=sign(bare.signed_text()))


def read(path: Path) -> list[Anchor | None]:
    """Return the anchors of the log in order; None stands for a line that can't be read."""
    return [_parsed(line) for line in told(path) if line is None or "entry" not in line]


def told(path: Path) -> list[dict[str, Any] | None]:
    """Return the lines of a file, or of each file of a folder; None where one is not JSON."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    lines = [
        line
        for file in files
        if file.exists()
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    return [_object(line) for line in lines if line]


def sign(text: bytes) -> str:
    """Return this program's signature, in hex."""
    return _private().sign(text).hex()


def database_name() -> str:
    """Return the name that the log gave this database in its first row."""
    facts = db.session.scalar(select(AuditRow.facts).where(AuditRow.seq == 1))
    return str(json.loads(facts or "{}").get("database", ""))


def _parsed(line: dict[str, Any] | None) -> Anchor | None:
    try:
        return Anchor(**line) if line is not None else None
    except TypeError:
        return None


def _object(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _private() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keys.current(Purpose.ANCHOR).secret)
