"""Name the reasons for which the books refuse."""

from enum import StrEnum


class Code(StrEnum):
    """Stable names of refusals; tests, exports and help pages use them."""

    ACCOUNT_INACTIVE = "account_inactive"
    ALREADY_REVERSED = "already_reversed"
    AMOUNT_OUT_OF_RANGE = "amount_out_of_range"
    BELOW_FLOOR = "below_floor"
    CARD_REFERENCE_MISSING = "card_reference_missing"
    CARD_REFERENCE_USED = "card_reference_used"
    DATE_AHEAD = "date_ahead"
    NOT_FOR_THIS_EVENT = "not_for_this_event"
    NOT_KEPT_APART = "not_kept_apart"
    NOT_LEGIBLE = "not_legible"
    NOT_MIRRORED = "not_mirrored"
    NOT_REVERSIBLE = "not_reversible"
    NOT_THE_SAME_DAY = "not_the_same_day"
    NOT_WHOLE = "not_whole"
    PERIOD_CLOSED = "period_closed"
    PERIOD_WRONG = "period_wrong"
    RECEIPT_MISMATCH = "receipt_mismatch"
    REVERSAL_NOT_EXACT = "reversal_not_exact"
    SAME_KEY_TWICE = "same_key_twice"
    SECOND_PERSON = "second_person"
    SUB_LEDGER_KEY = "sub_ledger_key"
    TOO_FEW_LINES = "too_few_lines"
    UNBALANCED = "unbalanced"
