"""Marks are added one after the other; none is lost, none is doubled, and a day counts once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from diversion.core.errors import NotYours
from diversion.core.handles import new_handle
from diversion.core.once import KeyUsedOtherwise
from diversion.enrollments.conditions.models import ConditionKind
from diversion.enrollments.conditions.queries import explain
from diversion.enrollments.models import Enrollment
from diversion.sbad.attendance import certifying, forms, queries, rules, services
from diversion.sbad.attendance.marks import ClassToCome, RollFinished
from diversion.sbad.attendance.models import AttendanceMark
from diversion.sbad.attendance.rules import BLANK, Current, Mark, Presence
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.rosters import services as rosters
from diversion.sbad.rosters.models import Registration
from diversion.staff.models import Staff
from tests.factories.sbad import (
    CLASS_DAY,
    at,
    coordinator,
    instructor,
    make_class,
    make_registered,
    make_roster,
)

LENGTHS = (120, 120, 120)


def mark(row: Registration, value: Presence = Presence.HERE, **more: object) -> Mark:
    made = Mark(new_handle(), row.handle, value, at(17))
    return replace(made, **more)  # type: ignore[arg-type]


def take(session: ClassSession, by: Staff, *marks: Mark) -> list[services.Answer]:
    return services.record(session, marks, by=by, on=CLASS_DAY, now=at(18))


@pytest.fixture
def teacher(session: Session) -> Staff:
    return instructor()


@pytest.fixture
def coordinator_(session: Session) -> Staff:
    return coordinator()


@pytest.fixture
def class_day(session: Session, teacher: Staff, coordinator_: Staff) -> ClassSession:
    return make_class(coordinator_, instructors=[teacher])


@pytest.fixture
def roll(class_day: ClassSession, coordinator_: Staff) -> list[Registration]:
    return make_roster(class_day, coordinator_, 3)


def standing(row: Registration) -> Presence:
    return queries.current_one(row.id).value


def test_two_marks_that_differ_refuse_the_end_and_say_how_many(
    class_day: ClassSession, roll: list[Registration], teacher: Staff, coordinator_: Staff
) -> None:
    take(class_day, teacher, *(mark(row) for row in roll))
    take(class_day, coordinator_, mark(roll[0], Presence.ABSENT))
    with pytest.raises(certifying.Differing) as no:
        certifying.finish(class_day, by=teacher, on=CLASS_DAY, now=at(18))
    assert no.value.registrations == (roll[0].handle,)
    assert "For one person two marks differ" in str(no.value)
    assert not class_day.is_over


def test_the_latest_mark_is_the_present_one_and_the_earlier_stays(
    class_day: ClassSession, roll: list[Registration], teacher: Staff
) -> None:
    take(class_day, teacher, mark(roll[0], Presence.ABSENT))
    take(class_day, teacher, mark(roll[0], Presence.LATE, base_version=1, marked_at=at(18)))
    assert standing(roll[0]) is Presence.LATE
    assert [said.value for said in queries.history(roll[0].id)] == [
        Presence.LATE, Presence.ABSENT,
    ]  # fmt: skip
    assert class_day.state is ClassState.IN_PROGRESS


def test_an_operation_that_arrives_again_changes_nothing_and_gets_its_answer_le_03(
    class_day: ClassSession, roll: list[Registration], teacher: Staff
) -> None:
    sent = mark(roll[0], Presence.ABSENT)
    first = take(class_day, teacher, sent)
    assert take(class_day, teacher, sent, sent) == first * 2
    assert queries.versions(roll[0].id) == 1
    with pytest.raises(KeyUsedOtherwise):
        take(class_day, teacher, replace(sent, value=Presence.HERE))


def test_a_retry_that_comes_late_does_not_win_over_a_later_mark_of_its_device(
    class_day: ClassSession, roll: list[Registration], teacher: Staff
) -> None:
    early = mark(roll[0], Presence.ABSENT, device="a", marked_at=at(17))
    later = mark(roll[0], Presence.HERE, device="a", marked_at=at(17, 5))
    take(class_day, teacher, later)
    take(class_day, teacher, early)
    assert standing(roll[0]) is Presence.HERE
    assert queries.versions(roll[0].id) == 2


def test_two_people_who_disagree_are_both_kept_and_shown(
    class_day: ClassSession, roll: list[Registration], teacher: Staff, coordinator_: Staff
) -> None:
    take(class_day, teacher, mark(roll[0], Presence.HERE, device="a"))
    (answer,) = take(class_day, coordinator_, mark(roll[0], Presence.ABSENT, device="b"))
    assert answer.current.is_conflict
    assert [said.value for said in queries.history(roll[0].id)] == [
        Presence.ABSENT, Presence.HERE,
    ]  # fmt: skip
    (answer,) = take(class_day, teacher, mark(roll[0], Presence.HERE, device="a", base_version=2))
    assert not answer.current.is_conflict


def test_the_rest_here_fills_only_blanks_and_can_be_undone(
    class_day: ClassSession, roll: list[Registration], teacher: Staff, coordinator_: Staff
) -> None:
    services.excuse_ahead(roll[1], "excuse-ahead-op", by=coordinator_, now=at(1))
    take(class_day, teacher, mark(roll[0], Presence.ABSENT))
    assert services.mark_rest(class_day, "batch", by=teacher, on=CLASS_DAY, now=at(18)) == 1
    assert [standing(row) for row in roll] == [Presence.ABSENT, Presence.EXCUSED, Presence.HERE]
    assert services.mark_rest(class_day, "batch", by=teacher, on=CLASS_DAY, now=at(18)) == 0
    assert services.undo_batch(class_day, "batch", by=teacher, on=CLASS_DAY, now=at(18)) == 1
    assert [standing(row) for row in roll] == [
        Presence.ABSENT, Presence.EXCUSED, Presence.UNMARKED,
    ]  # fmt: skip


def test_undo_leaves_what_was_marked_anew(
    class_day: ClassSession, roll: list[Registration], teacher: Staff
) -> None:
    services.mark_rest(class_day, "batch", by=teacher, on=CLASS_DAY, now=at(17))
    take(class_day, teacher, mark(roll[0], Presence.LATE, base_version=1, marked_at=at(18)))
    assert services.undo_batch(class_day, "batch", by=teacher, on=CLASS_DAY, now=at(18)) == 2
    assert standing(roll[0]) is Presence.LATE


def test_blanks_refuse_the_end_of_a_class_and_are_named(
    class_day: ClassSession, roll: list[Registration], teacher: Staff
) -> None:
    take(class_day, teacher, mark(roll[0]))
    with pytest.raises(certifying.Blanks) as caught:
        certifying.finish(class_day, by=teacher, on=CLASS_DAY, now=at(23))
    assert set(caught.value.registrations) == {roll[1].handle, roll[2].handle}


def test_an_empty_roll_is_not_finished(class_day: ClassSession, teacher: Staff) -> None:
    with pytest.raises(certifying.NobodyThere):
        certifying.finish(class_day, by=teacher, on=CLASS_DAY, now=at(23))


def class_done(session: Session, row: Registration) -> bool:
    enrollment = session.get_one(Enrollment, row.enrollment_id)
    return all(each.met for each in explain(enrollment) if each.kind is ConditionKind.CLASS)


def test_completion_follows_from_the_marks(
    session: Session, class_day: ClassSession, roll: list[Registration], teacher: Staff
) -> None:
    take(
        class_day, teacher, mark(roll[0]), mark(roll[1], Presence.LATE, minutes=130),
        mark(roll[2], Presence.ABSENT),
    )  # fmt: skip
    done = certifying.finish(class_day, by=teacher, on=CLASS_DAY, now=at(23))
    assert (done.people, class_day.state) == (3, ClassState.CERTIFIED)
    assert [class_done(session, row) for row in roll] == [True, False, False]
    assert certifying.finish(class_day, by=teacher, on=CLASS_DAY, now=at(23)) is done


def test_a_page_without_its_key_is_no_roll() -> None:
    assert forms.from_page({"op": "k" * 24, "seen": ""}, at(17)) == []
    with pytest.raises(forms.NotMarks):
        forms.from_page({"op": "", "seen": ""}, at(17))


def test_a_finished_roll_is_changed_only_by_a_correction_of_someone_else(
    session: Session, class_day: ClassSession, roll: list[Registration], teacher: Staff,
    coordinator_: Staff,
) -> None:  # fmt: skip
    services.mark_rest(class_day, "batch", by=teacher, on=CLASS_DAY, now=at(17))
    wrong = mark(roll[0], Presence.ABSENT)
    with pytest.raises(certifying.NotFinished):
        certifying.correct(roll[0], wrong, reason="mistyped", by=coordinator_, now=at(22))
    certifying.finish(class_day, by=teacher, on=CLASS_DAY, now=at(23))
    with pytest.raises(certifying.NotFinished):  # never without a reason
        certifying.correct(roll[0], wrong, reason="", by=coordinator_, now=at(23))
    for act in (
        lambda: take(class_day, teacher, mark(roll[0])),
        lambda: services.mark_rest(class_day, "b", by=teacher, on=CLASS_DAY, now=at(23)),
        lambda: services.undo_batch(class_day, "batch", by=teacher, on=CLASS_DAY, now=at(23)),
        lambda: services.excuse_ahead(roll[0], "late-excuse-op", by=teacher, now=at(23)),
    ):
        with pytest.raises(RollFinished):
            act()
    with pytest.raises(certifying.SecondPerson):
        certifying.correct(roll[0], wrong, reason="mistyped", by=teacher, now=at(23))
    certifying.correct(roll[0], wrong, reason="mistyped", by=coordinator_, now=at(23))
    assert not class_done(session, roll[0])
    assert len(queries.history(roll[0].id)) == 2


def test_a_class_to_come_is_not_marked(
    session: Session, teacher: Staff, coordinator_: Staff
) -> None:
    tomorrow = make_class(
        coordinator_, held_on=CLASS_DAY + timedelta(days=1), instructors=[teacher]
    )
    row = make_registered(tomorrow, coordinator_)
    for act in (
        lambda: take(tomorrow, teacher, mark(row)),
        lambda: services.mark_rest(tomorrow, "b", by=teacher, on=CLASS_DAY, now=at(18)),
        lambda: certifying.finish(tomorrow, by=teacher, on=CLASS_DAY, now=at(18)),
    ):
        with pytest.raises(ClassToCome):
            act()


def test_another_classs_registration_is_not_marked(
    session: Session, class_day: ClassSession, roll: list[Registration], teacher: Staff,
    coordinator_: Staff,
) -> None:  # fmt: skip
    other = make_class(coordinator_, held_on=date(2026, 11, 20), instructors=[teacher])
    stranger = make_registered(other, coordinator_)
    with pytest.raises(NotYours):
        take(class_day, teacher, mark(stranger))


def test_a_mark_for_a_seat_given_back_is_answered_and_not_added(
    class_day: ClassSession, roll: list[Registration], teacher: Staff, coordinator_: Staff
) -> None:
    rosters.cancel(roll[0], by=coordinator_)
    first, second = take(class_day, teacher, mark(roll[0]), mark(roll[1]))
    assert (first.is_seated, first.current) == (False, BLANK)
    assert second.current.value is Presence.HERE


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE attendance_mark SET value = 'here'",
        "DELETE FROM attendance_mark",
        "INSERT INTO attendance_mark (id, op, class_session_id, registration_id, version, "
        "base_version, value, is_ahead, is_imported, is_conflict, is_late, reason, batch, device, "
        "marked_at, received_at, marked_by) SELECT id + 1000, 'other', class_session_id, "
        "registration_id, version + 5, 0, 'here', is_ahead, is_imported, is_conflict, is_late, "
        "'', '', '', marked_at, received_at, marked_by FROM attendance_mark",
        "UPDATE roll_finish SET people = 0",
        "DELETE FROM roll_finish",
    ],
)
def test_the_database_itself_keeps_marks_and_finished_rolls(
    session: Session, class_day: ClassSession, roll: list[Registration], teacher: Staff, attack: str
) -> None:
    services.mark_rest(class_day, "batch", by=teacher, on=CLASS_DAY, now=at(17))
    certifying.finish(class_day, by=teacher, on=CLASS_DAY, now=at(23))
    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(text(attack))
    assert session.scalar(select(func.count()).select_from(AttendanceMark)) == 3


@pytest.mark.parametrize(
    ("value", "minutes", "owed"),
    [
        (Presence.HERE, None, 0), (Presence.LATE, None, 0), (Presence.LATE, 15, 0),
        (Presence.LATE, 16, 1), (Presence.LATE, 135, 1), (Presence.LATE, 136, 2),
        (Presence.LEFT_EARLY, 20, 1), (Presence.LEFT_EARLY, 300, 3), (Presence.ABSENT, None, 3),
        (Presence.EXCUSED, None, 3), (Presence.REMOVED, None, 3),
    ],
)  # fmt: skip
def test_who_misses_more_than_the_grace_of_a_module_owes_it(
    value: Presence, minutes: int | None, owed: int
) -> None:
    assert rules.modules_owed(Current(value, 1, minutes), LENGTHS, 15) == owed


@given(
    st.sampled_from(Presence), st.integers(1, 500), st.lists(st.integers(1, 200), max_size=6),
    st.integers(0, 60),
)  # fmt: skip
def test_nobody_owes_more_modules_than_there_are_nor_less_for_coming_later(
    value: Presence, minutes: int, lengths: list[int], grace: int
) -> None:
    owed: Callable[[int], int] = lambda m: rules.modules_owed(  # noqa: E731 (short)
        Current(value, 1, m), lengths, grace
    )
    assert 0 <= owed(minutes) <= owed(minutes + 1) <= len(lengths)


def test_a_tally_counts_everybody_once() -> None:
    found = rules.tally(Presence)
    assert (found.people, found.marked, found.late, found.absent) == (7, 6, 2, 2)
