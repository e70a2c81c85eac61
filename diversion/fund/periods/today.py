"""Offer the months that are over and not closed."""

from flask import url_for

from diversion.core.words import _
from diversion.fund.periods.rows import STATES
from diversion.ledger import periods
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.filters import month_name
from diversion.web.today import Block, Row

SHOWN = 3


def to_close(staff: Staff) -> Block | None:
    """Return the months that wait to be closed, oldest first."""
    if not staff.may(Permission.BOOKS_KEEP):
        return None
    over = [m for m in periods.months() if m.last < court_today() and not m.is_closed][::-1]
    if not over:
        return None
    return Block(
        title=_("Months to close"),
        count=len(over),
        link=url_for("fund.periods.start"),
        rows=tuple(
            Row(
                month_name(month.first), url_for("fund.periods.show", month=month.name),
                tag=STATES[month.state][0], tone=STATES[month.state][1],
            )
            for month in over[:SHOWN]
        ),
    )  # fmt: skip
