"""Deposit cash that is over or short: drawn by one person, signed by another (E11 and E12)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.core.money import ZERO, Money
from diversion.fund.deposits import services
from diversion.fund.deposits.models import (
    Deposit,
    DepositDraft,
    DepositDraftCount,
    DepositDraftItem,
    DepositOverShort,
    WhyDifferent,
)
from diversion.fund.deposits.rules import OwnReceipt, choose, difference
from diversion.fund.office.services import check_may_deposit
from diversion.ledger import services as books
from diversion.ledger.accounts import IN_TRANSIT
from diversion.ledger.commands import Command, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.facts import is_small_office
from diversion.ledger.receipts import OpenReceipt, of_keys, undeposited
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.models import Matter
from diversion.staff.models import Staff

OVER_SHORT = 4090


def draw(
    numbers: Collection[str], pieces: Mapping[int, int], reason: WhyDifferent, *, key: str,
    by: Staff, on: date, now: datetime,
) -> DepositDraft:  # fmt: skip
    """Keep a count that differs and ask a second person; nothing is posted yet.

    Raises NotYours, NothingChosen, NotInTheDrawer, OwnReceipt, Agrees.
    """
    asked = {"receipts": sorted(set(numbers)), "pieces": sorted(pieces.items()), "why": reason,
             "by": by.id}  # fmt: skip
    earlier = once.claim(key, once.request_hash("deposit-draft", asked))
    if earlier is not None:
        return draft(earlier)
    check_may_deposit(by)
    books.hold()
    chosen = choose(undeposited(), numbers, by.id, small=is_small_office())
    made = DepositDraft(
        difference=difference(chosen, pieces), reason=reason, drawn_by_id=by.id, drawn_on=on,
        drawn_at=now,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    db.session.add_all(DepositDraftItem(draft_id=made.id, receipt_id=r.id) for r in chosen)
    db.session.add_all(
        DepositDraftCount(draft_id=made.id, unit=unit, pieces=n) for unit, n in pieces.items() if n
    )
    db.session.flush()
    approvals.ask(
        Matter.OVER_SHORT, made.handle, amount=Money(abs(made.difference.cents)),
        request_hash=hashed(made), by=by, now=now,
    )  # fmt: skip
    once.settle(key, made.handle)
    record(Act.DEPOSIT_DRAWN, f"draft:{made.handle}", by=by, cents=made.difference.cents,
           reason=reason.value)  # fmt: skip
    return made


def draft(handle: str) -> DepositDraft:
    """Return a draft by its handle. Raises NotYours."""
    return the_one(select(DepositDraft).where(DepositDraft.handle == handle))


def receipts_of(made: DepositDraft) -> list[OpenReceipt]:
    """Return the receipts that a draft would take to the bank."""
    query = select(DepositDraftItem.receipt_id).where(DepositDraftItem.draft_id == made.id)
    return of_keys(query)


def count_of(made: DepositDraft) -> dict[int, int]:
    """Return how the cash of a draft was counted, the largest value first."""
    query = select(DepositDraftCount.unit, DepositDraftCount.pieces)
    query = query.where(DepositDraftCount.draft_id == made.id)
    rows = db.session.execute(query.order_by(DepositDraftCount.unit.desc()))
    return {row.unit: row.pieces for row in rows}


def hashed(made: DepositDraft) -> str:
    """Return what an approval is bound to: the receipts, the count, the reason."""
    return once.request_hash(
        "over-short",
        {
            "handle": made.handle, "difference": made.difference.cents, "reason": made.reason,
            "receipts": [r.number for r in receipts_of(made)], "count": count_of(made),
            "on": made.drawn_on,
        },
    )  # fmt: skip


def carry_out(made: DepositDraft, *, approved_by: int, now: datetime) -> Deposit:
    """Post the deposit and by how much it is over or short, together.

    Raises NotInTheDrawer if a receipt left the drawer meanwhile, OwnReceipt for an
    approver who took some of the money, LedgerRefused.
    """
    books.hold()
    by = db.session.get_one(Staff, made.drawn_by_id)
    numbers = [r.number for r in receipts_of(made)]
    chosen = choose(undeposited(), numbers, made.drawn_by_id, small=is_small_office())
    if approved_by in {r.cashier for r in chosen}:
        raise OwnReceipt(OwnReceipt.second)
    deposit = services.deposit(
        chosen, count_of(made), key=f"draft:{made.handle}", by=by, on=made.drawn_on, now=now
    )
    posted = books.post(
        meaning(deposit, made.difference), key=f"draft:{made.handle}:difference", by=by.id,
        approved_by=approved_by, on=made.drawn_on, now=now,
    )  # fmt: skip
    db.session.add(DepositOverShort(deposit_id=deposit.id, draft_id=made.id, entry=posted.number))
    db.session.flush()
    return deposit


def meaning(deposit: Deposit, amount: Money) -> Command:
    """Say in accounts what over and short are: of the bag, never of a receipt."""
    if amount > ZERO:
        lines = [debit(IN_TRANSIT, amount, deposit.id), credit(OVER_SHORT, amount)]
    else:
        lines = [debit(OVER_SHORT, -amount), credit(IN_TRANSIT, -amount, deposit.id)]
    return Command(Event.OVER_SHORT, lines, doc=deposit.number)


def became(made: DepositDraft) -> str | None:
    """Return the number of the deposit that came of a draft."""
    query = (
        select(Deposit.number)
        .join(DepositOverShort, DepositOverShort.deposit_id == Deposit.id)
        .where(DepositOverShort.draft_id == made.id)
    )
    return db.session.scalar(query)


def over_short_of(deposit_id: int) -> tuple[DepositDraft, int] | None:
    """Return the draft behind a deposit that is over or short, and the entry that says so."""
    query = (
        select(DepositDraft, DepositOverShort.entry)
        .join(DepositOverShort, DepositOverShort.draft_id == DepositDraft.id)
        .where(DepositOverShort.deposit_id == deposit_id)
    )
    row = db.session.execute(query).one_or_none()
    return None if row is None else (row[0], row[1])
