"""Keep what a person said about being able to pay: codes and amounts, and a sealed note."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.core.words import Worded, _
from diversion.participants.models import to_participant


class Benefit(Worded):
    """Public help that is given by need; whoever receives it has shown the need already."""

    NONE = "none", _("None")
    FOOD = "food", _("Food benefits")
    MEDICAL = "medical", _("Medical assistance")
    CASH = "cash", _("Cash assistance")
    HOUSING = "housing", _("Housing assistance")
    SSI = "ssi", _("Supplemental Security Income")


class Proof(Worded):
    """What the worksheet rests on."""

    OWN_WORD = "own_word", _("The person's own word")
    PAPERS_SEEN = "papers_seen", _("Papers were seen")


class AbilityWorksheet(Base):
    """Facts about being able to pay on one day. Rows are added and never changed.

    `income` and `expenses` are those of the whole household in a month.
    """

    __tablename__ = "ability_worksheet"
    __table_args__ = (
        to_participant(),
        UniqueConstraint("id", "participant_id"),
        CheckConstraint("track = 'sbad'", name="never_a_survivor"),
        CheckConstraint("household BETWEEN 1 AND 20", name="household_counts"),
        CheckConstraint("income >= 0 AND expenses >= 0", name="amounts_not_negative"),
        Index(None, "participant_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    participant_id: Mapped[int]
    track: Mapped[Track]
    household: Mapped[int]
    income: Mapped[Money]
    expenses: Mapped[Money]
    benefit: Mapped[Benefit]
    appointed_counsel: Mapped[bool]
    proof: Mapped[Proof]
    note: Mapped[bytes | None] = mapped_column(LargeBinary)
    stated_on: Mapped[date]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
