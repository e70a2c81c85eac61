"""Say each morning which money waits; each count equals the rows behind its link."""

from typing import Any

from flask import url_for
from sqlalchemy import func, select

from diversion.core.database import db
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.fees.accounts.queries import Which, listed
from diversion.participants import access
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.today import Block, BlockSource, Row

MOST = 5


def behind(staff: Staff) -> Block | None:
    """Accounts whose due day has passed."""
    return _accounts(staff, Which.BEHIND, urgent=True)


def owed(staff: Staff) -> Block | None:
    """All accounts with something open, for whoever takes money."""
    return _accounts(staff, Which.OWED, urgent=False)


def _accounts(staff: Staff, which: Which, *, urgent: bool) -> Block | None:
    if not staff.may(Permission.FEE_READ) or not _works_with_money(staff):
        return None
    query = listed(access.visible_to(staff, Track.SBAD), which, on=court_today())
    count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = db.session.execute(query.limit(MOST)).all() if urgent else ()
    title = _("Accounts behind") if urgent else _("Accounts with money owed")
    link = url_for("fees.accounts.show_all", status=which.value)
    return Block(
        title, count, link, _("See all of them"), tuple(_row(row) for row in rows),
        note="" if count else _("No account is behind.") if urgent else _("Nobody owes anything."),
        urgent=urgent and count > 0, button=_("Take a payment") if _takes(staff) else None,
    )  # fmt: skip


def _row(row: Any) -> Row:
    account = url_for("fees.accounts.show", number=row.number)
    return Row(row.number, account, _("due {day}", day=f"{row.due_on:%m/%d/%Y}"),
               tag=str(Money(int(row.cents))), tone="warn")  # fmt: skip


def _takes(staff: Staff) -> bool:
    return staff.may(Permission.RECEIPT_TAKE)


def _works_with_money(staff: Staff) -> bool:
    return _takes(staff) or staff.may(Permission.RECEIPT_VOID)


SOURCES = (
    BlockSource(_("Accounts with money owed"), 30, owed),
    BlockSource(_("Accounts behind"), 31, behind),
)
