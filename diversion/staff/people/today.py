"""Offer administrators what waits for them: roles to confirm, accounts to release."""

from flask import url_for

from diversion.core.words import _
from diversion.staff.models import Staff
from diversion.staff.people import queries
from diversion.staff.people.words import ROLE_NAMES
from diversion.staff.permissions import Permission
from diversion.web.today import Block, BlockSource, Row, offer

SHOWN = 3


def to_confirm(staff: Staff) -> Block | None:
    """Return what another administrator asked for and this one may confirm."""
    if not staff.may(Permission.STAFF_MANAGE):
        return None
    found = [each for each in queries.waiting() if each.is_for(staff)]
    return Block(
        _("Waits for you to confirm"), len(found), url_for("staff.people.index"), _("See all"),
        tuple(
            Row(each.name, url_for("staff.people.show", handle=each.handle),
                ROLE_NAMES[each.role] if each.role else _("new second step"))
            for each in found[:SHOWN]
        ),
        urgent=bool(found),
    )  # fmt: skip


def locked(staff: Staff) -> Block | None:
    """Return the accounts that were locked after wrong passwords or codes."""
    if not staff.may(Permission.STAFF_MANAGE):
        return None
    found = queries.locked()
    return Block(
        _("Locked accounts"), len(found), url_for("staff.people.index", state="locked"),
        _("See all"),
        tuple(
            Row(each.name, url_for("staff.people.show", handle=each.handle))
            for each in found[:SHOWN]
        ),
        urgent=bool(found),
    )  # fmt: skip


def offer_blocks() -> None:
    """Put the blocks of administrators among the offered ones."""
    offer(BlockSource(_("Waits for you to confirm"), 20, to_confirm))
    offer(BlockSource(_("Locked accounts"), 30, locked))
