"""Keep what the court clerk says of the state's fee (S01): evidence only, never money here."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.money import Money
from diversion.core.words import Worded, _
from diversion.enrollments.models import OfEnrollment, to_enrollment


class Noted(Worded):
    """What happened at the court."""

    PAID = "paid", _("Paid to the court clerk")
    WAIVED = "waived", _("Waived by the court")
    TAKEN_BACK = "taken_back", _("Noted by mistake")


class StateFeeNote(OfEnrollment, Base):
    """A row of evidence about the state's fee of one enrollment. Rows are never changed.

    `reference` is the number of the clerk's receipt or of the court's order; `takes_back_id`
    names the note that was a mistake.
    """

    __tablename__ = "state_fee_note"
    __table_args__ = (
        to_enrollment(),
        CheckConstraint("track = 'sbad'", name="never_a_survivor"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint(
            "(kind = 'taken_back') = (takes_back_id IS NOT NULL)", name="takes_back_something"
        ),
        Index(None, "participant_id"),
        Index(None, "enrollment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    kind: Mapped[Noted]
    amount: Mapped[Money]
    reference: Mapped[str] = mapped_column(String(40))
    happened_on: Mapped[date]
    takes_back_id: Mapped[int | None] = mapped_column(ForeignKey("state_fee_note.id"), unique=True)
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
