"""Every event at the till posts exactly the lines of its table, and asks for its second."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.fees.models import Obligation, Receipt
from diversion.fees.refunds.models import RefundReason
from diversion.fees.refunds.services import Wish
from diversion.fees.unplaced.models import UnplacedKind
from diversion.ledger import queries as ledger
from diversion.ledger.accounts import BY_CODE
from diversion.ledger.commands import Line, Mode
from diversion.ledger.events import BY_EVENT, Event
from diversion.ledger.facts import lines_of
from diversion.ledger.models import Entry, ReceiptNumber
from diversion.participants.models import Participant
from diversion.staff.permissions import Role
from tests.factories.cash import bring_to_bank
from tests.factories.fees import make_debtor, make_receipt
from tests.factories.staff import make_staff
from tests.fees import test_imported as old
from tests.fees import test_receipts as receipts
from tests.fees import test_refunds as refunds
from tests.fees import test_returned as returned
from tests.fees import test_unplaced as unplaced

TABLE = yaml.safe_load((Path(__file__).parent / "till_table.yaml").read_text())


class Acts:
    """Each act of the table, done through the services; `before` is the last entry before it."""

    def __init__(self) -> None:
        self.people = [
            make_staff(Role.FINANCE_CLERK, name="Omar Finch"),
            make_staff(Role.FINANCE_APPROVER, name="Harriet Moss"),
            make_staff(Role.FINANCE_APPROVER, name="Quin Abara"),
        ]
        self.clerk, self.manager, self.payer = self.people
        self.before = 0

    def ready(self) -> None:
        self.before = ledger.head().number

    def receipt(self, mode: Mode = Mode.CASH, cents: int = 120_000) -> Receipt:
        person, _ = make_debtor()
        self.ready()
        reference = "" if mode is Mode.CASH else "1021"
        return make_receipt(person, cents, mode=mode, reference=reference)

    def card(self) -> Receipt:
        return self.receipt(Mode.CARD, 40_000)

    def unidentified(self) -> None:
        unplaced.take(self.clerk)

    def gift(self) -> None:
        unplaced.take(self.clerk, kind=UnplacedKind.DONATION, mode=Mode.CASH)

    def void(self) -> None:
        receipt = self.receipt()
        self.ready()
        receipts.void(receipt, self.manager)

    def _back(self, receipt: Receipt, notice: Any, ceiling: Money = ZERO) -> None:
        self.ready()
        returned.back(receipt, notice, self.clerk, self.manager, ceiling)

    def _banked(self, receipt: Receipt) -> Receipt:
        bring_to_bank(receipt)
        return receipt

    def returned(self) -> None:
        self._back(self._banked(self.receipt(Mode.CHECK)), returned.BOUNCED)

    def _unplaced_back(self, kind: UnplacedKind) -> None:
        receipt = unplaced.take(self.clerk, kind=kind)
        bring_to_bank(receipt)
        self.ready()
        unplaced.back(receipt, self.clerk, self.manager)

    def returned_unidentified(self) -> None:
        self._unplaced_back(UnplacedKind.UNIDENTIFIED)

    def returned_gift(self) -> None:
        self._unplaced_back(UnplacedKind.DONATION)

    def returned_with_fee(self) -> None:
        reason = returned.ReturnReason.ACCOUNT_CLOSED
        dear = returned.Notice(returned.ReturnKind.RETURNED, reason, "NSF-2", Money(3_500))
        self._back(self._banked(self.receipt(Mode.CHECK)), dear, Money(3_500))

    def disputed(self) -> Receipt:
        receipt = self.card()
        self._back(receipt, returned.DISPUTED)
        return receipt

    def disputed_after_settlement(self) -> None:
        self._back(self._banked(self.card()), returned.DISPUTED)

    def won(self) -> None:
        won = returned.ReturnKind.CHARGEBACK_WON, returned.ReturnReason.DISPUTED, "CB-1"
        self._back(self.disputed(), returned.Notice(*won))

    def _refund(self, paid: int, cents: int, why: RefundReason, *, stays: bool = False) -> Any:
        person, fee = refunds.payer(paid)
        self.ready()
        about = None if why is RefundReason.OVERPAID else fee
        wish = Wish(Money(cents), why, about, stays_owed=stays)
        return refunds.approved(person, wish, self.people)

    def refund(self) -> None:
        self._refund(40_000, 15_000, RefundReason.COURT_ORDER)

    def refund_still_owed(self) -> None:
        self._refund(40_000, 15_000, RefundReason.PAID_IN_ERROR, stays=True)

    def refund_of_credit(self) -> Any:
        return self._refund(120_000, 20_000, RefundReason.OVERPAID)

    def refund_paid(self) -> None:
        refund = self.refund_of_credit()
        self.ready()
        refunds.pay(refund, self.payer)

    def imported(self) -> None:
        old.take_old(make_staff(Role.SBAD_COORDINATOR))


def said(line: Line) -> str:
    """Return an account and whose line it is: the first fee, person and receipt have names."""
    kept = BY_CODE[line.account].sub
    known = {"obligation": Obligation.id, "participant": Participant.id}
    first = db.session.scalar(select(known.get(kept, ReceiptNumber.id)).order_by("id").limit(1))
    return (
        f"{line.account} {kept if line.sub == first else 'another'}" if kept else f"{line.account}"
    )


@pytest.mark.parametrize("row", TABLE, ids=[f"{row['rule']}-{row['does']}" for row in TABLE])
def test_an_act_posts_exactly_the_lines_of_the_table(session: Session, row: dict[str, Any]) -> None:
    acts = Acts()
    getattr(acts, row["does"])()
    query = select(Entry).where(Entry.id > acts.before).order_by(Entry.id)
    entry = db.session.scalars(query).all()[row.get("after", 0)]
    lines = {said(line): line.cents for line in lines_of(entry.id)}
    assert (entry.event, lines) == (
        Event(row["event"]), {str(key): cents for key, cents in row["lines"].items()},
    )  # fmt: skip
    rule = BY_EVENT[entry.event]
    assert (rule.number, rule.second) == (row["rule"], row["second"])
    assert (entry.approver is not None) or not row["second"]
