"""A fee changes only when one person asks, another approves, and the ledger agrees."""

from datetime import date

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from diversion.core.errors import NotYours
from diversion.core.money import ZERO, Money
from diversion.core.once import KeyUsedOtherwise
from diversion.core.tracks import Track
from diversion.enrollments.conditions import queries as conditions
from diversion.enrollments.conditions.models import ConditionKind
from diversion.enrollments.models import Enrollment
from diversion.fees import queries as fees
from diversion.fees.clearance import cleared
from diversion.fees.codes import Change, Why
from diversion.fees.models import Obligation
from diversion.fees.verify import findings
from diversion.fees.waivers import queries, rules, services
from diversion.fees.waivers.models import FeeChange, FeeRequest
from diversion.fees.waivers.services import Wanted
from diversion.ledger import queries as ledger
from diversion.ledger.models import Entry
from diversion.participants.models import Participant
from diversion.staff.approvals import queries as approvals
from diversion.staff.approvals import services as decisions
from diversion.staff.approvals.models import Decision
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.fees import TODAY, change_fee, make_debtor, make_receipt
from tests.factories.staff import make_staff

NOTE = "Lost the job in October; papers were seen."
LIMIT = Money(100_000)


def fee_of(person: Participant) -> Obligation:
    query = queries.select(Obligation).where(Obligation.participant_id == person.id)
    return queries.db.session.scalars(query).one()


def ask(person: Participant, by: Staff, change: Change, cents: int | None = None,
        why: Why = Why.HARDSHIP, key: str = "", **more: object) -> FeeRequest:  # fmt: skip
    amount = None if cents is None else Money(cents)
    wanted = Wanted(change, why, NOTE, amount, **more)  # type: ignore[arg-type]
    key = key or f"ask-{change}-{cents}"
    return services.ask(person, fee_of(person), wanted, key=key, by=by, on=TODAY, now=NOW)


def approve(request: FeeRequest, by: Staff, on: date = TODAY) -> FeeChange:
    waiting = approvals.latest_about(request.change.matter, request.handle)
    assert waiting is not None
    decisions.decide(
        waiting, Decision.APPROVED, seen=waiting.hash16, by=by, limit=LIMIT, now=NOW
    )  # fmt: skip
    return services.carry_out(request, hold_days=10, on=on, now=NOW)


def owed(person: Participant) -> Money:
    return fees.owed_by([person.id])[person.id]


def test_nothing_is_waived_before_a_second_person_approves(
    debtor: tuple[Participant, Enrollment], coordinator: Staff
) -> None:
    request = ask(debtor[0], coordinator, Change.WAIVE)
    assert owed(debtor[0]) == Money(100_000)
    with pytest.raises(decisions.NotApproved):
        services.carry_out(request, hold_days=10, on=TODAY, now=NOW)


def test_a_waived_fee_is_owed_no_more_and_its_condition_is_met(
    debtor: tuple[Participant, Enrollment], coordinator: Staff, manager: Staff
) -> None:
    person, enrollment = debtor
    done = approve(ask(person, coordinator, Change.WAIVE), manager)
    assert owed(person) == ZERO
    entry = queries.db.session.get_one(Entry, done.entry_number)
    assert (entry.event, entry.actor, entry.approver) == ("WAIVE", coordinator.id, manager.id)
    fee = next(x for x in conditions.explain(enrollment) if x.kind is ConditionKind.FEE)
    assert fee.met
    assert person.id in cleared([person.id])


def test_a_reduction_leaves_the_rest_owed(
    debtor: tuple[Participant, Enrollment], coordinator: Staff, manager: Staff
) -> None:
    approve(ask(debtor[0], coordinator, Change.REDUCE, 60_000), manager)
    assert owed(debtor[0]) == Money(40_000)
    (charge,) = fees.charges(debtor[0].id)
    assert (charge.given_up, charge.paid) == (Money(60_000), ZERO)


def test_a_raise_adds_to_what_is_owed(
    debtor: tuple[Participant, Enrollment], coordinator: Staff, manager: Staff
) -> None:
    approve(ask(debtor[0], coordinator, Change.RAISE, 5_000), manager)
    (charge,) = fees.charges(debtor[0].id)
    assert (charge.open, charge.raised, charge.paid) == (Money(105_000), Money(5_000), ZERO)


def test_what_was_written_off_comes_back_whole_and_once(
    debtor: tuple[Participant, Enrollment], coordinator: Staff, manager: Staff
) -> None:
    person, enrollment = debtor
    gone = ask(person, coordinator, Change.WRITE_OFF, why=Why.UNCOLLECTIBLE)
    approve(gone, manager)
    back = ask(person, coordinator, Change.REINSTATE, reinstates=gone)
    approve(back, manager)
    assert owed(person) == Money(100_000)
    assert [x.met for x in conditions.explain(enrollment) if x.kind is ConditionKind.FEE] == [False]
    with pytest.raises(rules.NothingToReinstate):
        ask(person, coordinator, Change.REINSTATE, reinstates=gone, key="again-and-again-xx")


def test_receivable_and_deferred_stay_mirrors(
    debtor: tuple[Participant, Enrollment], coordinator: Staff, manager: Staff
) -> None:
    approve(ask(debtor[0], coordinator, Change.REDUCE, 12_345), manager)
    approve(ask(debtor[0], coordinator, Change.RAISE, 99), manager)
    assert ledger.balance(1200) == -ledger.balance(2500)


def test_at_most_what_is_open_is_given_up(
    debtor: tuple[Participant, Enrollment], coordinator: Staff
) -> None:
    make_receipt(debtor[0], 70_000)
    ask(debtor[0], coordinator, Change.WAIVE, 30_000)
    with pytest.raises(rules.MoreThanOpen, match=r"\$300\.00"):
        ask(debtor[0], coordinator, Change.WAIVE, 30_001)
    with pytest.raises(rules.MoreThanOpen, match=r"\$1,000\.00"):
        ask(debtor[0], coordinator, Change.REDUCE, 100_001)


def test_a_fee_that_was_paid_is_reduced_and_the_paid_part_goes_back(
    debtor: tuple[Participant, Enrollment], coordinator: Staff, manager: Staff
) -> None:
    make_receipt(debtor[0], 70_000)
    request = ask(debtor[0], coordinator, Change.REDUCE, 50_000)
    assert (request.amount, request.refund) == (Money(30_000), Money(20_000))
    approve(request, manager)
    assert owed(debtor[0]) == ZERO
    assert ledger.balance(2010, debtor[0].id) == Money(-20_000)
    assert ledger.balance(4010) == Money(-50_000)
    assert findings() == []


def test_where_money_goes_back_a_deputy_does_not_decide(
    debtor: tuple[Participant, Enrollment], coordinator: Staff
) -> None:
    make_receipt(debtor[0], 100_000)
    deputy = make_staff(Role.DEPUTY_DA, name="Imani Brook", track=Track.SBAD)
    with pytest.raises(rules.MoneyGoesBack):
        approve(ask(debtor[0], coordinator, Change.REDUCE, 500), deputy)


def test_a_payment_in_between_makes_the_approval_void(
    debtor: tuple[Participant, Enrollment], coordinator: Staff, manager: Staff
) -> None:
    request = ask(debtor[0], coordinator, Change.WAIVE)
    make_receipt(debtor[0], 1_000)
    with pytest.raises(rules.ChangedSince):
        approve(request, manager)


@pytest.mark.parametrize(
    ("change", "cents", "why", "refusal"),
    [
        (Change.REDUCE, None, Why.HARDSHIP, rules.NoAmount),
        (Change.RAISE, None, Why.PROGRAM_ERROR, rules.NoAmount),
        (Change.REDUCE, 0, Why.HARDSHIP, rules.NoAmount),
        (Change.WAIVE, None, Why.UNCOLLECTIBLE, rules.NotThisWhy),
        (Change.REINSTATE, None, Why.PROGRAM_ERROR, rules.NothingToReinstate),
    ],
)
def test_what_can_not_be_asked_is_refused(
    debtor: tuple[Participant, Enrollment], coordinator: Staff, change: Change, cents: int | None,
    why: Why, refusal: type[Exception],
) -> None:  # fmt: skip
    with pytest.raises(refusal):
        ask(debtor[0], coordinator, change, cents, why)


def test_the_same_form_asks_once(
    session: Session, debtor: tuple[Participant, Enrollment], coordinator: Staff
) -> None:
    first = ask(debtor[0], coordinator, Change.WAIVE, key="same-form-key-0001")
    assert ask(debtor[0], coordinator, Change.WAIVE, key="same-form-key-0001") is first
    assert session.scalar(select(func.count()).select_from(FeeRequest)) == 1
    with pytest.raises(KeyUsedOtherwise):
        ask(debtor[0], coordinator, Change.REDUCE, 500, key="same-form-key-0001")


def test_the_reason_is_sealed_and_opens_for_the_page(
    debtor: tuple[Participant, Enrollment], coordinator: Staff
) -> None:
    request = ask(debtor[0], coordinator, Change.WAIVE)
    assert b"October" not in request.note
    assert services.note_of(request, debtor[0]) == NOTE


def test_a_charge_of_somebody_else_is_not_found(
    debtor: tuple[Participant, Enrollment], coordinator: Staff
) -> None:
    other, _ = make_debtor(coordinator, first="Wren")
    with pytest.raises(NotYours):
        queries.obligation(fee_of(other).handle, debtor[0].id)


def test_the_database_keeps_survivors_out_of_requests(
    session: Session, debtor: tuple[Participant, Enrollment], coordinator: Staff
) -> None:
    request = ask(debtor[0], coordinator, Change.WAIVE)
    columns = {c.key: getattr(request, c.key) for c in FeeRequest.__mapper__.columns}
    copied = {**columns, "id": None, "handle": "x", "track": Track.COMMUNITY_COURT}
    with pytest.raises(DBAPIError, match="never_a_survivor"), session.begin_nested():
        session.add(FeeRequest(**copied))
        session.flush()


@pytest.mark.parametrize("table", [FeeRequest, FeeChange])
def test_requests_and_changes_are_never_altered(
    session: Session, debtor: tuple[Participant, Enrollment], coordinator: Staff, manager: Staff,
    table: type[FeeRequest],
) -> None:  # fmt: skip
    approve(ask(debtor[0], coordinator, Change.WAIVE), manager)
    column = "asked_on" if table is FeeRequest else "changed_on"
    for act in (update(table).values({column: TODAY}), delete(table)):
        with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
            session.execute(act)


def test_verify_is_quiet_over_sound_changes_and_finds_one_without_its_paper(
    session: Session, debtor: tuple[Participant, Enrollment], coordinator: Staff, manager: Staff
) -> None:
    approve(ask(debtor[0], coordinator, Change.REDUCE, 60_000), manager)
    assert findings() == []
    change_fee(fee_of(debtor[0]), 100, by=coordinator, approved_by=manager)
    assert [found.fault.value for found in findings()] == [31]


def test_an_approval_is_bound_to_the_amount() -> None:
    asked = {"handle": "h", "note": b"n", "change": Change.REDUCE, "refund": ZERO}
    hashes = {services.hash_of(FeeRequest(amount=Money(c), **asked)) for c in (1, 2)}
    more = services.hash_of(FeeRequest(**{**asked, "amount": Money(1), "refund": Money(1)}))
    assert len({*hashes, more}) == 3
