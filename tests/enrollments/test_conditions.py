"""Evidence is added to and never changed; the state follows the facts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from diversion.core.tracks import Track
from diversion.enrollments.codes import ConditionKind, EnrollmentState
from diversion.enrollments.conditions import queries, rules, services
from diversion.enrollments.conditions.rules import Fact, Wanted
from diversion.enrollments.conditions.services import SamePerson
from diversion.enrollments.models import Enrollment
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.enrollments import TODAY, make_enrollment
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff

K = ConditionKind


@pytest.fixture
def by(session: Session) -> Staff:
    return make_staff(Role.COURT_COORDINATOR)


@pytest.fixture
def enrollment(by: Staff) -> Enrollment:
    return make_enrollment(make_participant(Track.COMMUNITY_COURT, by=by), by)


def _add(enrollment: Enrollment, kind: K, quantity: int, by: Staff, source: str = "x:1") -> bool:
    return services.add_evidence(
        enrollment.id, kind, quantity=quantity, source=source, happened_on=TODAY, by=by
    )


def _fill(enrollment: Enrollment, by: Staff) -> None:
    for kind, quantity in ((K.COUNSELING, 8), (K.MENTOR_CONTACT, 3), (K.APPEARANCE, 3)):
        _add(enrollment, kind, quantity, by)


def test_the_same_fact_counts_once_however_often_it_arrives(
    enrollment: Enrollment, by: Staff
) -> None:
    assert _add(enrollment, K.COUNSELING, 1, by)
    assert not _add(enrollment, K.COUNSELING, 1, by)
    counseling = queries.explain(enrollment)[0]
    assert (counseling.done, counseling.wanted, counseling.missing) == (1, 8, 7)


def test_when_nothing_is_missing_the_enrollment_moves_on(enrollment: Enrollment, by: Staff) -> None:
    _fill(enrollment, by)
    assert enrollment.state is EnrollmentState.REQUIREMENTS_MET
    assert enrollment.met_on == TODAY


def test_what_is_taken_back_leads_back(enrollment: Enrollment, by: Staff) -> None:
    _fill(enrollment, by)
    source = {"source": "x:1", "happened_on": TODAY, "by": by}
    assert services.take_back(enrollment.id, K.APPEARANCE, **source)  # type: ignore[arg-type]
    assert not services.take_back(enrollment.id, K.APPEARANCE, **source)  # type: ignore[arg-type]
    assert enrollment.state is EnrollmentState.ACTIVE
    assert [row.quantity for row in queries.evidence(enrollment.id)][-2:] == [3, -3]


def test_an_excusal_needs_a_second_person(enrollment: Enrollment, by: Staff) -> None:
    condition = queries.conditions(enrollment.id)[0]
    with pytest.raises(SamePerson):
        services.excuse(condition, asked_by=by, by=by, on=TODAY)
    services.excuse(condition, asked_by=by, by=make_staff(Role.DEPUTY_DA), on=TODAY)
    assert queries.explain(enrollment)[0].met


@pytest.mark.parametrize("table", ["evidence", "enrollment_step", "agreement"])
@pytest.mark.parametrize("attack", ["UPDATE {0} SET recorded_by = recorded_by", "DELETE FROM {0}"])
def test_the_database_refuses_to_change_what_was_written(
    enrollment: Enrollment, by: Staff, session: Session, table: str, attack: str
) -> None:
    _add(enrollment, K.COUNSELING, 1, by)
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(text(attack.format(table)))


kinds = st.sampled_from([K.COUNSELING, K.FEE, K.CLASS, K.NO_NEW_ARREST])
wanted = st.lists(
    st.builds(
        lambda kind, quantity, excused: Wanted(kind, "", quantity, "", None, excused),
        kinds, st.integers(1, 5), st.booleans(),
    ), max_size=6,
)  # fmt: skip
facts = st.lists(
    st.builds(lambda kind, quantity: Fact(kind, quantity, "", date(2026, 1, 1)), kinds,
              st.integers(-3, 5).filter(bool)), max_size=12,
)  # fmt: skip


@given(wanted, facts)
def test_no_condition_gets_more_than_it_wants_and_none_is_counted_twice(
    conditions: list[Wanted], rows: list[Fact]
) -> None:
    standings = rules.explain(conditions, rows)
    for kind in K:
        done = sum(each.done for each in standings if each.kind is kind)
        asked = sum(each.quantity for each in conditions if each.kind is kind)
        held = sum(row.quantity for row in rows if row.kind is kind)
        assert done == max(0, min(asked, held))
    assert all(0 <= each.done <= each.wanted for each in standings)


@given(wanted, facts)
def test_only_money_left_is_never_said_while_something_else_is_missing(
    conditions: list[Wanted], rows: list[Fact]
) -> None:
    standings = rules.explain(conditions, rows)
    if rules.only_money_left(standings):
        assert not rules.all_met(standings)
        missing = {each.kind for each in standings if not each.met} - {K.NO_NEW_ARREST}
        assert missing == {K.FEE}
