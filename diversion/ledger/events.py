"""Hold the posting rules as facts: what each event may touch and who may post it.

The number of a rule, such as E06, is that of the county's accounting policy.
"""

from dataclasses import dataclass
from enum import StrEnum

from diversion.ledger.accounts import CHART, Group


class Event(StrEnum):
    """Why money moved, as the journal says it."""

    ADJUST = "ADJUST"
    ADVANCE = "ADVANCE"
    ADVANCE_CLEARED = "ADVANCE_CLEARED"
    ADVANCE_RETURNED = "ADVANCE_RETURNED"
    APPLY = "APPLY"
    ASSESS = "ASSESS"
    ASSESS_UP = "ASSESS_UP"
    BANK_CHARGE = "BANK_CHARGE"
    BUDGET_ADOPT = "BUDGET_ADOPT"
    BUDGET_AMEND = "BUDGET_AMEND"
    CARD_SETTLED = "CARD_SETTLED"
    CHARGEBACK = "CHARGEBACK"
    CHARGEBACK_WON = "CHARGEBACK_WON"
    CHECK_STALE = "CHECK_STALE"
    CHECK_VOIDED = "CHECK_VOIDED"
    DEPOSIT = "DEPOSIT"
    DEPOSITED_BEFORE = "DEPOSITED_BEFORE"
    DEPOSIT_CONFIRMED = "DEPOSIT_CONFIRMED"
    DEPOSIT_DIFFERENCE = "DEPOSIT_DIFFERENCE"
    DONATION_DIRECT = "DONATION_DIRECT"
    DONATION_RECEIPT = "DONATION_RECEIPT"
    ENCUMBER = "ENCUMBER"
    GRANT_IN = "GRANT_IN"
    GRANT_RETURNED = "GRANT_RETURNED"
    IMPORTED_RECEIPT = "IMPORTED_RECEIPT"
    INTEREST = "INTEREST"
    OPENING = "OPENING"
    OVER_SHORT = "OVER_SHORT"
    PAY = "PAY"
    RECEIPT = "RECEIPT"
    RECEIPT_CARD = "RECEIPT_CARD"
    RECEIPT_UNIDENTIFIED = "RECEIPT_UNIDENTIFIED"
    REDUCE = "REDUCE"
    REFUND_APPROVED = "REFUND_APPROVED"
    REFUND_CREDIT = "REFUND_CREDIT"
    REFUND_PAID = "REFUND_PAID"
    REINSTATE = "REINSTATE"
    RELEASE = "RELEASE"
    RETURNED_FEE = "RETURNED_FEE"
    RETURNED_ITEM = "RETURNED_ITEM"
    REVERSE = "REVERSE"
    STF_CONFIRMED = "STF_CONFIRMED"
    STF_DEPOSIT = "STF_DEPOSIT"
    STF_RECEIPT = "STF_RECEIPT"
    STF_REMIT = "STF_REMIT"
    STF_RETURNED = "STF_RETURNED"
    STF_VOID = "STF_VOID"
    TRANSFER_IN = "TRANSFER_IN"
    TRANSFER_OUT = "TRANSFER_OUT"
    UNDO_IMPORT = "UNDO_IMPORT"
    VOID_RECEIPT = "VOID_RECEIPT"
    VOUCHER = "VOUCHER"
    WAIVE = "WAIVE"
    WRITE_OFF = "WRITE_OFF"
    YEAR_CLOSE = "YEAR_CLOSE"


class Books(StrEnum):
    """Which periods take an event."""

    IN = "in"
    BEFORE = "before"
    EITHER = "either"


@dataclass(frozen=True)
class Rule:
    """What an event may do.

    `debits` and `credits` name accounts; both are empty for an exact reversal, which
    names the events it may turn back in `reverses`. `second`: an approver other than
    the actor is needed. `apart`: the actor had no hand in these events about the same
    receipt, deposit, voucher or person; of a reversal, in the entry that it turns back.
    `receipt`: a numbered receipt is given.
    """

    event: Event
    number: str
    debits: frozenset[int] = frozenset()
    credits: frozenset[int] = frozenset()
    second: bool = False
    receipt: bool = False
    books: Books = Books.IN
    closing: bool = False
    same_day: bool = False
    reverses: frozenset[Event] = frozenset()
    apart: frozenset[Event] = frozenset()

    @property
    def groups(self) -> frozenset[Group]:
        """State money and the Account never meet in one event."""
        if self.event.startswith("STF_"):
            return frozenset({Group.STATUTORY})
        return frozenset({Group.ACTUAL, Group.BUDGET})


def _accounts(text: str) -> frozenset[int]:
    return frozenset(int(code) for code in text.split())


def _rule(number: str, event: Event, debits: str, credit: str, *, second: bool = False) -> Rule:
    return Rule(event, number, _accounts(debits), _accounts(credit), second)


def _receipt(number: str, event: Event, debits: str, credit: str, books: Books = Books.IN) -> Rule:
    return Rule(event, number, _accounts(debits), _accounts(credit), receipt=True, books=books)


def _apart(number: str, event: Event, debits: str, credit: str, *of: Event) -> Rule:
    return Rule(event, number, _accounts(debits), _accounts(credit), apart=frozenset(of))


def _all_but(codes: str) -> frozenset[int]:
    forbidden = _accounts(codes)
    return frozenset(
        a.code for a in CHART if a.group != Group.STATUTORY and a.code not in forbidden
    )


V = Event
PAID_IN = "1200 4010 4020 2100"
RETURNED = "1200 4010 4020 2100"
UNPLACED = "2400 4300"  # what a receipt without an account had credited
FREE = _all_but("1010 1015 1030 1200 2500")
YEAR = _accounts("3000 4010 4020 4090 4200 4300 5010 5020 5030 5040 9000 9010 9020 9030")
TAKEN = frozenset({V.RECEIPT, V.RECEIPT_CARD, V.RECEIPT_UNIDENTIFIED, V.DONATION_RECEIPT})
NEVER_REVERSED = TAKEN | {
    V.IMPORTED_RECEIPT, V.STF_RECEIPT, V.STF_VOID, V.UNDO_IMPORT, V.VOID_RECEIPT,
}  # fmt: skip

RULES: tuple[Rule, ...] = (
    Rule(V.ASSESS, "E01", _accounts("1200"), _accounts("2500"), books=Books.EITHER),
    _rule("E02", V.ASSESS_UP, "1200", "2500", second=True),
    _rule("E03", V.WAIVE, "2500", "1200", second=True),
    _rule("E03", V.REDUCE, "2500", "1200", second=True),
    _rule("E04", V.WRITE_OFF, "2500", "1200", second=True),
    Rule(V.REINSTATE, "E05", second=True, reverses=frozenset({V.WAIVE, V.REDUCE, V.WRITE_OFF})),
    _receipt("E06", V.RECEIPT, "1010 2500", PAID_IN),
    _receipt("E07", V.RECEIPT_CARD, "1030 2500", PAID_IN),
    _receipt("E08", V.RECEIPT_UNIDENTIFIED, "1010", "2400"),
    _rule("E09", V.APPLY, "2100 2400 2500 1020", "1200 4010 4020 2100 1020"),
    Rule(V.VOID_RECEIPT, "E10", same_day=True, reverses=TAKEN, apart=TAKEN),
    _rule("E11", V.OVER_SHORT, "4090 1015", "1015 4090", second=True),
    _apart("E12", V.DEPOSIT, "1015", "1010", *TAKEN),
    _apart("E13", V.DEPOSIT_CONFIRMED, "1020", "1015", V.DEPOSIT),
    _rule("E14", V.DEPOSIT_DIFFERENCE, "4090 1015", "1015 4090", second=True),
    _rule("E15", V.CARD_SETTLED, "1020 5040", "1030"),
    _rule("E16", V.RETURNED_ITEM, f"{RETURNED} {UNPLACED}", "2500 1020", second=True),
    _rule("E17", V.RETURNED_FEE, "1200", "2500"),
    _rule("E18", V.BANK_CHARGE, "5040", "1020"),
    _rule("E19", V.CHARGEBACK, RETURNED, "2500 1020 1030", second=True),
    Rule(V.CHARGEBACK_WON, "E20", second=True, reverses=frozenset({V.CHARGEBACK})),
    _rule("E21", V.REFUND_APPROVED, "4010 4020 1200", "2010 2500", second=True),
    _rule("E22", V.REFUND_CREDIT, "2100", "2010", second=True),
    _apart("E23", V.REFUND_PAID, "2010", "1020", V.REFUND_APPROVED, V.REFUND_CREDIT),
    _rule("E24", V.TRANSFER_OUT, "3000 4300", "1020", second=True),
    _rule("E24", V.TRANSFER_IN, "1020", "4300", second=True),
    _rule("E25", V.INTEREST, "1020", "4200"),
    _receipt("E26a", V.DONATION_RECEIPT, "1010", "4300"),
    _rule("E26b", V.DONATION_DIRECT, "1020", "4300"),
    _rule("E26b", V.GRANT_IN, "1020", "4300"),
    _rule("E27", V.BUDGET_ADOPT, "9000", "9010", second=True),
    _rule("E27", V.BUDGET_AMEND, "9000 9010", "9010 9000", second=True),
    _rule("E28", V.ENCUMBER, "9010", "9020", second=True),
    _rule("E29", V.RELEASE, "9020", "9010", second=True),
    _rule("E30", V.VOUCHER, "5010 5020 5030 9020", "2200 9030", second=True),
    _apart("E31", V.PAY, "2200", "1020", V.VOUCHER),
    _rule("E32", V.ADVANCE, "1400 9020", "1020 9030", second=True),
    _rule("E33", V.ADVANCE_CLEARED, "5020", "1400", second=True),
    _rule("E33", V.ADVANCE_RETURNED, "1020 9030", "1400 9010", second=True),
    _rule("E34", V.CHECK_VOIDED, "1020", "2200", second=True),
    _rule("E35", V.CHECK_STALE, "1020", "2300", second=True),
    _rule("E36", V.GRANT_RETURNED, "1020 9030", "5020 9010", second=True),
    Rule(V.ADJUST, "E37", FREE, FREE, second=True, closing=True),
    Rule(V.OPENING, "E38", _all_but(""), _all_but(""), second=True, books=Books.BEFORE),
    Rule(V.YEAR_CLOSE, "E39", YEAR, YEAR, second=True, closing=True),
    Rule(V.REVERSE, "E40", second=True, books=Books.EITHER,
         reverses=frozenset(Event) - NEVER_REVERSED),
    Rule(V.UNDO_IMPORT, "E40", books=Books.BEFORE,
         reverses=frozenset({V.ASSESS, V.IMPORTED_RECEIPT})),
    _receipt("E41", V.IMPORTED_RECEIPT, "1010 2500", PAID_IN, Books.BEFORE),
    _rule("E42", V.DEPOSITED_BEFORE, "1020", "1010", second=True),
    _receipt("S02", V.STF_RECEIPT, "7010", "7300"),
    _apart("S03", V.STF_DEPOSIT, "7015", "7010", V.STF_RECEIPT),
    _apart("S04", V.STF_CONFIRMED, "7020", "7015", V.STF_DEPOSIT),
    _rule("S05", V.STF_REMIT, "7300", "7020", second=True),
    Rule(V.STF_VOID, "S06", same_day=True, reverses=frozenset({V.STF_RECEIPT}),
         apart=frozenset({V.STF_RECEIPT})),
    _rule("S07", V.STF_RETURNED, "7300", "7020", second=True),
)  # fmt: skip
BY_EVENT = {rule.event: rule for rule in RULES}
# Whoever took money may do these with it, in small-office mode alone.
RELAXED = frozenset({V.DEPOSIT, V.STF_DEPOSIT})
