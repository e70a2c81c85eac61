"""Whatever is tried in whatever order, a docket keeps its rules and every row that was written."""

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from diversion.community_court.appearances import places, queries, services
from diversion.community_court.appearances.models import Outcome, Presence, Result, Setting
from diversion.community_court.appearances.rules import NEEDS_DATE, Said
from diversion.community_court.dockets.models import Docket
from diversion.core.database import db, transaction
from diversion.core.errors import DomainError
from diversion.core.tracks import Track
from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.conditions.queries import explain
from diversion.enrollments.queries import latest_of
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.community_court import DAY, NOW, enrolled, history, make_docket
from tests.factories.staff import make_staff

PEOPLE = 3
CAME = {Presence.IN_PERSON, Presence.LATE}


class _Undone(Exception):
    pass


acts = st.one_of(
    st.tuples(
        st.just("record"), st.integers(0, PEOPLE - 1), st.sampled_from(Result),
        st.sampled_from([None, Presence.IN_PERSON, Presence.LATE, Presence.ABSENT_UNEXCUSED]),
        st.integers(0, 3), st.booleans(),
    ),
    st.tuples(st.just("vacate"), st.integers(0, PEOPLE - 1)),
    st.tuples(st.just("put on"), st.integers(0, PEOPLE - 1), st.integers(0, 2)),
)  # fmt: skip


@given(st.lists(acts, max_size=14))
@settings(
    max_examples=8, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_no_order_of_acts_breaks_a_docket(app: Flask, wishes: list[tuple[object, ...]]) -> None:
    with app.app_context(), pytest.raises(_Undone), transaction():
        by = make_staff(Role.COURT_COORDINATOR)
        days = [make_docket(by, DAY), make_docket(by, DAY + timedelta(14), capacity=2),
                make_docket(by, DAY + timedelta(28))]  # fmt: skip
        people = [enrolled(by)[0].id for _ in range(PEOPLE)]
        first = services.put_on(days[0], people, by=by, now=NOW)
        for wish in wishes:
            before = _rows()
            try:
                with db.session.begin_nested():
                    _try(wish, first, days, people, by)
            except DomainError:
                db.session.expire_all()
                assert _rows() == before
            assert _rows()[: len(before)] == before  # what was written stays as it was
            _check(first, days, people)
        raise _Undone


def _try(
    wish: tuple[object, ...], first: list[Setting], days: list[Docket], people: list[int], by: Staff
) -> None:
    match wish:
        case ("record", int(who), Result() as result, presence, int(day), bool(knows)):
            standing = queries.standing_outcome(first[who].id)
            seen = standing.handle if standing and knows else ""
            following = days[day] if day < len(days) else None
            said = Said(result, presence, following)  # type: ignore[arg-type]
            services.record(first[who], said, seen=seen, by=by, on=DAY, now=NOW)
        case ("vacate", int(who)):
            services.vacate(first[who], why="test", by=by, now=NOW)
        case ("put on", int(who), int(day)):
            services.put_on(days[day], [people[who]], by=by, now=NOW)


def _rows() -> list[tuple[object, ...]]:
    columns = Outcome.id, Outcome.setting_id, Outcome.result, Outcome.presence, Outcome.replaces_id
    return [tuple(row) for row in db.session.execute(select(*columns).order_by(Outcome.id))]


def _check(first: list[Setting], days: list[Docket], people: list[int]) -> None:
    for docket in days:
        standing = list(
            db.session.scalars(
                select(Setting.participant_id).where(
                    Setting.docket_id == docket.id, Setting.vacated_at.is_(None)
                )
            )
        )
        assert len(standing) <= docket.capacity
        assert len(standing) == len(set(standing))
        assert places.on_docket(docket.id) == set(standing)
    for setting, person in zip(first, people, strict=True):
        assert sum(row.replaces_id is None for row in history(setting)) <= 1
        outcome = queries.standing_outcome(setting.id)
        assert setting.vacated_at is None or outcome is None
        if outcome is not None and outcome.result in NEEDS_DATE:
            assert outcome.next_setting_id is not None
        _check_evidence(person, outcome)


def _check_evidence(person: int, outcome: Outcome | None) -> None:
    enrollment = latest_of(person)
    assert enrollment is not None
    assert enrollment.track is Track.COMMUNITY_COURT
    done = sum(each.done for each in explain(enrollment) if each.kind is ConditionKind.APPEARANCE)
    assert done == (1 if outcome is not None and outcome.presence in CAME else 0)
