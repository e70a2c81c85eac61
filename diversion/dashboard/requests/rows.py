"""Say of each request what it is about and where it is decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from diversion.core.money import Money
from diversion.core.words import Sentence, _
from diversion.staff.approvals.models import ApprovalRequest, Matter
from diversion.staff.queries import names_of

# Where the paper of a matter is shown and decided; the page takes its `subject`.
PAGES: Mapping[Matter, str] = {
    Matter.ASSESSMENT: "fees.waivers.show",
    Matter.WAIVER: "fees.waivers.show",
    Matter.WRITE_OFF: "fees.waivers.show",
    Matter.IDENTIFICATION: "fees.unplaced.identified",
    Matter.REFUND: "fees.refunds.show",
    Matter.REFUND_CANCEL: "fees.refund_cancels.show",
    Matter.RETURNED_ITEM: "fees.returned.show",
    Matter.STATE_RETURN: "fees.state_returns.show",
    Matter.UNPLACED_RETURN: "fees.unplaced_returns.show",
    Matter.VOID: "fees.voids.show",
    Matter.BANK: "fund.bank_papers.paper",
    Matter.AWARD: "fund.decisions.show",
    Matter.BUDGET: "fund.decisions.show",
    Matter.VOUCHER: "fund.decisions.show",
    Matter.DEPOSIT_DIFFERENCE: "fund.deposit_papers.taking",
    Matter.OVER_SHORT: "fund.deposit_papers.draft",
    Matter.ADJUSTMENT: "fund.corrections.show",
    Matter.REMITTANCE: "fund.remittances.show",
    Matter.REOPENING: "fund.reopenings.show",
    Matter.REVERSAL: "fund.corrections.show",
}

MATTERS: Mapping[Matter, Sentence] = {
    Matter.ADJUSTMENT: _("Adjustment"),
    Matter.ASSESSMENT: _("Fee raised or reinstated"),
    Matter.AWARD: _("Award"),
    Matter.BANK: _("Bank statement"),
    Matter.BUDGET: _("Budget"),
    Matter.DEPOSIT_DIFFERENCE: _("Deposit taken differently"),
    Matter.OVER_SHORT: _("Cash over or short"),
    Matter.IDENTIFICATION: _("Unidentified money"),
    Matter.REFUND: _("Refund"),
    Matter.REFUND_CANCEL: _("Refund to cancel"),
    Matter.REMITTANCE: _("State's fee to send on"),
    Matter.REOPENING: _("Reopening of a month"),
    Matter.RETURNED_ITEM: _("Returned item"),
    Matter.REVERSAL: _("Reversal"),
    Matter.STATE_RETURN: _("Returned item of the state's fee"),
    Matter.UNPLACED_RETURN: _("Returned item without an account"),
    Matter.VOID: _("Void of a receipt"),
    Matter.VOUCHER: _("Voucher"),
    Matter.WAIVER: _("Waiver or reduction"),
    Matter.WRITE_OFF: _("Write-off"),
}


@dataclass(frozen=True)
class Waiting:
    """A request in a list."""

    title: Sentence
    link: str
    amount: Money
    asker: str
    asked_at: datetime


def rows(requests: Iterable[ApprovalRequest]) -> list[Waiting]:
    """Return the lines of a list; two statements at most."""
    found = list(requests)
    names = names_of({request.asked_by_id for request in found})
    return [
        Waiting(
            MATTERS[each.matter], url_for(PAGES[each.matter], subject=each.subject), each.amount,
            names.get(each.asked_by_id, ""), each.asked_at,
        )
        for each in found
    ]  # fmt: skip
