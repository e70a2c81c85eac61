"""Offer the blocks of the Today page that Community Court can fill."""

from datetime import date

from flask import url_for
from sqlalchemy import func, select

from diversion.community_court.appearances import queries as appearances
from diversion.community_court.dockets import queries as dockets
from diversion.community_court.mentors import queries as mentors
from diversion.community_court.queues.lists import undated
from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.core.words import _, counted
from diversion.participants.access import visible_to
from diversion.participants.queries import numbers_of
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.filters import clock_time, day
from diversion.web.today import Block, BlockSource, Row, offer

TRACK = Track.COMMUNITY_COURT
SHOWN = 3


def next_docket(staff: Staff) -> Block | None:
    """Return the next sitting: the one next thing."""
    if not staff.may(Permission.DOCKET_READ):
        return None
    today = court_today()
    found = dockets.next_on_or_after(today)
    if found is None:
        return None
    people = len(appearances.lines(found.id, visible_to(staff, TRACK)))
    return Block(
        counted("{hour} · {room} · 1 person", "{hour} · {room} · {count} people", people,
                hour=clock_time(found.starts), room=found.place.name),
        link=url_for("community_court.appearances.show", docket=found.handle),
        lead=_("Next docket · today") if found.held_on == today
        else _("Next docket · {day}", day=day(found.held_on)),
        button=_("Open bench"),
        note=_("Judge {name}", name=found.judge) if found.judge else "",
    )  # fmt: skip


def without_outcome(staff: Staff) -> Block | None:
    """Return lines of past docket days without a result."""
    if not staff.may(Permission.APPEARANCE_RECORD):
        return None
    lines = appearances.without_outcome(court_today(), visible_to(staff, TRACK))
    numbers = numbers_of(TRACK, [line.participant_id for line in lines[:SHOWN]])
    return Block(
        _("No outcome recorded"), len(lines), url_for("community_court.queues.without_outcome"),
        _("See all"),
        tuple(
            Row(numbers[line.participant_id],
                url_for("community_court.appearances.show", docket=line.docket, at=line.handle),
                day(line.held_on), button=_("Record"))
            for line in lines[:SHOWN]
        ),
        urgent=bool(lines),
    )  # fmt: skip


def missed(staff: Staff) -> Block | None:
    """Return who did not appear and waits for the judge's decision."""
    if not staff.may(Permission.APPEARANCE_RECORD):
        return None
    lines = appearances.missed(visible_to(staff, TRACK))
    numbers = numbers_of(TRACK, [line.participant_id for line in lines[:SHOWN]])
    link = url_for("community_court.queues.missed")
    return Block(
        _("Did not appear: judge's decision"), len(lines), link, _("See all"),
        tuple(Row(numbers[line.participant_id], link, day(line.held_on))
              for line in lines[:SHOWN]),
        urgent=bool(lines),
    )  # fmt: skip


def without_date(staff: Staff) -> Block | None:
    """Return who comes to court and has no date."""
    if not staff.may(Permission.DOCKET_MANAGE):
        return None
    statement = undated(visible_to(staff, TRACK), court_today())
    count = db.session.execute(
        select(func.count()).select_from(statement.order_by(None).subquery())
    ).scalar_one()
    rows = db.session.execute(statement.limit(SHOWN))
    return Block(
        _("No next date"), count, url_for("community_court.queues.without_date"), _("See all"),
        tuple(Row(row.number, url_for("community_court.file.show", number=row.number),
                  _("since {day}", day=day(row.entered_on))) for row in rows),
    )  # fmt: skip


def my_people(staff: Staff) -> Block | None:
    """Return the people a mentor walks with: those without a planned contact first."""
    if not staff.may(Permission.CONTACT_OWN):
        return None
    ids = [match.participant_id for match in mentors.people_of(staff.id)]
    numbers, planned = numbers_of(TRACK, ids), mentors.next_planned(ids, court_today())
    order = sorted(ids, key=lambda each: (planned.get(each, date.min), numbers[each]))
    return Block(
        _("My people"), len(ids), url_for("community_court.mentors.mine"), _("See all"),
        tuple(
            Row(numbers[each], url_for("community_court.mentors.log", number=numbers[each]),
                _("next {day}", day=day(planned[each])) if each in planned
                else _("nothing planned"), button=_("Log a contact"))
            for each in order[:SHOWN]
        ),
        note="" if ids else _("No one assigned to you yet."),
    )  # fmt: skip


def offer_blocks() -> None:
    """Put the blocks of this track among the offered ones."""
    offer(BlockSource(_("Next docket"), 10, next_docket, first=True))
    offer(BlockSource(_("No outcome recorded"), 20, without_outcome))
    offer(BlockSource(_("Did not appear"), 30, missed))
    offer(BlockSource(_("No next date"), 40, without_date))
    offer(BlockSource(_("My people"), 50, my_people))
