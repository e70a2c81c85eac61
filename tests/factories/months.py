"""Live through a month of the books, and close it."""

from datetime import UTC, date, datetime
from itertools import count

from diversion.core.database import db
from diversion.core.money import Money
from diversion.fund.periods import early, services
from diversion.fund.periods.models import PeriodSnapshot
from diversion.fund.periods.outcome import Asked
from diversion.ledger import periods
from diversion.ledger import services as books
from diversion.ledger.commands import Command, Line, Tender, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.models import Earmark
from diversion.ledger.services import Posted
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.staff import make_staff

OCTOBER, TODAY = date(2026, 10, 15), date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
_keys = count(1)


def two_people() -> tuple[Staff, Staff]:
    """Make two who keep the books, for row rules hold between them."""
    return (
        make_staff(Role.FINANCE_APPROVER, name="Harriet Moss"),
        make_staff(Role.FINANCE_APPROVER, name="Quin Abara"),
    )


def post(event: Event, *lines: Line, by: int = 9_000_900, on: date = OCTOBER,
         approved_by: int | None = None, tender: Tender | None = None) -> Posted:  # fmt: skip
    key = f"month-{next(_keys)}"
    return books.post(
        Command(event, lines, tender=tender),
        key=key,
        by=by,
        approved_by=approved_by,
        on=on,
        now=NOW,
    )


def back(number: int, *, by: int = 9_000_900, on: date = OCTOBER) -> Posted:
    """Turn an entry back."""
    key = f"month-{next(_keys)}"
    return books.reverse(number, key=key, by=by, approved_by=9_000_901, on=on, now=NOW)


def charge(cents: int = 2_500, *, on: date = OCTOBER) -> Posted:
    """Let somebody owe a fee: an entry that moves no cash."""
    fee = Money(cents)
    return post(Event.ASSESS, debit(1200, fee, 31), credit(2500, fee, 31), on=on)


def interest(cents: int = 2_500, *, on: date = OCTOBER) -> Posted:
    """Let the treasurer pay interest, which a statement must show."""
    return post(Event.INTEREST, debit(1020, Money(cents)), credit(4200, Money(cents)), on=on)


def asked(number: int = 202610, *, today: date = TODAY, year_starts: int = 7) -> Asked:
    return Asked(periods.month(number), today, year_starts)


def close(number: int, closer: Staff, signer: Staff, *, year_starts: int = 7) -> PeriodSnapshot:
    """Sign and close a month whose list is otherwise done."""
    wanted = asked(number, year_starts=year_starts)
    services.sign(wanted, by=signer, now=NOW)
    return services.close(wanted, by=closer, now=NOW)


def close_what_was_before(closer: Staff, signer: Staff) -> PeriodSnapshot:
    """Sign and close the time before the books; nothing can be brought over any more."""
    wanted = early.asked(TODAY, 7)
    services.sign(wanted, by=signer, now=NOW)
    return early.close(wanted, by=closer, now=NOW)


def earmark(number: int, name: str) -> None:
    """Bind money to a purpose."""
    db.session.add(Earmark(number=number, name=name))
    db.session.flush()
