"""Say each morning which money waits; each count equals the rows behind its link."""

from typing import Any

from flask import url_for
from sqlalchemy import func, select

from diversion.core.database import db
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.fees.accounts.queries import Which, listed
from diversion.fees.aging.only_money import only_money
from diversion.fees.assessments.queries import uncharged
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


def only_money_left(staff: Staff) -> Block | None:
    """People of whom only money is still asked: a worksheet or a plan is one step away."""
    if not _changes_fees(staff):
        return None
    found = only_money(access.visible_to(staff, Track.SBAD))
    rows = tuple(
        Row(each.number, url_for("fees.accounts.show", number=each.number),
            _("In a plan") if each.in_plan else _("No plan yet"), tag=str(each.owed),
            tone="plain" if each.in_plan else "warn")
        for each in found[:MOST]
    )  # fmt: skip
    return Block(
        _("Only money left"), len(found), url_for("fees.aging.left"), _("See all of them"), rows,
        note="" if found else _("Nobody waits for money alone."),
    )  # fmt: skip


def not_charged(staff: Staff) -> Block | None:
    """People who began and whom nobody charged, though their terms have a fee."""
    if not _changes_fees(staff):
        return None
    query = uncharged(access.visible_to(staff, Track.SBAD))
    count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    if not count:
        return None
    rows = tuple(
        Row(row.number, url_for("fees.assessments.charge", number=row.number),
            _("Since {day}", day=f"{row.entered_on:%m/%d/%Y}"), tag=str(row.fee),
            tone="warn", button=_("Charge"))
        for row in db.session.execute(query.limit(MOST))
    )  # fmt: skip
    link = url_for("fees.accounts.show_all", status=Which.UNCHARGED.value)
    return Block(_("Not charged yet"), count, link, _("See all of them"), rows)


def _changes_fees(staff: Staff) -> bool:
    return staff.may(Permission.FEE_CHANGE) and not _works_with_money(staff)


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
    BlockSource(_("Only money left"), 32, only_money_left),
    BlockSource(_("Not charged yet"), 33, not_charged),
)
