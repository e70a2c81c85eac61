"""Name the ways a fee changes after it was charged, and why."""

from diversion.core.words import Worded, _
from diversion.ledger.events import Event
from diversion.staff.approvals.models import Matter


class Change(Worded):
    """What is asked about a fee."""

    WAIVE = "waive", _("Waive what is open")
    REDUCE = "reduce", _("Reduce the fee")
    WRITE_OFF = "write_off", _("Write off")
    RAISE = "raise", _("Raise the fee")
    REINSTATE = "reinstate", _("Reinstate")

    @property
    def event(self) -> Event:
        return _EVENTS[self]

    @property
    def matter(self) -> Matter:
        return _MATTERS[self]

    @property
    def raises(self) -> bool:
        """Say whether more is owed afterwards."""
        return self in (Change.RAISE, Change.REINSTATE)


class Why(Worded):
    """The reason by its code; a sentence of its own stands beside it, sealed."""

    INDIGENT = "indigent", _("Can't pay at all")
    PARTIAL = "partial", _("Can pay a part")
    HARDSHIP = "hardship", _("Paying would be a hardship")
    JUSTICE = "interest_of_justice", _("Interest of justice")
    COURT_ORDER = "court_order", _("Court order")
    PROGRAM_ERROR = "program_error", _("Mistake of the office")
    UNCOLLECTIBLE = "uncollectible", _("Can't be collected")


_EVENTS = {
    Change.WAIVE: Event.WAIVE,
    Change.REDUCE: Event.REDUCE,
    Change.WRITE_OFF: Event.WRITE_OFF,
    Change.RAISE: Event.ASSESS_UP,
    Change.REINSTATE: Event.REINSTATE,
}
_MATTERS = {
    Change.WAIVE: Matter.WAIVER,
    Change.REDUCE: Matter.WAIVER,
    Change.WRITE_OFF: Matter.WRITE_OFF,
    Change.RAISE: Matter.ASSESSMENT,
    Change.REINSTATE: Matter.ASSESSMENT,
}


class ReturnReason(Worded):
    """What the bank or the processor gave as its reason."""

    INSUFFICIENT_FUNDS = "insufficient_funds", _("Not enough money on the account")
    ACCOUNT_CLOSED = "account_closed", _("Account closed")
    PAYMENT_STOPPED = "payment_stopped", _("Payment stopped")
    DISPUTED = "disputed", _("Disputed by the card holder")
    OTHER = "other", _("Another reason, on the bank's paper")
