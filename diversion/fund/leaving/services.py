"""Let no file of the money leave without its row in the log."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import digests
from diversion.core.database import db
from diversion.fund.leaving.models import ExportRun, FileKind, Purpose
from diversion.ledger.extracts import Range
from diversion.staff.models import Staff


@dataclass(frozen=True)
class Leaving:
    """What leaves: its name, the days and the last entry that it is about, its size, its digest."""

    kind: FileKind
    purpose: Purpose
    name: str
    wanted: Range
    chain_hash: str
    lines: int
    size: int
    sha256: str


def note(file: Leaving, *about: str, by: Staff, now: datetime) -> ExportRun:
    """Keep who takes which file and why, before its bytes leave; `about` is whose it is."""
    run = ExportRun(
        kind=file.kind, purpose=file.purpose, name=file.name, first_on=file.wanted.first,
        last_on=file.wanted.last, last_entry=file.wanted.up_to, chain_hash=file.chain_hash,
        lines=file.lines, size=file.size, sha256=file.sha256, staff_id=by.id, made_at=now,
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    record(Act.EXPORT_MADE, f"export:{run.handle}", *about, by=by, kind=file.kind.value,
           purpose=file.purpose.value, first=file.wanted.first.isoformat(),
           last=file.wanted.last.isoformat(), last_entry=file.wanted.up_to, lines=file.lines,
           sha256=file.sha256)  # fmt: skip
    return run


def of(path: Path, kind: FileKind, purpose: Purpose, wanted: Range, chain_hash: str,
       lines: int) -> Leaving:  # fmt: skip
    """Return a file that was written and is about to leave."""
    size = path.stat().st_size
    digest = digests.of_file(path)
    return Leaving(kind, purpose, path.name, wanted, chain_hash, lines, size, digest)
