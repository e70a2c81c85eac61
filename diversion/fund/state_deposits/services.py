"""Put the state's money into a bag of its own (S03), and take the treasurer's word for it (S04)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.money import Money
from diversion.fund.deposits.bags import Tables
from diversion.fund.deposits.rules import choose
from diversion.fund.office.services import check_may_deposit
from diversion.fund.state_deposits import queries, rules
from diversion.fund.state_deposits.models import (
    StateDeposit,
    StateDepositConfirmation,
    StateDepositCount,
    StateDepositItem,
)
from diversion.ledger import queries as ledger
from diversion.ledger import services as books
from diversion.ledger.accounts import (
    STATUTORY_HELD,
    STATUTORY_IN_TRANSIT,
    STATUTORY_UNDEPOSITED,
)
from diversion.ledger.commands import Command, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.facts import is_small_office
from diversion.ledger.receipts import undeposited
from diversion.staff.models import Staff

BAGS = Tables(StateDeposit, StateDepositItem, StateDepositCount)


def prepare(
    numbers: Collection[str], pieces: Mapping[int, int], *, key: str, by: Staff, on: date,
    now: datetime,
) -> once.Outcome[StateDeposit]:  # fmt: skip
    """Bag the receipts of these numbers, whole; the key counts once.

    Raises NotYours, NothingChosen, NotInTheDrawer, OwnReceipt, CashDiffers, LedgerRefused.
    """
    asked = {"receipts": sorted(set(numbers)), "pieces": sorted(pieces.items()), "by": by.id}
    earlier = once.claim(key, once.request_hash("state-deposit", asked))
    if earlier is not None:
        return once.Outcome(queries.deposit(earlier), repeated=True)
    check_may_deposit(by)
    books.hold()
    chosen = choose(
        undeposited(account=STATUTORY_UNDEPOSITED), numbers, by.id, small=is_small_office()
    )
    rules.check_count(chosen, pieces)
    made = BAGS.keep(
        chosen, pieces, number=queries.next_number(on.year), deposited_on=on,
        prepared_by_id=by.id, prepared_at=now,
    )  # fmt: skip
    whole = Money.total(each.amount for each in chosen)
    lines = [debit(STATUTORY_IN_TRANSIT, whole, made.id)]
    lines += [credit(STATUTORY_UNDEPOSITED, each.amount, each.id) for each in chosen]
    command = Command(Event.STF_DEPOSIT, lines, doc=made.number)
    made.entry = books.post(
        command, key=f"state-deposit:{key}", by=by.id, on=on, now=now
    ).number  # fmt: skip
    db.session.flush()
    once.settle(key, made.number)
    record(Act.DEPOSIT_MADE, f"state_deposit:{made.number}", by=by, receipts=len(chosen),
           cents=whole.cents)  # fmt: skip
    return once.Outcome(made)


def confirm(
    deposit: StateDeposit, taken_on: date, reference: str, *, by: Staff, today: date, now: datetime
) -> StateDepositConfirmation:
    """Post that the treasurer has a bag, whole.

    Raises NotOnItsWay, OwnDeposit, WrongDay, LedgerRefused.
    """
    books.hold()
    way = ledger.balance(STATUTORY_IN_TRANSIT, deposit.id)
    if not way:
        raise rules.NotOnItsWay
    if by.id in queries.hands_of(deposit):
        raise rules.OwnDeposit
    if not deposit.deposited_on <= taken_on <= today:
        raise rules.WrongDay
    lines = [debit(STATUTORY_HELD, way), credit(STATUTORY_IN_TRANSIT, way, deposit.id)]
    posted = books.post(
        Command(Event.STF_CONFIRMED, lines, doc=deposit.number),
        key=f"state-confirmed:{deposit.number}", by=by.id, on=taken_on, now=now,
    )  # fmt: skip
    made = StateDepositConfirmation(
        deposit_id=deposit.id, taken_on=taken_on, reference=reference, confirmed_by_id=by.id,
        confirmed_at=now, entry=posted.number,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    record(Act.DEPOSIT_CONFIRMED, f"state_deposit:{deposit.number}", by=by, cents=way.cents)
    return made
