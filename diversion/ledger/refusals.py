"""Say in sentences why the ledger refuses."""

from diversion.core.errors import DomainError
from diversion.core.words import Sentence, _
from diversion.ledger.codes import Code

SENTENCES: dict[Code, Sentence] = {
    Code.ACCOUNT_INACTIVE: _("This account is not in use."),
    Code.ALREADY_REVERSED: _("This entry was already turned back."),
    Code.AMOUNT_OUT_OF_RANGE: _("The amount is above one billion dollars."),
    Code.BELOW_FLOOR: _("There is not that much on the account. Nothing was changed."),
    Code.CARD_REFERENCE_MISSING: _("A card payment needs the processor's reference."),
    Code.CARD_REFERENCE_USED: _("A receipt with this card reference was already given."),
    Code.DATE_AHEAD: _("The date lies ahead."),
    Code.NOT_FOR_THIS_EVENT: _("This account is not for this kind of entry."),
    Code.NOT_KEPT_APART: _("This needs another person: you had a hand in what it is about."),
    Code.NOT_LEGIBLE: _("Use at most 40 plain letters, digits and signs."),
    Code.NOT_MIRRORED: _("What is owed and what is not yet earned would differ."),
    Code.NOT_REVERSIBLE: _("An entry of this kind can't be turned back this way."),
    Code.NOT_THE_SAME_DAY: _("A receipt can be voided only on the day it was given."),
    Code.NOT_WHOLE: _("A receipt is deposited or voided whole, and once."),
    Code.PERIOD_CLOSED: _("The period of this date is closed."),
    Code.PERIOD_WRONG: _("This kind of entry does not belong into this period."),
    Code.RECEIPT_MISMATCH: _("The receipt does not match what was handed over."),
    Code.REVERSAL_NOT_EXACT: _("The reversal is not the exact opposite."),
    Code.SAME_KEY_TWICE: _("Two lines of the entry name the same account."),
    Code.SECOND_PERSON: _("This needs a second person to approve it."),
    Code.SUB_LEDGER_KEY: _("A line lacks what its account is kept by."),
    Code.TOO_FEW_LINES: _("The amount is zero."),
    Code.UNBALANCED: _("Debits and credits differ."),
}


class LedgerRefused(DomainError):
    """The ledger says no; `code` is stable and tells why."""

    def __init__(self, code: Code, *, field: str | None = None) -> None:
        self.code = code
        super().__init__(SENTENCES[code], field=field)
