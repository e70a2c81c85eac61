"""Let a second person sign the exceptions of a week."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.fund.weekly import rules
from diversion.fund.weekly.models import WeekSignature
from diversion.ledger import exceptions
from diversion.ledger import queries as ledger
from diversion.ledger import services as books
from diversion.ledger.extracts import Range
from diversion.staff.models import Staff


def lines_of(monday: date, weeks: int = 1) -> Sequence[Any]:
    """Return the exceptions of weeks from a Monday on, oldest first."""
    last = monday + weeks * rules.WEEK - date.resolution
    return exceptions.between(Range(monday, last, ledger.head().number))


def signatures(first: date, last: date) -> Sequence[WeekSignature]:
    """Return the signatures under the weeks that begin between two days."""
    query = select(WeekSignature).where(WeekSignature.monday.between(first, last))
    return db.session.scalars(query.order_by(WeekSignature.id)).all()


def sign(monday: date, *, by: Staff, now: datetime) -> WeekSignature:
    """Sign a week, up to the last entry. Raises NothingToSign."""
    books.hold()
    lines = lines_of(monday)
    rules.check_may_sign(lines, rules.unsigned(lines, signatures(monday, monday)), by.id)
    made = WeekSignature(
        monday=monday, last_entry=ledger.head().number, signed_by_id=by.id, signed_at=now
    )
    db.session.add(made)
    db.session.flush()
    record(Act.WEEK_SIGNED, f"week:{monday}", by=by, last_entry=made.last_entry)
    return made


def unsigned_of(number: int, first: date, last: date) -> list[int]:
    """Return the exceptions of a period that no second person signed in their week."""
    signed = signatures(rules.monday_of(first), last)
    return rules.unsigned(exceptions.exceptions(number), signed)
