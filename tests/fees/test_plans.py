"""A plan says when money is due, counts once it is signed, and ends nothing."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from diversion.core.errors import NotYours
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.enrollments.models import Enrollment
from diversion.fees import queries as fees
from diversion.fees.accounts.queries import Which, listed
from diversion.fees.assessments.services import note_overdue
from diversion.fees.clearance import cleared
from diversion.fees.plans import queries, rules, services, standing
from diversion.fees.plans.models import (
    EndReason,
    PaymentPlan,
    PlanEnd,
    PlanSignature,
    PlanSlice,
)
from diversion.fees.plans.rules import Every
from diversion.fees.plans.services import Terms
from diversion.fees.plans.standing import State
from diversion.fees.verify import findings
from diversion.ledger import queries as ledger
from diversion.participants import access
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from tests.conftest import NOW
from tests.factories.fees import TODAY, make_debtor, make_receipt

FOUR = Terms(4, Every.MONTH, TODAY + timedelta(days=10))


def make(person: Participant, by: Staff, terms: Terms = FOUR, key: str = "plan-1") -> PaymentPlan:
    return services.make(person, terms, key=key, by=by, on=TODAY, now=NOW)


def sign(plan: PaymentPlan, by: Staff) -> None:
    services.sign(plan, signed_on=TODAY, document_hash="", by=by, on=TODAY, now=NOW)


def stands(plan: PaymentPlan, on: date) -> State:
    dues = {due.obligation: due.open for due in fees.dues(plan.participant_id)}
    parts = standing.instalments(plan, dues)
    return standing.state(plan, queries.of_participant(plan.participant_id), parts, on)


def test_a_plan_counts_once_it_is_signed_and_posts_nothing(
    debtor: tuple[Participant, Enrollment], coordinator: Staff
) -> None:
    before = ledger.head().number
    plan = make(debtor[0], coordinator)
    assert stands(plan, TODAY) is State.PROPOSED
    assert queries.of_participant(debtor[0].id) is None
    sign(plan, coordinator)
    assert stands(plan, TODAY) is State.CURRENT
    assert ledger.head().number == before
    assert findings() == []


def test_a_plan_is_behind_only_while_an_instalment_is_late(
    debtor: tuple[Participant, Enrollment], coordinator: Staff
) -> None:
    plan = make(debtor[0], coordinator)
    sign(plan, coordinator)
    late = FOUR.first_on + timedelta(days=1)
    assert stands(plan, late) is State.BEHIND
    make_receipt(debtor[0], 25_000)
    assert stands(plan, late) is State.CURRENT
    make_receipt(debtor[0], 75_000)
    assert stands(plan, date(2030, 1, 1)) is State.FINISHED


def test_lists_and_notes_read_the_instalments_and_agree_with_the_account(
    session: Session, debtor: tuple[Participant, Enrollment], coordinator: Staff
) -> None:
    person, _ = debtor
    everybody = access.visible_to(coordinator, Track.SBAD)

    def listed_day() -> date | None:
        return session.execute(listed(everybody, Which.ALL, on=TODAY)).one().due_on

    charged = queries.unpaid_of(person.id)[0][0]
    assert listed_day() == charged
    sign(make(person, coordinator), coordinator)
    assert listed_day() == queries.unpaid_of(person.id)[0][0] == FOUR.first_on
    make_receipt(person, 25_000)
    assert listed_day() == queries.unpaid_of(person.id)[0][0] > FOUR.first_on
    assert note_overdue(on=FOUR.first_on + timedelta(days=1), now=NOW) == 0
    assert note_overdue(on=charged, now=NOW) == 1
    make_receipt(person, 75_000)
    assert listed_day() is None


def test_a_new_version_replaces_the_old_one_when_it_is_signed(
    debtor: tuple[Participant, Enrollment], coordinator: Staff
) -> None:
    first = make(debtor[0], coordinator)
    sign(first, coordinator)
    make_receipt(debtor[0], 10_000)
    second = make(debtor[0], coordinator, Terms(9, Every.TWO_WEEKS, TODAY), key="plan-2")
    assert (second.version, second.total) == (2, Money(90_000))
    assert stands(first, TODAY) is State.CURRENT
    sign(second, coordinator)
    assert (stands(first, TODAY), stands(second, TODAY)) == (State.REPLACED, State.CURRENT)
    with pytest.raises(services.NotTheLatest):
        sign(first, coordinator)


def test_what_is_signed_is_what_is_open(
    debtor: tuple[Participant, Enrollment], coordinator: Staff
) -> None:
    plan = make(debtor[0], coordinator)
    make_receipt(debtor[0], 1)
    with pytest.raises(services.ChangedSince):
        sign(plan, coordinator)


def test_a_plan_that_ends_ends_nothing_else(
    debtor: tuple[Participant, Enrollment], coordinator: Staff
) -> None:
    person, enrollment = debtor
    plan, state = make(person, coordinator), enrollment.state
    sign(plan, coordinator)
    services.end(plan, EndReason.BROKEN, by=coordinator, on=TODAY, now=NOW)
    assert stands(plan, TODAY) is State.ENDED
    assert enrollment.state is state
    (charge,) = fees.charges(person.id)
    assert queries.unpaid_of(person.id) == [(charge.due_on, Money(100_000))]
    with pytest.raises(services.NotInForce):
        services.end(plan, EndReason.AGREED, by=coordinator, on=TODAY, now=NOW)


def test_a_signed_plan_looks_the_same_as_a_payment_on_a_roster(
    debtor: tuple[Participant, Enrollment], coordinator: Staff
) -> None:
    assert cleared([debtor[0].id]) == set()
    plan = make(debtor[0], coordinator)
    assert cleared([debtor[0].id]) == set()
    sign(plan, coordinator)
    assert cleared([debtor[0].id]) == {debtor[0].id}
    services.end(plan, EndReason.MISTAKE, by=coordinator, on=TODAY, now=NOW)
    assert cleared([debtor[0].id]) == set()


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        (Terms(4, Every.WEEK, TODAY - timedelta(days=1)), rules.StartsTooEarly),
        (Terms(200_000, Every.WEEK, TODAY), rules.TooSmall),
    ],
)
def test_what_can_not_be_planned_is_refused(
    debtor: tuple[Participant, Enrollment], coordinator: Staff, terms: Terms,
    refusal: type[Exception],
) -> None:  # fmt: skip
    with pytest.raises(refusal):
        make(debtor[0], coordinator, terms)


def test_a_plan_of_somebody_else_is_not_found(
    debtor: tuple[Participant, Enrollment], coordinator: Staff
) -> None:
    other, _ = make_debtor(coordinator, first="Wren")
    with pytest.raises(NotYours):
        queries.plan(make(debtor[0], coordinator).handle, other.id)


@pytest.mark.parametrize("table", [PaymentPlan, PlanSlice, PlanSignature, PlanEnd])
def test_no_row_of_a_plan_is_ever_altered(
    session: Session, debtor: tuple[Participant, Enrollment], coordinator: Staff,
    table: type[PaymentPlan],
) -> None:  # fmt: skip
    plan = make(debtor[0], coordinator)
    sign(plan, coordinator)
    services.end(plan, EndReason.AGREED, by=coordinator, on=TODAY, now=NOW)
    day = next(c.key for c in table.__table__.columns if c.key.endswith("_on"))
    for act in (update(table).values({day: TODAY}), delete(table)):
        with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
            session.execute(act)
