"""Only full attendance counts, or parts that add up; what is owed is told by module."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from diversion.core.database import db
from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.conditions.queries import explain
from diversion.enrollments.models import Enrollment
from diversion.sbad.attendance import certifying, services
from diversion.sbad.attendance.counting import owed
from diversion.sbad.attendance.parts import Part, counted, still_owed
from diversion.sbad.attendance.rules import Mark, Presence
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.rosters import services as rosters
from diversion.sbad.rosters.models import Registration
from diversion.staff.models import Staff
from tests.factories.sbad import CLASS_DAY, at, coordinator, make_class, make_enrolled

COURSE = frozenset({1, 2, 3})
PARTS = st.lists(st.sets(st.sampled_from(sorted(COURSE))), max_size=6).map(
    lambda days: [Part(str(n), frozenset(day), COURSE) for n, day in enumerate(days)]
)


@given(PARTS)
def test_no_day_counts_without_every_module_and_no_module_is_used_twice(parts: list[Part]) -> None:
    days = counted(parts)
    seen = [sum(module in each.attended for each in parts) for module in sorted(COURSE)]
    assert len(days) <= min(seen)
    assert bool(days) == bool(frozenset().union(*(each.attended for each in parts)) >= COURSE)
    assert {each.day for each in parts if each.is_whole} <= days
    assert all(each.attended for each in parts if each.day in days)


@given(PARTS, st.sampled_from(sorted(COURSE)))
def test_one_more_day_takes_nothing_away(parts: list[Part], module: int) -> None:
    more = [*parts, Part("more", frozenset({module}), COURSE)]
    assert counted(parts) <= counted(more)
    if more[-1].day not in counted(more):
        assert module not in still_owed(more)
        mended = Part("mended", still_owed(more), COURSE)
        assert "mended" in counted([*more, mended])


def test_parts_of_two_courses_do_not_add_up() -> None:
    other = frozenset({3, 4})
    parts = [Part("a", frozenset({1, 2}), COURSE), Part("b", frozenset({3}), other)]
    assert counted(parts) == set()
    assert still_owed(parts) == {4}


@pytest.fixture
def rosa(session: Session) -> Staff:
    return coordinator()


def attend(
    person: Enrollment, week: int, value: Presence, minutes: int | None, by: Staff
) -> tuple[ClassSession, Registration]:
    """Let somebody attend a class in a later week, and finish its roll."""
    day = make_class(by, held_on=CLASS_DAY + timedelta(weeks=week))
    (row,) = rosters.register(day, [person], cleared=(), by=by, now=at(8))
    mark = Mark(f"operation-of-week-{week}", row.handle, value, at(17), minutes=minutes)
    services.record(day, [mark], by=by, on=day.held_on, now=at(18))
    certifying.finish(day, by=by, on=day.held_on, now=at(23))
    return day, row


def done(person: Enrollment) -> int:
    db.session.expire_all()
    return next(each.done for each in explain(person) if each.kind is ConditionKind.CLASS)


def test_a_make_up_completes_what_was_owed_and_a_correction_takes_it_back(rosa: Staff) -> None:
    person = make_enrolled(rosa)
    first, row = attend(person, 0, Presence.LEFT_EARLY, 200, rosa)  # the last two of three modules
    assert done(person) == 0
    assert owed([person.id]) == {person.id: ["Health", "Community"]}
    attend(person, 1, Presence.LATE, 110, rosa)  # the first is missed
    assert done(person) == 1
    assert owed([person.id]) == {person.id: []}
    second = coordinator()
    wrong = Mark("correction-of-week-0", row.handle, Presence.ABSENT, at(20), base_version=1)
    certifying.correct(row, wrong, reason="wrong_person", by=second, now=at(20))
    assert done(person) == 0
    assert owed([person.id]) == {person.id: ["Law"]}
    assert first.held_on < CLASS_DAY + timedelta(weeks=1)
