"""What one person asks for, another decides, once, and exactly as it was shown."""

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from diversion.core import clock
from diversion.core.errors import NotYours
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.staff.approvals import queries, rules, services
from diversion.staff.approvals.models import (
    ApprovalDecision,
    ApprovalRequest,
    Decision,
    Matter,
)
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.staff import make_staff

HASH = "ab" * 32
LIMIT = Money(100_000)


def ask(by: Staff, cents: int = 5_000, subject: str = "w1", hashed: str = HASH) -> ApprovalRequest:
    return services.ask(
        Matter.WAIVER, subject, amount=Money(cents), request_hash=hashed, by=by, now=clock.now()
    )


def decide(request: ApprovalRequest, by: Staff, decision: Decision = Decision.APPROVED) -> None:
    services.decide(
        request, decision, seen=request.hash16, by=by, limit=LIMIT, now=clock.now()
    )  # fmt: skip


@pytest.fixture
def coordinator(session: Session) -> Staff:
    return make_staff(Role.SBAD_COORDINATOR)


@pytest.fixture
def manager(session: Session) -> Staff:
    return make_staff(Role.FINANCE_APPROVER, name="Harriet Moss")


def test_a_second_person_approves_what_was_asked(coordinator: Staff, manager: Staff) -> None:
    request = ask(coordinator)
    assert queries.waiting_for(manager) == [request]
    decide(request, manager)
    assert services.approver_of(Matter.WAIVER, "w1", HASH) == manager.id
    assert queries.waiting_for(manager) == []


def test_nobody_decides_on_their_own_request(manager: Staff) -> None:
    request = ask(manager)
    assert queries.waiting_for(manager) == []
    with pytest.raises(rules.SamePerson):
        decide(request, manager)


def test_a_changed_amount_voids_the_approval(coordinator: Staff, manager: Staff) -> None:
    decide(ask(coordinator), manager)
    with pytest.raises(services.NotApproved):
        services.approver_of(Matter.WAIVER, "w1", "cd" * 32)


def test_what_was_refused_is_not_carried_out(coordinator: Staff, manager: Staff) -> None:
    decide(ask(coordinator), manager, Decision.REFUSED)
    with pytest.raises(services.NotApproved):
        services.approver_of(Matter.WAIVER, "w1", HASH)


def test_a_request_is_decided_once(coordinator: Staff, manager: Staff) -> None:
    request = ask(coordinator)
    decide(request, manager, Decision.REFUSED)
    with pytest.raises(rules.Decided):
        decide(request, manager)


def test_a_stale_page_decides_nothing(coordinator: Staff, manager: Staff) -> None:
    request = ask(coordinator)
    with pytest.raises(rules.Changed):
        services.decide(
            request, Decision.APPROVED, seen="0" * 16, by=manager, limit=LIMIT, now=clock.now()
        )


def test_only_whoever_asked_withdraws(coordinator: Staff, manager: Staff) -> None:
    request = ask(coordinator)
    with pytest.raises(rules.NotTheirs):
        decide(request, manager, Decision.WITHDRAWN)
    decide(request, coordinator, Decision.WITHDRAWN)
    assert ask(coordinator).turn == 2


def test_one_request_at_a_time_waits_about_a_paper(coordinator: Staff) -> None:
    ask(coordinator)
    with pytest.raises(services.Asked):
        ask(coordinator)


def test_above_a_supervisors_limit_the_finance_manager_decides(
    coordinator: Staff, manager: Staff
) -> None:
    supervisor = make_staff(Role.DEPUTY_DA, name="Imani Brook", track=Track.SBAD)
    large = ask(coordinator, cents=LIMIT.cents + 1)
    with pytest.raises(rules.AboveLimit):
        decide(large, supervisor)
    decide(large, manager)
    decide(ask(coordinator, cents=LIMIT.cents, subject="w2"), supervisor)


def test_who_has_no_right_to_the_matter_meets_nothing(coordinator: Staff) -> None:
    request = ask(coordinator)
    with pytest.raises(NotYours):
        decide(request, make_staff(Role.FINANCE_CLERK, name="Omar Finch"))


def test_the_database_refuses_the_asker_as_second_person(
    session: Session, coordinator: Staff
) -> None:
    request = ask(coordinator)
    alone = ApprovalDecision(
        request_id=request.id, asked_by_id=coordinator.id, decision=Decision.APPROVED,
        decided_by_id=coordinator.id, decided_at=clock.now(),
    )  # fmt: skip
    with pytest.raises(DBAPIError, match="second_person"), session.begin_nested():
        session.add(alone)
        session.flush()


@pytest.mark.parametrize("table", [ApprovalRequest, ApprovalDecision])
def test_neither_request_nor_decision_is_changed_or_removed(
    session: Session, coordinator: Staff, manager: Staff, table: type[ApprovalRequest]
) -> None:
    decide(ask(coordinator), manager)
    for act in (update(table).values(asked_by_id=manager.id), delete(table)):
        with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
            session.execute(act)
