"""Who can have a seat, and how it begins, is said without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diversion.core.tracks import Track
from diversion.enrollments.codes import EnrollmentState
from diversion.sbad.classes.rules import ClassIsOver, ClassState
from diversion.sbad.rosters import rules
from diversion.sbad.rosters.models import RegistrationState as R


@pytest.mark.parametrize("state", ClassState)
def test_people_are_taken_while_a_class_is_open_or_running(state: ClassState) -> None:
    if state in {ClassState.OPEN, ClassState.IN_PROGRESS}:
        rules.check_open(state)
        return
    over = state in {ClassState.CERTIFIED, ClassState.CANCELLED}
    with pytest.raises(ClassIsOver if over else rules.RegistrationNotOpen):
        rules.check_open(state)


@pytest.mark.parametrize("state", EnrollmentState)
def test_a_seat_is_for_who_has_the_class_before_them(state: EnrollmentState) -> None:
    with pytest.raises(rules.NotEnrolled):
        rules.check_enrolled(Track.COMMUNITY_COURT, state)
    if state in {EnrollmentState.PENDING, EnrollmentState.ACTIVE}:
        rules.check_enrolled(Track.SBAD, state)
        return
    with pytest.raises(rules.NotEnrolled):
        rules.check_enrolled(Track.SBAD, state)


@given(st.integers(0, 60), st.integers(1, 60), st.integers(1, 60))
def test_no_more_people_than_seats(taken: int, wanted: int, capacity: int) -> None:
    if taken + wanted <= capacity:
        rules.check_room(taken, wanted, capacity)
        return
    with pytest.raises(rules.ClassIsFull):
        rules.check_room(taken, wanted, capacity)


@pytest.mark.parametrize("state", EnrollmentState)
def test_a_seat_is_confirmed_once_the_program_has_begun_and_the_fee_is_cleared(
    state: EnrollmentState,
) -> None:
    begun = state is EnrollmentState.ACTIVE
    assert rules.seat_for(state, is_cleared=True) is (R.CONFIRMED if begun else R.HELD)
    assert rules.seat_for(state, is_cleared=False) is R.HELD


def test_whoever_has_a_place_keeps_it_and_who_waits_can_still_get_a_seat() -> None:
    assert {each for each in R if rules.keeps_place(each, waiting=False)} == {R.HELD, R.CONFIRMED}
    assert {each for each in R if rules.keeps_place(each, waiting=True)} == {
        R.HELD, R.CONFIRMED, R.WAITLISTED
    }  # fmt: skip
