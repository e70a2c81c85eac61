"""Build the reports about cash: the schedule of accountability, and its proof item by item."""

from collections.abc import Collection

from diversion.core.money import ZERO, Money
from diversion.core.words import Sentence, _
from diversion.core.workbooks.sheets import Kind
from diversion.fund.statements.report import Column, Question, Report, Row
from diversion.ledger import queries as ledger
from diversion.ledger import reports, standing
from diversion.ledger.accounts import (
    CARD_CLEARING,
    CHANGE_FUND,
    IN_TRANSIT,
    TREASURY,
    UNDEPOSITED,
)
from diversion.ledger.events import Event

E = Event
CASH = (UNDEPOSITED, IN_TRANSIT, TREASURY, CARD_CLEARING, CHANGE_FUND)
M = Kind.MONEY
# Source: OAR 162-010-0140, the schedule of accountability of an elected official.
PARTS: tuple[tuple[Sentence, Collection[Event]], ...] = (
    (
        _("Receipts"),
        (
            E.DONATION_DIRECT, E.DONATION_RECEIPT, E.GRANT_IN, E.IMPORTED_RECEIPT, E.INTEREST,
            E.OPENING, E.RECEIPT, E.RECEIPT_CARD, E.RECEIPT_UNIDENTIFIED, E.TRANSFER_IN,
        ),
    ),
    (
        _("Disbursements"),
        (E.ADVANCE, E.BANK_CHARGE, E.CARD_SETTLED, E.CHECK_STALE, E.CHECK_VOIDED, E.PAY),
    ),
    (_("Returned by grantees"), (E.ADVANCE_RETURNED, E.GRANT_RETURNED)),
    (_("Returned by banks"), (E.CHARGEBACK, E.RETURNED_ITEM)),
    (_("Refunds"), (E.REFUND_PAID,)),
    (_("Turnovers"), (E.TRANSFER_OUT,)),
    (_("Over and short"), (E.DEPOSIT_DIFFERENCE, E.OVER_SHORT)),
)  # fmt: skip
ACCOUNTABILITY = (Column(_("Cash of the account"), width=44), Column(_("Amount"), M))
PROOF = (
    Column(_("Account"), width=40), Column(_("Opening"), M), Column(_("In"), M),
    Column(_("Out"), M), Column(_("Closing"), M), Column(_("Open items"), Kind.WHOLE, 11),
    Column(_("Sum of the items"), M),
)  # fmt: skip


def accountability(asked: Question) -> Report:
    """Return beginning, what came and went, and ending, tied to the cash on hand."""
    lines = {x.account.code: x for x in _trial(asked) if x.account.code in CASH}
    begun = Money.total(x.opening for x in lines.values())
    moved = reports.by_event(asked.wanted, CASH)
    rows = [Row((_("Beginning"), begun), strong=True)]
    rest = dict(moved)
    for words, events in PARTS:
        amount = Money.total(rest.pop(event, ZERO) for event in events)
        rows.append(Row((words, amount)))
    other = Money.total(rest.values())
    if other:
        rows.append(Row((_("Adjustments and other"), other)))
    ended = begun + Money.total(moved.values())
    on_hand = Money.total(x.closing for x in lines.values())
    rows.append(Row((_("Ending"), ended), strong=True))
    rows += [Row((f"{code} {x.account.name}", x.closing)) for code, x in sorted(lines.items())]
    rows.append(Row((_("Cash on hand and at the treasurer"), on_hand), strong=True))
    return Report(ACCOUNTABILITY, rows, ((_("Ending less cash on hand"), ended - on_hand),))


def cash_proof(asked: Question) -> Report:
    """Return each cash account with the items that it is made of."""
    items = standing.on(asked.wanted.last, accounts=CASH, up_to=asked.wanted.up_to)
    rows, off = [], []
    for x in _trial(asked):
        code = x.account.code
        if code in CASH:
            own = [item.cents for item in items if item.account == code]
            cells = (x.opening, x.debits, x.credits, x.closing, len(own), Money(sum(own)))
            rows.append(Row((f"{code} {x.account.name}", *cells)))
            off.append((_("{code} less its items", code=code), x.closing - Money(sum(own))))
    return Report(PROOF, rows, tuple(off))


def _trial(asked: Question) -> list[ledger.TrialLine]:
    wanted = asked.wanted
    return ledger.trial_balance(wanted.first, wanted.last, up_to=wanted.up_to)
