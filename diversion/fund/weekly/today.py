"""Offer the weeks of a small office that wait for their second person."""

from flask import url_for

from diversion.core.words import _
from diversion.fund.weekly import rules, services
from diversion.ledger import office
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.filters import day
from diversion.web.today import Block, BlockSource, Row

LOOK_BACK = 13  # weeks: a quarter
SHOWN = 3


def to_sign(staff: Staff) -> Block | None:
    """Return the weeks that are over and unsigned, the oldest first."""
    if not staff.may(Permission.BOOKS_KEEP) or not office.switches():
        return None
    first = rules.monday_of(court_today()) - LOOK_BACK * rules.WEEK
    left = [w for w in services.weeks(first, LOOK_BACK) if w.small and not w.is_signed]
    if not left:
        return None
    return Block(
        title=_("Weeks to sign"),
        count=len(left),
        link=url_for("fund.weekly.start"),
        rows=tuple(
            Row(
                _("Week of {day}", day=day(week.monday)),
                url_for("fund.weekly.show", week=week.monday.isoformat()),
            )
            for week in left[:SHOWN]
        ),
    )


SOURCE = BlockSource(_("Weeks of the small office to sign"), 51, to_sign)
