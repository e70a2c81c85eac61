"""Find settlement files and their lines."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.fund.settlements.models import Settlement, SettlementLine
from diversion.staff.models import Staff


def settlement(handle: str) -> Settlement:
    """Return a file by its handle. Raises NotYours."""
    return the_one(select(Settlement).where(Settlement.handle == handle))


def with_hash(sha256: str) -> Settlement | None:
    """Return the file that was read before, if it is the same."""
    return db.session.scalars(select(Settlement).where(Settlement.sha256 == sha256)).one_or_none()


def lines_of(settlement_id: int) -> Sequence[SettlementLine]:
    query = select(SettlementLine).where(SettlementLine.settlement_id == settlement_id)
    return db.session.scalars(query.order_by(SettlementLine.line)).all()


def listed() -> Select[*tuple[Any, ...]]:
    """Return files with what they settled, newest first."""
    line = SettlementLine
    return (
        select(
            Settlement.handle, Settlement.read_at, Staff.name, func.count().label("lines"),
            func.count(line.entry_number).label("settled"), func.sum(line.gross).label("gross"),
            func.sum(line.fee).label("fee"), func.sum(line.net).label("net"),
        )
        .join(line, line.settlement_id == Settlement.id)
        .join(Staff, Staff.id == Settlement.read_by_id)
        .group_by(Settlement.id, Staff.name)
        .order_by(Settlement.id.desc())
    )  # fmt: skip
