"""Put together what the pages of a refund show."""

from typing import Any

from sqlalchemy import Select, select

from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.core.words import Sentence, _
from diversion.fees.models import Obligation
from diversion.fees.refunds.forms import RefundForm
from diversion.fees.refunds.models import Refund
from diversion.fees.refunds.services import Wish
from diversion.ledger.queries import standing
from diversion.participants.models import Participant
from diversion.participants.queries import numbers_of


def wish(form: RefundForm, person: Participant) -> Wish:
    """Return what the form asks for; the fee is one of this person's, else the credit."""
    theirs = select(Obligation).where(
        Obligation.participant_id == person.id, Obligation.handle == form.source.data
    )
    return Wish(
        form.amount.data, form.reason.data, db.session.scalars(theirs).one_or_none(),
        form.stays_owed.data, form.document.data,
    )  # fmt: skip


def pairs(refund: Refund) -> list[tuple[Sentence, Any]]:
    """Return the facts of a refund, without a name."""
    fee = db.session.get(Obligation, refund.obligation_id) if refund.obligation_id else None
    return [
        (_("Account"), number_of(refund)),
        (_("From"), fee.label if fee else _("The credit")),
        (_("Amount"), refund.amount),
        (_("Why"), refund.reason.words),
        (_("The fee"), _("Stays owed") if refund.stays_owed else _("Is not owed again")),
        (_("Paper"), refund.document),
    ]


def number_of(refund: Refund) -> str:
    """Return the number of the participant."""
    return numbers_of(Track.SBAD, [refund.participant_id])[refund.participant_id]


def may_pay(refund: Refund, who: int) -> bool:
    """Say whether a refund waits to be paid and this person had no hand in it."""
    entry = refund.entry_number
    waits = entry is not None and refund.paid_entry is None and bool(standing([entry]))
    return waits and who not in (refund.asked_by_id, refund.approved_by_id)


def is_among(refund: Refund, within: Select[Any]) -> bool:
    """Say whether a refund is of somebody within reach."""
    query = within.where(Participant.id == refund.participant_id)
    return db.session.scalar(query) is not None
