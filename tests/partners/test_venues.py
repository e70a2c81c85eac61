"""Two compartments never meet in a building, and nobody learns why a place is taken."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from diversion.partners.venues import services
from diversion.partners.venues.models import Compartment
from diversion.partners.venues.rules import PlaceNotFree, Taken, keep_apart
from diversion.staff.permissions import Role
from tests.factories.partners import make_place
from tests.factories.staff import make_staff

NINE = datetime(2026, 12, 1, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)
A, B = Compartment.A, Compartment.B

bookings = st.builds(
    lambda place, compartment, start, length: Taken(
        place,
        compartment,
        NINE + timedelta(minutes=start),
        NINE + timedelta(minutes=start + length),
    ),
    st.integers(1, 3),
    st.sampled_from(Compartment),
    st.integers(-600, 600),
    st.integers(1, 300),
)


@given(st.lists(bookings, max_size=25))
def test_whatever_is_asked_for_two_compartments_stay_an_hour_apart(wanted: list[Taken]) -> None:
    kept: list[Taken] = []
    for each in wanted:
        try:
            keep_apart(each, kept)
        except PlaceNotFree:
            assert any(_too_close(each, other) for other in kept)
        else:
            assert not any(_too_close(each, other) for other in kept)
            kept.append(each)


def _too_close(one: Taken, other: Taken) -> bool:
    """Say it in another way than the rule does: by minutes between end and start."""
    between = max(one.starts_at - other.ends_at, other.starts_at - one.ends_at)
    if one.compartment is not other.compartment:
        return between < HOUR
    return one.place_id == other.place_id and between < timedelta(0)


def test_another_compartment_within_the_hour_is_refused_anywhere_in_the_building(
    session: Session,
) -> None:
    by = make_staff(Role.COURT_COORDINATOR)
    first, second = make_place(by), make_place(by)
    services.book(first, NINE, NINE + HOUR, compartment=A, by=by)
    with pytest.raises(PlaceNotFree) as refused:
        services.book(second, NINE + 1.5 * HOUR, NINE + 3 * HOUR, compartment=B, by=by)
    assert str(refused.value) == "This place is not free then."
    services.book(second, NINE + 2 * HOUR, NINE + 3 * HOUR, compartment=B, by=by)


def test_another_building_is_far_enough(session: Session) -> None:
    by = make_staff(Role.COURT_COORDINATOR)
    here, there = make_place(by), make_place(by, building="Annex")
    services.book(here, NINE, NINE + HOUR, compartment=A, by=by)
    assert services.book(there, NINE, NINE + HOUR, compartment=B, by=by).place_id == there.id


def test_the_same_room_is_taken_once_with_the_same_sentence(session: Session) -> None:
    by = make_staff(Role.COURT_COORDINATOR)
    place = make_place(by)
    services.book(place, NINE, NINE + HOUR, compartment=A, by=by)
    with pytest.raises(PlaceNotFree) as refused:
        services.book(place, NINE, NINE + HOUR, compartment=A, by=by)
    assert str(refused.value) == "This place is not free then."
    services.book(place, NINE + HOUR, NINE + 2 * HOUR, compartment=A, by=by)


def test_a_released_place_is_free_again(session: Session) -> None:
    by = make_staff(Role.COURT_COORDINATOR)
    place = make_place(by)
    booking = services.book(place, NINE, NINE + HOUR, compartment=A, by=by)
    services.release(booking, by=by, now=NINE)
    again = services.book(place, NINE, NINE + HOUR, compartment=B, by=by)
    assert (booking.released_at, again.released_at) == (NINE, None)
