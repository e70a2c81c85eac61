"""Say what waits for coordinators and instructors of the classes, for their Today page."""

from datetime import date

from flask import url_for

from diversion.core import clock
from diversion.core.tracks import Track
from diversion.core.words import Sentence, _, counted
from diversion.participants.access import visible_to
from diversion.sbad.attendance import queries as marks
from diversion.sbad.attendance import rules
from diversion.sbad.attendance.rules import BLANK
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.days.unfinished import rolls_to_finish
from diversion.sbad.rosters import days, walk_in_queries
from diversion.sbad.rosters import queries as rosters
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.calendar import at_court, court_today
from diversion.web.filters import clock_time, day
from diversion.web.today import Block, BlockSource, Row


def next_class(staff: Staff) -> Block | None:
    """The class of today with its roll one tap away, else the next one to come."""
    if not staff.may(Permission.ATTENDANCE_MARK):
        return None
    today = court_today()
    session = classes.next_class(staff, today)
    return _class_block(session, today) if session else None


def _class_block(session: ClassSession, today: date) -> Block:
    seats = rosters.roster(session.id)
    standing = marks.current(session.id)
    found = rules.tally(standing.get(seat.id, BLANK).value for seat in seats)
    spanish = sum(seat.language == "es" for seat in seats)
    is_today = session.held_on == today
    endpoint = "sbad.attendance.show" if is_today else "sbad.days.show"
    facts = [counted("1 person", "{count} people", len(seats))]
    if found.excused:
        facts.append(_("{count} excused ahead", count=found.excused))
    if spanish:
        facts.append(_("{count} Spanish", count=spanish))
    return Block(
        title=_hours(session),
        lead=_("Your class today")
        if is_today
        else _("Your next class, {day}", day=day(session.held_on)),
        link=url_for(endpoint, handle=session.handle),
        button=_button(is_today, session.state is ClassState.IN_PROGRESS),
        rows=tuple(Row(fact) for fact in facts),
    )


def _hours(session: ClassSession) -> Sentence:
    room = session.place.name if session.place else ""
    hours: dict[str, object] = {
        "from": clock_time(session.starts), "to": clock_time(session.ends), "room": room,
    }  # fmt: skip
    return Sentence("{from}–{to} · {room}" if room else "{from}–{to}", hours)


def _button(is_today: bool, is_begun: bool) -> Sentence:
    if not is_today:
        return _("Open the class")
    return _("Go on with the roll call") if is_begun else _("Start roll call")


def without_class(staff: Staff) -> Block | None:
    """People who need the class and have no seat in one to come."""
    if not staff.may(Permission.REGISTRATION_MANAGE):
        return None
    count = rosters.count_without_class(visible_to(staff, Track.SBAD))
    if not count:
        return None
    open_day = days.next_open(at_court(clock.now()))
    if open_day is None:
        return Block(
            title=_("No seat yet"), count=count, link=url_for("sbad.classes.new"),
            link_text=_("Plan a class"), note=_("No class to come has a seat left."),
        )  # fmt: skip
    return Block(
        title=_("No seat yet"), count=count,
        link=url_for("sbad.rosters.add", handle=open_day.handle), link_text=_("Register them"),
        note=_("Next class with a seat: {day}", day=day(open_day.held_on)),
    )  # fmt: skip


def walk_ins(staff: Staff) -> Block | None:
    """People who came without a registration and wait for clearance."""
    if not staff.may(Permission.REGISTRATION_MANAGE):
        return None
    found = walk_in_queries.walk_ins_by_class()
    rows = tuple(
        Row(
            day(held_on),
            url_for("sbad.days.show", handle=handle),
            counted("1 person", "{count} people", n),
        )
        for handle, held_on, n in found
    )
    count = sum(n for _handle, _held_on, n in found)
    return Block(title=_("Walk-ins to clear"), count=count, rows=rows) if rows else None


SOURCES = (
    BlockSource(_("Your next class"), 10, next_class, first=True),
    BlockSource(_("Rolls to finish"), 15, rolls_to_finish),
    BlockSource(_("No seat yet"), 20, without_class),
    BlockSource(_("Walk-ins to clear"), 25, walk_ins),
)
