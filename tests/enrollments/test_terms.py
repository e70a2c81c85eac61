"""Terms have dates, survivors pay nothing, and the court's closed days are known."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from diversion.core.money import ZERO, Money
from diversion.core.tracks import Track
from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.terms import queries, services
from diversion.enrollments.terms.services import NoTerms, SurvivorsPayNothing, Term
from diversion.staff.permissions import Role
from tests.factories.enrollments import FIRST_DAY, make_terms
from tests.factories.staff import make_staff


def test_new_terms_hold_from_their_day_on(session: Session) -> None:
    by = make_staff(Role.ADMINISTRATOR)
    first = make_terms(by)[Track.SBAD]
    later = services.add_version(
        Track.SBAD, [Term(ConditionKind.CLASS, "Class")], in_force_on=date(2026, 7, 1), by=by
    )
    assert services.version_in_force(Track.SBAD, date(2026, 6, 30)) is first
    assert services.version_in_force(Track.SBAD, date(2026, 7, 1)) is later


def test_set_up_twice_is_set_up_once(session: Session) -> None:
    by = make_staff(Role.ADMINISTRATOR)
    once = make_terms(by)
    again = services.set_up(sbad_fee=Money(5), in_force_on=date(2026, 1, 1), by=by)
    assert {track: each.id for track, each in once.items()} == {
        track: each.id for track, each in again.items()
    }
    assert again[Track.COMMUNITY_COURT].fee == ZERO


def test_nobody_is_enrolled_before_there_are_terms(session: Session) -> None:
    make_terms(make_staff(Role.ADMINISTRATOR))
    with pytest.raises(NoTerms):
        services.version_in_force(Track.SBAD, date(2022, 12, 31))
    assert services.version_for_an_earlier_day(Track.SBAD, date(2022, 1, 1)).in_force_on == (
        FIRST_DAY
    )


def test_survivors_pay_nothing(session: Session) -> None:
    with pytest.raises(SurvivorsPayNothing):
        services.add_version(
            Track.COMMUNITY_COURT, [], in_force_on=FIRST_DAY, fee=Money(100),
            by=make_staff(Role.ADMINISTRATOR),
        )  # fmt: skip


def test_the_court_is_closed_on_holidays_and_on_the_days_the_county_adds(session: Session) -> None:
    by = make_staff(Role.ADMINISTRATOR)
    services.close_court(date(2026, 11, 27), "County closure", by=by)
    closed = queries.closed_days(date(2026, 11, 1), date(2026, 11, 30))
    assert list(closed) == [date(2026, 11, 11), date(2026, 11, 26), date(2026, 11, 27)]


def test_a_retired_word_stays_for_the_days_on_which_it_was_used(session: Session) -> None:
    by = make_staff(Role.ADMINISTRATOR)
    code = services.add_code("accommodation", "ramp", "Ramp", by=by, on=FIRST_DAY)
    services.retire_code(code, by=by, on=date(2026, 7, 1))
    before = queries.codes("accommodation", Track.SBAD, date(2026, 6, 30))
    assert [each.word for each in before] == ["ramp"]
    assert queries.codes("accommodation", Track.SBAD, date(2026, 7, 1)) == []
