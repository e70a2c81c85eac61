"""Free a participant's credit that was applied to fees, when its payment is taken back."""

from datetime import date, datetime

from diversion.core.money import ZERO, Money
from diversion.ledger import queries as ledger
from diversion.ledger import services as books
from diversion.ledger.accounts import CREDITS


def free(
    participant_id: int, wanted: Money, *, doc: str, by: int, approved_by: int, on: date,
    now: datetime,
) -> None:  # fmt: skip
    """Turn applications of a credit back, newest first, until `wanted` stands there again.

    What was refunded meanwhile is not there; then the ledger refuses what follows.
    """
    if wanted == ZERO:
        return
    for entry in ledger.applications(CREDITS, participant_id):
        if -ledger.balance(CREDITS, participant_id) >= wanted:
            return
        books.reverse(
            entry, key=f"unapply:{entry}", by=by, approved_by=approved_by, on=on, now=now, doc=doc
        )
