"""Answer which files of the ledger left, and how many a person took lately."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from diversion.core.database import db
from diversion.fund.leaving.models import ExportRun, FileKind
from diversion.staff.models import Staff


def runs() -> Select[*tuple[Any, ...]]:
    """Return a query of the log of files, newest first."""
    return (
        select(
            ExportRun.handle, ExportRun.kind, ExportRun.purpose, ExportRun.name.label("file"),
            ExportRun.first_on, ExportRun.last_on, ExportRun.last_entry, ExportRun.chain_hash,
            ExportRun.lines,
            ExportRun.size, ExportRun.sha256, ExportRun.made_at, Staff.name,
        )
        .join(Staff, Staff.id == ExportRun.staff_id)
        .order_by(ExportRun.id.desc())
    )  # fmt: skip


def taken_since(staff_id: int, since: datetime) -> int:
    """Return how many files of the whole journal a person took since an instant."""
    query = select(func.count()).select_from(ExportRun)
    query = query.where(ExportRun.staff_id == staff_id, ExportRun.made_at > since)
    query = query.where(ExportRun.kind.not_in((FileKind.REPORT, FileKind.COUNTY_BATCH)))
    return db.session.scalar(query) or 0
