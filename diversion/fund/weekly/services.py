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
from diversion.ledger import exceptions, office
from diversion.ledger import queries as ledger
from diversion.ledger import services as books
from diversion.ledger.extracts import Range
from diversion.staff.models import Staff


def weeks(monday: date, count: int = 1) -> list[rules.Week]:
    """Return weeks from a Monday on, oldest first; the statements don't grow with them."""
    last = monday + count * rules.WEEK - date.resolution
    wanted = Range(monday, last, ledger.head().number)
    lines, hands = _by_week(exceptions.between(wanted)), dict[date, set[int]]()
    spans = office.spans(office.switches()) if wanted.up_to else []
    for day, who in exceptions.hands(wanted) if spans else ():
        hands.setdefault(rules.monday_of(day), set()).add(who)
    signed = signatures(monday, last)
    return [
        rules.Week(
            day, lines.get(day, ()), [each for each in signed if each.monday == day],
            rules.is_small(day, spans), frozenset(hands.get(day, ())),
        )
        for day in (monday + n * rules.WEEK for n in range(count))
    ]  # fmt: skip


def _by_week(lines: Sequence[Any]) -> dict[date, list[Any]]:
    found: dict[date, list[Any]] = {}
    for line in lines:
        found.setdefault(rules.monday_of(line.effective_on), []).append(line)
    return found


def week(monday: date) -> rules.Week:
    return weeks(monday)[0]


def signatures(first: date, last: date) -> Sequence[WeekSignature]:
    """Return the signatures under the weeks that begin between two days."""
    query = select(WeekSignature).where(WeekSignature.monday.between(first, last))
    return db.session.scalars(query.order_by(WeekSignature.id)).all()


def sign(monday: date, *, by: Staff, on: date, now: datetime) -> WeekSignature:
    """Sign a week, up to the last entry. Raises NotOver, OwnHands, NothingToSign."""
    books.hold()
    week(monday).check(by.id, on)
    head = ledger.head()
    made = WeekSignature(
        monday=monday, last_entry=head.number, chain_hash=head.hash, signed_by_id=by.id,
        signed_on=on, signed_at=now,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    record(Act.WEEK_SIGNED, f"week:{monday}", by=by, last_entry=made.last_entry)
    return made


def unsigned_of(number: int, first: date, last: date) -> list[int]:
    """Return the exceptions of a period that no second person signed in their week."""
    signed = signatures(rules.monday_of(first), last)
    return rules.unsigned(exceptions.exceptions(number), signed)


def of_the_mode(first: date, last: date) -> list[rules.Week]:
    """Return the weeks of small-office mode that end between two days."""
    mondays = rules.ending_within(first, last)
    found = weeks(mondays[0], len(mondays)) if mondays else []
    return [each for each in found if each.small]
