"""Offer the vouchers that wait to be paid."""

from flask import url_for

from diversion.core.database import db
from diversion.core.words import _
from diversion.fund.vouchers import queries
from diversion.fund.vouchers.rows import line_of
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.today import Block, BlockSource, Row

SHOWN = 3


def to_pay(staff: Staff) -> Block | None:
    """Return the approved vouchers without a check; one statement."""
    if not staff.may(Permission.PAYMENT_MAKE):
        return None
    lines = [line_of(row) for row in db.session.execute(queries.to_pay())]
    if not lines:
        return None
    return Block(
        _("Vouchers to pay"), len(lines), url_for("fund.vouchers.show_all", state="to-pay"),
        rows=tuple(
            Row(
                line.number, url_for("fund.vouchers.show", number=line.number), line.payee,
                tag=str(line.open), tone="plain",
            )
            for line in lines[:SHOWN]
        ),
    )  # fmt: skip


SOURCE = BlockSource(_("Vouchers to pay"), 26, to_pay)
