"""Offer the files that somebody asked for and did not take yet."""

from flask import url_for

from diversion.core import clock
from diversion.core.database import db
from diversion.core.words import _
from diversion.fund.exports.asked import queries, rows
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.today import Block, BlockSource, Row

SHOWN = 5


def files(staff: Staff) -> Block | None:
    """Return the files of a person, those that are still being made too."""
    if not staff.may(Permission.LEDGER_EXPORT):
        return None
    mine = db.session.execute(queries.for_me(staff.id, clock.now()).limit(SHOWN)).all()
    if not mine:
        return None
    return Block(
        title=_("Files you asked for"),
        link=url_for("fund.exports.start"),
        rows=tuple(
            Row(
                rows.kind(file), url_for("fund.asked.show", file=file.handle),
                meta=_("{days} · up to entry {entry}", days=rows.days(file), entry=file.last_entry),
                tag=rows.state(file)[0], tone=rows.state(file)[1],
            )
            for file in mine
        ),
    )  # fmt: skip


SOURCE = BlockSource(_("Files you asked for"), 24, files)
