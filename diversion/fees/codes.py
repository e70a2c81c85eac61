"""Name the ways a fee changes after it was charged, and why."""

from enum import StrEnum

from diversion.core.words import Sentence, _
from diversion.ledger.events import Event
from diversion.staff.approvals.models import Matter


class Change(StrEnum):
    """What is asked about a fee."""

    WAIVE = "waive"
    REDUCE = "reduce"
    WRITE_OFF = "write_off"
    RAISE = "raise"
    REINSTATE = "reinstate"

    @property
    def words(self) -> Sentence:
        return _CHANGES[self]

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


class Why(StrEnum):
    """The reason by its code; a sentence of its own stands beside it, sealed."""

    INDIGENT = "indigent"
    PARTIAL = "partial"
    HARDSHIP = "hardship"
    JUSTICE = "interest_of_justice"
    COURT_ORDER = "court_order"
    PROGRAM_ERROR = "program_error"
    UNCOLLECTIBLE = "uncollectible"

    @property
    def words(self) -> Sentence:
        return _REASONS[self]


_CHANGES = {
    Change.WAIVE: _("Waive what is open"),
    Change.REDUCE: _("Reduce the fee"),
    Change.WRITE_OFF: _("Write off"),
    Change.RAISE: _("Raise the fee"),
    Change.REINSTATE: _("Reinstate"),
}
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
_REASONS = {
    Why.INDIGENT: _("Can't pay at all"),
    Why.PARTIAL: _("Can pay a part"),
    Why.HARDSHIP: _("Paying would be a hardship"),
    Why.JUSTICE: _("Interest of justice"),
    Why.COURT_ORDER: _("Court order"),
    Why.PROGRAM_ERROR: _("Mistake of the office"),
    Why.UNCOLLECTIBLE: _("Can't be collected"),
}
