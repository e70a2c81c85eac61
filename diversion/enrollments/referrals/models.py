"""Keep referrals, what was weighed, and what the state answered about an earlier diversion."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.errors import Refused
from diversion.core.handles import new_handle
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.enrollments.codes import CheckResult, ReferralSource, ReferralState

R = ReferralState
MOVES: dict[ReferralState, frozenset[ReferralState]] = {
    R.RECEIVED: frozenset({R.SCREENING, R.ELIGIBLE, R.INELIGIBLE, R.PRIOR_DIVERSION_BAR}),
    R.SCREENING: frozenset({R.ELIGIBLE, R.INELIGIBLE, R.PRIOR_DIVERSION_BAR}),
    R.ELIGIBLE: frozenset({R.OFFERED, R.ACCEPTED, R.DECLINED, R.WITHDRAWN_BY_DA}),
    R.OFFERED: frozenset({R.ACCEPTED, R.DECLINED, R.NO_RESPONSE, R.WITHDRAWN_BY_DA}),
    R.PRIOR_DIVERSION_BAR: frozenset({R.SCREENING, R.ELIGIBLE}),
    R.INELIGIBLE: frozenset({R.SCREENING}),
    R.ACCEPTED: frozenset(),
    R.DECLINED: frozenset({R.OFFERED}),
    R.NO_RESPONSE: frozenset({R.OFFERED}),
    R.WITHDRAWN_BY_DA: frozenset(),
}
OPEN = frozenset({R.RECEIVED, R.SCREENING, R.ELIGIBLE, R.OFFERED})


class WrongReferralState(Refused):
    """A referral moves only along its way."""

    sentence = _("This is not possible in the present state of the referral.")


class Referral(Base):
    """That someone was sent to a program: by whom, when, and what became of it."""

    __tablename__ = "referral"
    __table_args__ = (
        ForeignKeyConstraint(["participant_id", "track"], ["participant.id", "participant.track"]),
        UniqueConstraint("id", "participant_id", "track"),
        Index(None, "participant_id"),
        Index(None, "track", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    participant_id: Mapped[int]
    track: Mapped[Track]
    source: Mapped[ReferralSource]
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    referred_on: Mapped[date]
    state: Mapped[ReferralState] = mapped_column(default=ReferralState.RECEIVED)
    decided_on: Mapped[date | None]

    @property
    def whose(self) -> dict[str, object]:
        """Return what a row of this referral says of whose it is, see `OfReferral`."""
        return {"referral_id": self.id, "participant_id": self.participant_id, "track": self.track}

    def move(self, to: ReferralState) -> None:
        """Step to another state. Raises WrongReferralState."""
        if to not in MOVES[self.state]:
            raise WrongReferralState
        self.state = to


class OfReferral:
    """Whose a row is, beside `to_referral()` among the table's constraints."""

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int]
    participant_id: Mapped[int]
    track: Mapped[Track]


def to_referral() -> ForeignKeyConstraint:
    """Return the key that ties a row to a referral, on that person's side of the wall."""
    return ForeignKeyConstraint(
        ["referral_id", "participant_id", "track"],
        ["referral.id", "referral.participant_id", "referral.track"],
    )


class EligibilityReview(OfReferral, Base):
    """A decision on a referral: every factor answered by a code, by whom and when."""

    __tablename__ = "eligibility_review"
    __table_args__ = (
        to_referral(),
        Index(None, "referral_id"),
    )

    eligible: Mapped[bool]
    factors: Mapped[dict[str, str]] = mapped_column(JSON)
    override_reason: Mapped[str] = mapped_column(String(40), default="")
    decided_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class PriorCheck(OfReferral, Base):
    """When the state was asked about an earlier diversion, and the code it answered."""

    __tablename__ = "prior_check"
    __table_args__ = (
        to_referral(),
        Index(None, "referral_id"),
    )

    asked_on: Mapped[date]
    answered_on: Mapped[date | None]
    result: Mapped[CheckResult | None]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
