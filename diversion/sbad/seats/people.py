"""Lay out the people who still need a seat: why, until when, where they wait."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.core.words import Worded, _
from diversion.enrollments.models import Enrollment
from diversion.fees.clearance import cleared
from diversion.participants import access
from diversion.participants.models import Participant
from diversion.sbad.attendance.counting import owed
from diversion.sbad.attendance.rules import IN_THE_ROOM, Presence
from diversion.sbad.classes.models import ClassState
from diversion.sbad.seats import queries
from diversion.sbad.seats.queries import Day
from diversion.sbad.seats.rules import Danger, Wanting, Why, in_danger
from diversion.staff.models import Staff

AT_ONCE = 200


class Asked(Worded):
    """Which people the list shows."""

    ALL = "all", _("Everyone without a seat")
    AGAIN = "again", _("To rebook")
    DANGER = "danger", _("No seat in time")

    @classmethod
    def of(cls, text: str) -> "Asked":
        return cls(text) if text in set(cls) else cls.ALL


@dataclass(frozen=True)
class Line:
    """Someone who needs a seat. The enrollment's handle stands for them in a form."""

    handle: str
    number: str
    name: str
    language: str
    is_cleared: bool
    why: Why
    last_on: date | None
    until: date | None
    seat_on: date | None
    waits_on: date | None
    danger: Danger | None
    owes: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """The people of the list, and how many each choice has."""

    lines: list[Line]
    counts: dict[Asked, int]


def chosen(asked: Asked, days: list[Day], *, by: Staff, on: date, number: str = "") -> Found:
    """Return who still needs a seat, whose last day is first. Inside `with reading():`.

    With the `number` of a participant only that one, if among them.
    """
    people, danger, again = survey(days, by=by, on=on)
    without = {key for key, each in people.items() if each.seat_on is None}
    ids = {Asked.ALL: without, Asked.AGAIN: again, Asked.DANGER: set(danger)}
    shown = ids[asked] & _of(number) if number else ids[asked]
    return Found(
        _lines(shown, people, danger, by=by), {key: len(each) for key, each in ids.items()}
    )


def _of(number: str) -> set[int]:
    query = select(Enrollment.id).join(Participant, Participant.id == Enrollment.participant_id)
    return set(
        db.session.scalars(
            query.where(Participant.number == number, Participant.track == Track.SBAD)
        )
    )


def survey(
    days: list[Day], *, by: Staff, on: date
) -> tuple[dict[int, Wanting], dict[int, Danger], set[int]]:
    """Return who needs the class, who of them is in danger, and who needs it once more."""
    within = access.visible_to(by, Track.SBAD)
    people = {each.enrollment_id: each for each in queries.wanting(within)}
    danger = in_danger(people.values(), queries.free(days), on)
    return people, danger, set(db.session.scalars(queries.again(within)))


def _lines(
    ids: set[int], people: dict[int, Wanting], danger: dict[int, Danger], *, by: Staff
) -> list[Line]:
    order = sorted(ids, key=lambda each: (people[each].until or date.max, each))[:AT_ONCE]
    rows = {
        row.id: row
        for row in db.session.execute(
            select(Enrollment.id, Enrollment.handle, Enrollment.participant_id,
                   Participant.number, Participant.language)
            .join(Participant, Participant.id == Enrollment.participant_id)
            .where(Participant.track == Track.SBAD, Enrollment.id.in_(order))
        )
    }  # fmt: skip
    theirs = [row.participant_id for row in rows.values()]
    names = access.open_names(
        theirs, Track.SBAD, by=by, why=Act.NAMES_SHOWN, about="list:seats"
    )  # fmt: skip
    ready = cleared(theirs) if theirs else set()
    last, waits = queries.last_days(order), queries.lines_of(order)
    reasons = {each: _why(last.get(each)) for each in order}
    owes = owed([each for each in order if reasons[each] is Why.PART])
    took = {each for each, modules in owes.items() if not modules}
    return [
        Line(
            handle=row.handle, number=row.number, name=names[row.participant_id].shown,
            language=row.language, is_cleared=row.participant_id in ready,
            why=Why.ANOTHER if each in took else reasons[each],
            last_on=last[each][0] if each in last else None,
            until=people[each].until, seat_on=people[each].seat_on, waits_on=waits.get(each),
            danger=danger.get(each), owes=tuple(owes.get(each, ())),
        )
        for each in order
        for row in [rows[each]]
        if row.participant_id in names
    ]  # fmt: skip


def _why(last: queries.LastDay | None) -> Why:
    if last is None:
        return Why.NEVER
    _held_on, state, mark = last
    if state is ClassState.CANCELLED:
        return Why.CALLED_OFF
    if mark.value is Presence.EXCUSED:
        return Why.EXCUSED
    return Why.PART if mark.value in IN_THE_ROOM else Why.ABSENT
