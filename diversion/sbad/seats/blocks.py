"""Tell the office on Today who lost a seat, and for whom no seat is left in time."""

from flask import url_for

from diversion.core import clock
from diversion.core.words import Sentence, _
from diversion.sbad.seats import people, queries
from diversion.sbad.seats.people import Asked
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.calendar import at_court, court_today
from diversion.web.today import Block, BlockSource, offer


def no_seat_in_time(staff: Staff) -> Block | None:
    """People who can't be in a class before their diversion ends, as things stand today."""
    if not staff.may(Permission.REGISTRATION_MANAGE):
        return None
    days = queries.to_come(at_court(clock.now()))
    _people, danger, _again = people.survey(days, by=staff, on=court_today())
    return _block(Asked.DANGER, len(danger), _("Add seats, open a class, or move the last day."))


def to_rebook(staff: Staff) -> Block | None:
    """People whose class was called off, or who were excused, absent, or there in part."""
    if not staff.may(Permission.REGISTRATION_MANAGE):
        return None
    days = queries.to_come(at_court(clock.now()))
    _people, _danger, again = people.survey(days, by=staff, on=court_today())
    return _block(Asked.AGAIN, len(again), _("Nobody has lost the right to the class."))


def _block(asked: Asked, count: int, note: Sentence) -> Block | None:
    if not count:
        return None
    link = url_for("sbad.seats.show", show=asked.value)
    is_urgent = asked is Asked.DANGER
    return Block(title=asked.words, count=count, link=link, note=note, urgent=is_urgent)


def offer_seats() -> None:
    """Put the blocks of this room among the offered ones."""
    offer(BlockSource(_("No seat in time"), 17, no_seat_in_time))
    offer(BlockSource(_("To rebook"), 22, to_rebook))
