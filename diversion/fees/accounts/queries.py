"""Ask who owes what, as light rows; names are opened beside them."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select, true

from diversion.core.words import Worded, _
from diversion.fees.assessments.queries import uncharged
from diversion.fees.models import Obligation, ObligationUndone
from diversion.fees.plans.queries import next_due
from diversion.ledger.accounts import CREDITS
from diversion.ledger.queries import with_a_balance
from diversion.participants.models import Participant


class Which(Worded):
    """Which accounts a list shows."""

    OWED = "owed", _("Owed")
    BEHIND = "behind", _("Behind")
    PAID = "paid", _("Paid")
    CREDIT = "credit", _("With a credit")
    UNCHARGED = "uncharged", _("Not charged")
    ALL = "all", _("All")

    @classmethod
    def asked(cls, text: str) -> "Which":
        return cls(text) if text in set(cls) else cls.OWED


def listed(
    within: Select[int], which: Which, *, on: date, only: Collection[int] | None = None
) -> Select[*tuple[Any, ...]]:
    """Return accounts: id, number, cents owed, the oldest day that is still open, charged."""
    if which is Which.UNCHARGED:
        found = uncharged(within)
        return found if only is None else found.where(Participant.id.in_(only))
    items = next_due().subquery()
    owed = func.coalesce(func.sum(items.c.cents), 0)
    due_on = func.min(items.c.due_on)
    query = (
        select(
            Participant.id, Participant.number, owed.label("cents"), due_on.label("due_on"),
            true().label("charged"),
        )
        .join(Obligation, Obligation.participant_id == Participant.id)
        .outerjoin(items, items.c.sub == Obligation.id)
        .where(
            Participant.id.in_(within),
            Obligation.id.not_in(select(ObligationUndone.obligation_id)),
        )
        .group_by(Participant.id, Participant.number)
        .order_by(due_on.is_(None), due_on, Participant.number)
    )  # fmt: skip
    if only is not None:
        query = query.where(Participant.id.in_(only))
    if which is Which.OWED:
        return query.having(owed > 0)
    if which is Which.CREDIT:
        return query.where(Participant.id.in_(with_a_balance(CREDITS)))
    if which is Which.BEHIND:
        return query.having(due_on < on)
    return query.having(owed == 0) if which is Which.PAID else query
