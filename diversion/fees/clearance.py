"""Say whose fee stands in nobody's way: paid, waived and planned look the same."""

from collections.abc import Collection

from sqlalchemy import Select, func, or_, select

from diversion.core.among import among
from diversion.core.database import db
from diversion.fees.models import Obligation, ObligationUndone
from diversion.fees.plans.models import PaymentPlan
from diversion.fees.plans.queries import in_force
from diversion.ledger import queries as ledger
from diversion.ledger.accounts import RECEIVABLE


def cleared(participant_ids: Collection[int]) -> set[int]:
    """Return those who were charged and owe nothing or signed a plan; which is not told."""
    return set(db.session.scalars(_CLEARED, {"ids": list(participant_ids)}))


def _cleared() -> Select[int]:
    theirs = among(Obligation.participant_id)
    items = ledger.open_items(RECEIVABLE, select(Obligation.id).where(theirs)).subquery()
    planned = select(PaymentPlan.participant_id).where(PaymentPlan.id.in_(in_force()))
    undone = ObligationUndone.obligation_id
    return (
        select(Obligation.participant_id)
        .outerjoin(ObligationUndone, undone == Obligation.id)
        .outerjoin(items, items.c.sub == Obligation.id)
        .where(theirs)
        .group_by(Obligation.participant_id)
        .having(func.count(undone) < func.count(Obligation.id))
        .having(
            or_(
                func.coalesce(func.sum(items.c.cents), 0) == 0,
                Obligation.participant_id.in_(planned),
            )
        )
    )


_CLEARED = _cleared()
