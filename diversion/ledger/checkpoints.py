"""Write where the journal stands onto a second medium, signed, a line at a time.

Whoever rewrites the whole journal later, with every right there is, is found by such a line.
Source: ledger.md 4.4, anchors.
"""

from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sqlalchemy import func, select

from diversion.audit import anchors
from diversion.core import clock
from diversion.core.database import db
from diversion.ledger.models import ChainHead, Checkpoint


@dataclass(frozen=True)
class Witness(anchors.Signed):
    """That the journal once ended with this entry and this hash, in this database."""

    entry: int
    hash: str
    database: str
    at: str
    signature: str = ""

    def is_sound(self) -> bool:
        """Say whether this program's own key signed it, for this database."""
        return super().is_sound() and self.database == anchors.database_name()


def append(path: Path) -> Witness | None:
    """Add a line to the file at `path` and keep that it was written; None before any entry."""
    head = db.session.scalars(select(ChainHead)).one()
    if not head.seq:
        return None
    now = clock.now()
    bare = Witness(head.seq, head.hash, anchors.database_name(), now.isoformat())
    witness = replace(bare, signature=anchors.sign(bare.signed_text()))
    db.session.add(Checkpoint(entry_id=head.seq, hash=head.hash, written_at=now))
    db.session.flush()
    anchors.write(path, asdict(witness))
    return witness


def is_due() -> bool:
    """Say whether anything was posted since the last line."""
    last = db.session.scalar(select(func.coalesce(func.max(Checkpoint.entry_id), 0)))
    return db.session.scalars(select(ChainHead.seq)).one() > (last or 0)


def read(path: Path) -> list[Witness | None]:
    """Return the lines of a file, or of a folder's files; None for one that can't be read."""
    return [_parsed(told) for told in anchors.told(path) if told is None or "entry" in told]


def _parsed(told: dict[str, object] | None) -> Witness | None:
    try:
        return Witness(**told) if told is not None else None  # type: ignore[arg-type]  # (tried)
    except TypeError:
        return None
