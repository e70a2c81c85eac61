"""Put whole receipts into a bag for the bank (E12)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.money import Money
from diversion.fund.deposits import queries
from diversion.fund.deposits.bags import Tables
from diversion.fund.deposits.models import Deposit, DepositCount, DepositItem
from diversion.fund.deposits.rules import check_count, choose
from diversion.fund.office.services import check_may_deposit
from diversion.ledger import services as books
from diversion.ledger.accounts import IN_TRANSIT, UNDEPOSITED
from diversion.ledger.commands import Command, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.facts import is_small_office
from diversion.ledger.receipts import OpenReceipt, undeposited
from diversion.staff.models import Staff

BAGS = Tables(Deposit, DepositItem, DepositCount)


def prepare(
    numbers: Collection[str],
    pieces: Mapping[int, int],
    *,
    key: str,
    by: Staff,
    on: date,
    now: datetime,
) -> once.Outcome[Deposit]:
    """Deposit the receipts of these numbers, whole; the key counts once.

    `pieces` is the count of the cash: how many of each value in cents. Raises
    NotYours, NothingChosen, NotInTheDrawer, OwnReceipt, CashDiffers, LedgerRefused.
    """
    asked = {"receipts": sorted(set(numbers)), "pieces": sorted(pieces.items()), "by": by.id}
    earlier = once.claim(key, once.request_hash("deposit", asked))
    if earlier is not None:
        return once.Outcome(queries.deposit(earlier), repeated=True)
    check_may_deposit(by)
    books.hold()
    chosen = choose(undeposited(), numbers, by.id, small=is_small_office())
    check_count(chosen, pieces)
    made = deposit(chosen, pieces, key=key, by=by, on=on, now=now)
    once.settle(key, made.number)
    return once.Outcome(made)


def deposit(
    chosen: Collection[OpenReceipt], pieces: Mapping[int, int], *, key: str, by: Staff, on: date,
    now: datetime,
) -> Deposit:  # fmt: skip
    """Put chosen receipts into a bag and post it. Raises LedgerRefused."""
    made = BAGS.keep(
        chosen, pieces, number=queries.next_number(on.year), deposited_on=on,
        prepared_by_id=by.id, prepared_at=now,
    )  # fmt: skip
    made.entry = books.post(
        meaning(made, chosen), key=f"deposit:{key}", by=by.id, on=on, now=now
    ).number
    db.session.flush()
    record(Act.DEPOSIT_MADE, f"deposit:{made.number}", by=by, receipts=len(chosen),
           cents=Money.total(r.amount for r in chosen).cents)  # fmt: skip
    return made


def meaning(deposit: Deposit, chosen: Collection[OpenReceipt]) -> Command:
    """Say in accounts what a deposit is: the drawer gives each receipt whole, the bag holds all."""
    whole = Money.total(receipt.amount for receipt in chosen)
    lines = [debit(IN_TRANSIT, whole, deposit.id)]
    lines += [credit(UNDEPOSITED, receipt.amount, receipt.id) for receipt in chosen]
    return Command(Event.DEPOSIT, lines, doc=deposit.number)
