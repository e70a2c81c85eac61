"""Prove that a receipt or a fee that no longer says what the ledger sealed is found."""

import pytest
from sqlalchemy.orm import Session

from diversion.fees.models import VoidReason
from diversion.fees.receipts.services import void
from diversion.fees.verify import TIES, findings
from diversion.ledger.proofs import Fault
from diversion.staff.permissions import Role
from tests import intruder
from tests.conftest import NOW
from tests.factories.fees import TODAY, make_debtor, make_receipt
from tests.factories.staff import make_staff

DAMAGES = (
    "UPDATE receipt SET mode = 'check'",
    "UPDATE receipt SET credit = 1",
    "UPDATE allocation SET amount = amount - 1",
    "UPDATE obligation SET amount = 5",
    "DELETE FROM receipt_void",
)


@pytest.fixture
def county(session: Session) -> Session:
    participant, _ = make_debtor()
    first = make_receipt(participant, 5_000)
    make_receipt(participant, 120_000)
    by = make_staff(Role.FINANCE_APPROVER)
    void(first, reason=VoidReason.WRONG_AMOUNT, copy_returned=True, seen=first.hash16, by=by,
         on=TODAY, now=NOW)  # fmt: skip
    return session


def test_what_the_services_keep_ties_to_the_ledger(county: Session) -> None:
    assert findings() == []
    assert len(DAMAGES) == len(TIES)


@pytest.mark.parametrize("damage", DAMAGES)
def test_each_way_of_not_tying_is_found(county: Session, damage: str) -> None:
    intruder.damage(county, damage)
    assert {finding.fault for finding in findings()} == {Fault.FEES}
