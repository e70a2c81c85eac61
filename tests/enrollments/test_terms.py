"""Terms have dates, survivors pay nothing, and the court's closed days are known."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from diversion.core.money import ZERO, Money
from diversion.core.tracks import Track
from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.terms import queries, services, words
from diversion.enrollments.terms.lists import EXCUSAL_REASONS, labels, listed
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


def test_without_any_terms_there_are_none_for_an_earlier_day(session: Session) -> None:
    with pytest.raises(NoTerms):
        services.version_for_an_earlier_day(Track.SBAD, FIRST_DAY)


def test_survivors_pay_nothing(session: Session) -> None:
    with pytest.raises(SurvivorsPayNothing):
        services.add_version(
            Track.COMMUNITY_COURT, [], in_force_on=FIRST_DAY, fee=Money(100),
            by=make_staff(Role.ADMINISTRATOR),
        )  # fmt: skip


def test_the_court_is_closed_on_holidays_and_on_the_days_the_county_adds(session: Session) -> None:
    by = make_staff(Role.ADMINISTRATOR)
    services.set_day(date(2026, 11, 27), "County closure", by=by)
    services.set_day(date(2026, 11, 11), "", is_open=True, by=by)
    closed = queries.closed_days(date(2026, 11, 1), date(2026, 11, 30))
    assert list(closed) == [date(2026, 11, 26), date(2026, 11, 27)]


def test_a_retired_word_stays_for_the_days_on_which_it_was_used(session: Session) -> None:
    by = make_staff(Role.ADMINISTRATOR)
    then, now = date(2026, 6, 30), date(2026, 7, 1)
    code = words.add(EXCUSAL_REASONS, Track.SBAD, "Moved  abroad", by=by, on=FIRST_DAY)
    with pytest.raises(words.OnTheList):
        words.add(EXCUSAL_REASONS, Track.SBAD, "moved abroad", by=by, on=FIRST_DAY)
    for word in (code.word, "health"):  # one of the county's, and one that is shipped
        assert word in used(then)
        words.take_out(EXCUSAL_REASONS, Track.SBAD, word, by=by, on=now)
        assert word not in used(now)
        assert word in used(then)
        assert word in labels(EXCUSAL_REASONS, Track.SBAD, now)
        with pytest.raises(words.NotInUse):
            words.take_out(EXCUSAL_REASONS, Track.SBAD, word, by=by, on=now)
    assert "health" in used(now, Track.COMMUNITY_COURT)  # each program has its own list
    again = words.add(EXCUSAL_REASONS, Track.SBAD, "Moved abroad", by=by, on=now)
    assert again.word != code.word
    with pytest.raises(words.LastOne):
        for word in used(now):
            words.take_out(EXCUSAL_REASONS, Track.SBAD, word, by=by, on=now)
    assert len(used(now)) == 1


def used(on: date, track: Track = Track.SBAD) -> list[str]:
    return [each.word for each in listed(EXCUSAL_REASONS, track, on)]
