"""What the judge decided is added to, never changed; a warrant written by mistake is withdrawn."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from diversion.community_court.appearances import deciding, decisions, queries, services
from diversion.community_court.appearances.deciding import NotAWarrant, NotOpen, NotStanding
from diversion.community_court.appearances.effects import DecisionMade
from diversion.community_court.appearances.models import (
    Decision,
    MissedDecision,
    Outcome,
    Presence,
    Result,
    Withdrawal,
)
from diversion.community_court.appearances.rules import Said
from diversion.core.tracks import Track
from diversion.participants.access import visible_to
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.community_court import DAY, NOW, make_docket, make_setting
from tests.factories.staff import make_staff

TO_BE_REACHED = Said(Result.NOT_REACHED)


@pytest.fixture
def by(session: Session) -> Staff:
    return make_staff(Role.COURT_COORDINATOR)


@pytest.fixture
def absent(by: Staff) -> Outcome:
    said = Said(Result.NOT_HERE, Presence.ABSENT_UNEXCUSED)
    setting = make_setting(by, make_docket(by))
    return services.record(setting, said, by=by, on=DAY, now=NOW)


def _decide(absent: Outcome, by: Staff, decision: Decision) -> MissedDecision:
    return deciding.decide(absent, decision, notice_arrived=True, by=by, on=DAY, now=NOW)


def _withdraw(made: MissedDecision, by: Staff, why: Withdrawal, on: date = DAY) -> MissedDecision:
    return deciding.withdraw(made, why, by=by, on=on, now=NOW)


def _waits(by: Staff) -> int:
    return len(queries.missed(visible_to(by, Track.COMMUNITY_COURT)))


@pytest.mark.parametrize("why", Withdrawal)
def test_a_warrant_is_withdrawn_by_a_later_row_and_the_question_is_open_again(
    by: Staff, absent: Outcome, why: Withdrawal
) -> None:
    warrant = _decide(absent, by, Decision.WARRANT_ISSUED)
    assert (_waits(by), list(decisions.warrants([absent.participant_id]))) == (
        0, [absent.participant_id],
    )  # fmt: skip
    back = _withdraw(warrant, by, why, DAY + timedelta(days=1))
    assert (back.replaces_id, back.why, back.recorded_by) == (warrant.id, why, by.id)
    assert warrant.decision is Decision.WARRANT_ISSUED
    assert (_waits(by), decisions.warrants([absent.participant_id])) == (1, {})
    again = _decide(absent, by, Decision.RESET)
    assert (_waits(by), again.replaces_id) == (0, back.id)


def test_after_a_withdrawal_the_outcome_itself_is_corrected(by: Staff, absent: Outcome) -> None:
    setting = queries.setting_for(
        queries.missed(visible_to(by, Track.COMMUNITY_COURT))[0].handle,
        visible_to(by, Track.COMMUNITY_COURT),
    )
    warrant = _decide(absent, by, Decision.WARRANT_ISSUED)
    with pytest.raises(DecisionMade):
        services.record(setting, TO_BE_REACHED, seen=absent.handle, by=by, on=DAY, now=NOW)
    _withdraw(warrant, by, Withdrawal.RECORDED_IN_ERROR)
    services.record(setting, TO_BE_REACHED, seen=absent.handle, by=by, on=DAY, now=NOW)
    assert _waits(by) == 0
    with pytest.raises(NotOpen):
        _decide(absent, by, Decision.WARRANT_ISSUED)


def test_only_what_stands_is_withdrawn_and_only_once(by: Staff, absent: Outcome) -> None:
    warrant = _decide(absent, by, Decision.WARRANT_ISSUED)
    back = _withdraw(warrant, by, Withdrawal.RECORDED_IN_ERROR)
    for gone in (warrant, back):
        with pytest.raises(NotStanding):
            _withdraw(gone, by, Withdrawal.RECORDED_IN_ERROR)


def test_only_a_warrant_is_recalled(by: Staff, absent: Outcome) -> None:
    held = _decide(absent, by, Decision.WARRANT_HELD)
    with pytest.raises(NotAWarrant):
        _withdraw(held, by, Withdrawal.RECALLED_BY_COURT)


def test_a_withdrawal_is_not_decided_and_a_decision_needs_no_reason(
    by: Staff, absent: Outcome
) -> None:
    with pytest.raises(NotOpen):
        _decide(absent, by, Decision.WITHDRAWN)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE missed_decision SET decision = 'excused'",
        "DELETE FROM missed_decision",
        "INSERT INTO missed_decision (handle, outcome_id, participant_id, track, decision,"
        " decided_on, recorded_at, recorded_by) SELECT 'another', outcome_id, participant_id,"
        " track, 'excused', decided_on, recorded_at, recorded_by FROM missed_decision",
        "INSERT INTO missed_decision (handle, outcome_id, participant_id, track, decision,"
        " replaces_id, decided_on, recorded_at, recorded_by) SELECT 'another', outcome_id,"
        " participant_id, track, 'withdrawn', id, decided_on, recorded_at, recorded_by"
        " FROM missed_decision",
    ],
)
def test_the_database_itself_keeps_what_was_decided(
    session: Session, by: Staff, absent: Outcome, statement: str
) -> None:
    _decide(absent, by, Decision.WARRANT_ISSUED)
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(text(statement))
