"""Name the events of the journal for people, and gather them into kinds that they look for."""

from collections.abc import Mapping
from enum import StrEnum

from diversion.core.words import Sentence, _
from diversion.ledger.events import Event

E = Event


class Kind(StrEnum):
    """What a person looks for in the ledger."""

    RECEIPTS = "receipts"
    VOIDED = "voided"
    RETURNED = "returned"
    DEPOSITS = "deposits"
    FEES = "fees"
    REFUNDS = "refunds"
    GRANTS = "grants"
    BUDGET = "budget"
    OTHER_INCOME = "other-income"
    CORRECTIONS = "corrections"
    STATUTORY = "statutory"


KIND_WORDS: Mapping[Kind, Sentence] = {
    Kind.RECEIPTS: _("Receipts"),
    Kind.VOIDED: _("Voided receipts"),
    Kind.RETURNED: _("Returned items"),
    Kind.DEPOSITS: _("Deposits"),
    Kind.FEES: _("Fees"),
    Kind.REFUNDS: _("Refunds"),
    Kind.GRANTS: _("Grants, payments"),
    Kind.BUDGET: _("Budget"),
    Kind.OTHER_INCOME: _("Other income"),
    Kind.CORRECTIONS: _("Corrections"),
    Kind.STATUTORY: _("Statutory fee"),
}

EVENTS: Mapping[Kind, frozenset[Event]] = {
    Kind.RECEIPTS: frozenset(
        {E.RECEIPT, E.RECEIPT_CARD, E.RECEIPT_UNIDENTIFIED, E.DONATION_RECEIPT, E.IMPORTED_RECEIPT}
    ),
    Kind.VOIDED: frozenset({E.VOID_RECEIPT}),
    Kind.RETURNED: frozenset({E.RETURNED_ITEM, E.RETURNED_FEE, E.CHARGEBACK, E.CHARGEBACK_WON}),
    Kind.DEPOSITS: frozenset(
        {
            E.DEPOSIT, E.DEPOSIT_CONFIRMED, E.DEPOSIT_DIFFERENCE, E.OVER_SHORT, E.CARD_SETTLED,
            E.DEPOSITED_BEFORE,
        }
    ),
    Kind.FEES: frozenset(
        {E.ASSESS, E.ASSESS_UP, E.WAIVE, E.REDUCE, E.WRITE_OFF, E.REINSTATE, E.APPLY}
    ),
    Kind.REFUNDS: frozenset({E.REFUND_APPROVED, E.REFUND_CREDIT, E.REFUND_PAID}),
    Kind.GRANTS: frozenset(
        {
            E.VOUCHER, E.PAY, E.ADVANCE, E.ADVANCE_CLEARED, E.ADVANCE_RETURNED, E.CHECK_VOIDED,
            E.CHECK_STALE, E.GRANT_RETURNED,
        }
    ),
    Kind.BUDGET: frozenset({E.BUDGET_ADOPT, E.BUDGET_AMEND, E.ENCUMBER, E.RELEASE}),
    Kind.OTHER_INCOME: frozenset(
        {E.INTEREST, E.DONATION_DIRECT, E.GRANT_IN, E.TRANSFER_IN, E.TRANSFER_OUT, E.BANK_CHARGE}
    ),
    Kind.CORRECTIONS: frozenset({E.ADJUST, E.REVERSE, E.UNDO_IMPORT, E.OPENING, E.YEAR_CLOSE}),
    Kind.STATUTORY: frozenset(event for event in Event if event.startswith("STF_")),
}  # fmt: skip

# Where reading the code out would not do.
_OWN_WORDS: Mapping[Event, Sentence] = {
    E.ASSESS: _("Fee assessed"),
    E.ASSESS_UP: _("Fee raised"),
    E.APPLY: _("Credit applied"),
    E.BUDGET_ADOPT: _("Budget adopted"),
    E.BUDGET_AMEND: _("Budget amended"),
    E.DEPOSITED_BEFORE: _("Deposited before these books"),
    E.DONATION_DIRECT: _("Donation to the bank"),
    E.DONATION_RECEIPT: _("Donation"),
    E.ENCUMBER: _("Award promised"),
    E.GRANT_IN: _("Grant received"),
    E.IMPORTED_RECEIPT: _("Receipt before these books"),
    E.OVER_SHORT: _("Cash over or short"),
    E.PAY: _("Paid"),
    E.RECEIPT_CARD: _("Receipt, card"),
    E.RECEIPT_UNIDENTIFIED: _("Receipt, unidentified"),
    E.REDUCE: _("Fee reduced"),
    E.REINSTATE: _("Fee reinstated"),
    E.REVERSE: _("Reversal"),
    E.RELEASE: _("Award released"),
    E.STF_CONFIRMED: _("Statutory deposit confirmed"),
    E.STF_DEPOSIT: _("Statutory deposit"),
    E.STF_RECEIPT: _("Statutory receipt"),
    E.STF_REMIT: _("Statutory fee remitted"),
    E.STF_RETURNED: _("Statutory item returned"),
    E.STF_VOID: _("Statutory receipt voided"),
    E.UNDO_IMPORT: _("Import undone"),
    E.VOID_RECEIPT: _("Receipt voided"),
    E.WAIVE: _("Fee waived"),
    E.WRITE_OFF: _("Written off"),
}


def event_words(event: Event) -> Sentence:
    """Return what an event is called on screen and in workbooks."""
    return _OWN_WORDS.get(event) or Sentence(event.value.replace("_", " ").capitalize())
