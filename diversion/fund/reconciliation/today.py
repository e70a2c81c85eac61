"""Offer what bank and books do not agree on, and the lines that nobody explained yet."""

from flask import url_for

from diversion.core.words import _
from diversion.fund.reconciliation import queries
from diversion.fund.reconciliation.figures import AGES, figures
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.filters import day
from diversion.web.today import Block, BlockSource, Row

SHOWN = 3
NAMES = (_("Up to 30 days"), _("31 to 60 days"), _("61 to 90 days"), _("Over 90 days"))


def unexplained(staff: Staff) -> Block | None:
    """Return the one number of the bank, by age; nothing where bank and books agree."""
    found = figures() if staff.may(Permission.BANK_RECONCILE) else None
    if found is None or not found.unexplained:
        return None
    today = court_today()
    ages = found.by_age(today)
    return Block(
        title=_("Unexplained between bank and books"),
        link=url_for("fund.bank.start"),
        note=str(found.unexplained),
        rows=tuple(
            Row(name, tag=str(amount), tone="plain")
            for name, amount in zip(NAMES, ages, strict=True)
            if amount
        ),
        urgent=any((today - on).days > AGES[0] for on, _amount in found.dated()),
    )


def lines(staff: Staff) -> Block | None:
    """Return the lines of statements that are explained by nothing, the oldest first."""
    found = figures() if staff.may(Permission.BANK_RECONCILE) else None
    standing = queries.standings() if found else {}
    open_ = [line for line in found.open_lines if line.id not in standing] if found else []
    if not open_:
        return None
    return Block(
        title=_("Lines of the bank to explain"),
        count=len(open_),
        link=url_for("fund.bank.start"),
        rows=tuple(
            Row(
                line.words,
                url_for("fund.matching.line", handle=line.handle),
                meta=day(line.happened_on),
                tag=str(line.amount),
                tone="plain",
            )
            for line in open_[:SHOWN]
        ),
    )


UNEXPLAINED = BlockSource(_("Unexplained at the bank"), 27, unexplained)
LINES = BlockSource(_("Lines of the bank"), 28, lines)
