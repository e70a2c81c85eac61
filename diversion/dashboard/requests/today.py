"""Offer what waits for a second person's decision."""

from flask import url_for

from diversion.core.words import _
from diversion.dashboard.requests.rows import rows
from diversion.staff.approvals import queries
from diversion.staff.models import Staff
from diversion.web.today import Block, BlockSource, Row

SHOWN = 3


def to_decide(staff: Staff) -> Block | None:
    """Return the requests that this person may decide."""
    found = queries.waiting_for(staff)
    if not found:
        return None
    return Block(
        _("Requests to decide"), len(found), url_for("dashboard.requests.waiting"),
        rows=tuple(
            Row(each.title, each.link, each.asker, tag=str(each.amount), tone="plain")
            for each in rows(found[:SHOWN])
        ),
        urgent=True,
    )  # fmt: skip


SOURCE = BlockSource(_("Requests to decide"), 25, to_decide, first=True)
