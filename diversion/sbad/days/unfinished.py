"""Say which classes are over and still have a roll to finish."""

from flask import url_for

from diversion.core import clock
from diversion.core.database import db
from diversion.core.words import _
from diversion.sbad.attendance import queries as marks
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.rosters import days
from diversion.sbad.rosters import queries as rosters
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.calendar import at_court
from diversion.web.filters import day
from diversion.web.today import Block, Row

SHOW = "unfinished"  # of the list of classes
AT_MOST = 4


def rolls_to_finish(staff: Staff) -> Block | None:
    """Classes of earlier days whose roll nobody finished: the instructor's own, or all."""
    ids = to_finish(staff)
    if not ids:
        return None
    shown = ids[:AT_MOST]
    found, seats, marked = classes.sessions(shown), rosters.seats(shown), marks.marked(shown)
    return Block(
        title=_("Rolls to finish"),
        count=len(ids),
        link=url_for("sbad.days.listing", show=SHOW),
        rows=tuple(_row(found[each], seats[each][0], marked.get(each, 0)) for each in shown),
        urgent=True,
    )


def to_finish(staff: Staff) -> list[int]:
    """Return the ids of the class days whose roll waits to be finished by this person."""
    if not staff.may(Permission.ROLL_FINISH):
        return []
    return list(db.session.scalars(days.to_finish(staff, at_court(clock.now()).date())))


def _row(session: ClassSession, people: int, marked: int) -> Row:
    return Row(
        day(session.held_on),
        url_for("sbad.attendance.show", handle=session.handle),
        _("{marked} of {people} marked", marked=marked, people=people),
    )
