"""A docket day is on an open day, in a free room; the next dates offered have places."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from diversion.community_court.dockets import rules, services
from diversion.community_court.dockets.rules import Offer
from diversion.community_court.dockets.services import DayPassed
from diversion.partners.venues.models import Compartment
from diversion.partners.venues.rules import PlaceNotFree
from diversion.partners.venues.services import book
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.community_court import DAY, ZONE, make_docket
from tests.factories.partners import make_place
from tests.factories.staff import make_staff

NINE, NOON = time(9), time(12)


@pytest.fixture
def by(session: Session) -> Staff:
    return make_staff(Role.COURT_COORDINATOR)


def test_no_docket_on_a_holiday_in_the_past_or_back_to_front(by: Staff) -> None:
    place = make_place(by)
    with pytest.raises(rules.CourtClosed):
        services.make(date(2026, 11, 26), NINE, NOON, place=place, zone=ZONE, by=by)
    with pytest.raises(rules.BackToFront):
        services.make(DAY, NOON, NINE, place=place, zone=ZONE, by=by)
    with pytest.raises(DayPassed):
        services.make(DAY, NINE, NOON, place=place, zone=ZONE, by=by, on=DAY + timedelta(days=1))


def test_a_room_that_is_taken_says_nothing_more(by: Staff) -> None:
    place, beside = make_place(by), make_place(by)
    docket = make_docket(by, place=place)
    with pytest.raises(PlaceNotFree):
        make_docket(by, place=place)
    starts = make_docket(by, DAY + timedelta(days=1), place=place)
    assert docket.handle != starts.handle
    later = DAY + timedelta(days=2)
    instant = services._instant(later, time(12, 30), ZONE)
    book(beside, instant, instant + timedelta(hours=1), compartment=Compartment.B, by=by)
    with pytest.raises(PlaceNotFree) as refused:
        make_docket(by, later, place=place)
    assert str(refused.value) == "This place is not free then."


@pytest.mark.parametrize("day", [date(2027, 3, 16), date(2026, 11, 3), date(2027, 11, 9)])
def test_nine_stays_nine_across_both_clock_changes(by: Staff, day: date) -> None:
    instant = services._instant(day, NINE, ZONE)
    assert instant.hour == (16 if day.month == 3 else 17)


offers = st.lists(
    st.builds(
        lambda days, places: Offer(f"d{days}", DAY + timedelta(days=days), NINE, places),
        st.integers(-30, 120), st.integers(-1, 12),
    ),
    max_size=20, unique_by=lambda offer: offer.held_on,
)  # fmt: skip


@given(offers)
def test_only_coming_days_with_places_are_offered_each_once(found: list[Offer]) -> None:
    chosen = rules.suggest(DAY, found)
    assert all(offer.places > 0 and offer.held_on > DAY for offer in chosen)
    assert len(set(chosen)) == len(chosen)
    free = [offer for offer in found if offer.places > 0 and offer.held_on > DAY]
    assert len(chosen) == min(3, len(free))
    assert chosen == sorted(chosen, key=lambda offer: offer.held_on)


def test_the_days_offered_are_near_four_six_and_eight_weeks() -> None:
    weekly = [Offer(str(n), DAY + timedelta(weeks=n), NINE, 5) for n in range(1, 12)]
    assert [offer.handle for offer in rules.suggest(DAY, weekly)] == ["4", "6", "8"]
