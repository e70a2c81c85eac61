"""Prove that what a second person approved of fees and fund was not changed afterwards."""

from collections.abc import Iterable

from diversion.fees import bound as fees
from diversion.fund.corrections import rules as corrections
from diversion.fund.corrections.models import Correction
from diversion.fund.deposits import confirming, drafts
from diversion.fund.deposits.models import DepositDraft, DepositTaking
from diversion.fund.orders import services as orders
from diversion.fund.orders.models import Order
from diversion.fund.reconciliation import papers
from diversion.fund.reconciliation.models import BankPaper
from diversion.fund.remittances import services as remittances
from diversion.fund.remittances.models import Remittance
from diversion.ledger.proofs import Fault
from diversion.ledger.verify import Finding
from diversion.staff.approvals.models import Matter
from diversion.staff.approvals.proof import Kind, altered

M = Matter
KINDS = (
    *fees.KINDS,
    Kind(frozenset({M.ADJUSTMENT, M.REVERSAL}), Correction, corrections.hash_of, "number"),
    Kind(frozenset({M.AWARD, M.BUDGET, M.VOUCHER}), Order, orders.request_hash),
    Kind(frozenset({M.BANK}), BankPaper, papers.hashed_once_said),
    Kind(
        frozenset({M.DEPOSIT_DIFFERENCE}), DepositTaking, confirming.hashed, asked_by="said_by_id"
    ),
    Kind(frozenset({M.OVER_SHORT}), DepositDraft, drafts.hashed, asked_by="drawn_by_id"),
    Kind(frozenset({M.REMITTANCE}), Remittance, remittances.request_hash),
)


def findings(kinds: Iterable[Kind] = KINDS) -> list[Finding]:
    """Return the papers that are not what was asked, each by its matter and its name."""
    return [
        Finding(Fault.PAPERS, each.request, f"{each.matter} {each.subject}")
        for each in altered(kinds)
    ]
