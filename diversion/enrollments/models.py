"""Keep a participant's way through a program; every step of it is a row of its own."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from diversion.core.database import Base
from diversion.core.errors import Refused
from diversion.core.handles import new_handle
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.enrollments.codes import EnrollmentState, ExitCode, LegalBasis
from diversion.enrollments.terms.models import ProgramVersion

S = EnrollmentState
LEFT = frozenset({S.WITHDRAWN, S.TRANSFERRED, S.CLOSED_NEUTRAL})
MOVES: dict[EnrollmentState, frozenset[EnrollmentState]] = {
    S.PENDING: frozenset({S.ACTIVE}) | LEFT,
    S.ACTIVE: frozenset({S.SUSPENDED, S.REQUIREMENTS_MET, S.TERMINATION_PENDING}) | LEFT,
    S.SUSPENDED: frozenset({S.ACTIVE, S.TERMINATION_PENDING}) | LEFT,
    S.REQUIREMENTS_MET: frozenset({S.ACTIVE, S.MONITORING, S.COMPLETED}) | LEFT,
    S.MONITORING: frozenset({S.ACTIVE, S.COMPLETED, S.TERMINATION_PENDING}) | LEFT,
    S.TERMINATION_PENDING: frozenset({S.ACTIVE, S.TERMINATED}) | LEFT,
    S.COMPLETED: frozenset({S.DISMISSED}),
    S.DISMISSED: frozenset(),
    S.TERMINATED: frozenset(),
    **{state: frozenset() for state in LEFT},
}
ENDED_WELL = frozenset({S.COMPLETED, S.DISMISSED})
OPEN = frozenset(state for state in S if MOVES[state] >= LEFT)
_OPEN = text(f"state IN ({', '.join(repr(each.value) for each in sorted(OPEN))})")


class WrongState(Refused):
    """A step leads only from the states that its guard names."""

    sentence = _("This is not possible in the present state of the enrollment.")


class Enrollment(Base):
    """A participant in a version of a program."""

    __tablename__ = "enrollment"
    __table_args__ = (
        ForeignKeyConstraint(["participant_id", "track"], ["participant.id", "participant.track"]),
        ForeignKeyConstraint(
            ["program_version_id", "track"], ["program_version.id", "program_version.track"]
        ),
        UniqueConstraint("id", "participant_id", "track"),
        Index(None, "track", "state"),
        Index(None, "participant_id"),
        Index(
            "uq_enrollment_open", "participant_id", unique=True, sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    participant_id: Mapped[int]
    track: Mapped[Track]
    program_version_id: Mapped[int]
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"), unique=True)
    legal_basis: Mapped[LegalBasis]
    state: Mapped[EnrollmentState] = mapped_column(default=EnrollmentState.PENDING)
    entered_on: Mapped[date]
    active_on: Mapped[date | None]
    met_on: Mapped[date | None]
    monitored_until_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    exit_code: Mapped[ExitCode | None]

    program_version: Mapped[ProgramVersion] = relationship(lazy="joined", innerjoin=True)

    @property
    def whose(self) -> dict[str, object]:
        """Return what a row of this enrollment says of whose it is, see `OfEnrollment`."""
        return {
            "enrollment_id": self.id,
            "participant_id": self.participant_id,
            "track": self.track,
        }

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def move(self, to: EnrollmentState) -> EnrollmentState:
        """Step to another state and return the one before. Raises WrongState."""
        if to not in MOVES[self.state]:
            raise WrongState
        before, self.state = self.state, to
        return before


class OfEnrollment:
    """Whose a row is, beside `to_enrollment()` among the table's constraints."""

    enrollment_id: Mapped[int]
    participant_id: Mapped[int]
    track: Mapped[Track]


def to_enrollment() -> ForeignKeyConstraint:
    """Return the key that ties a row to an enrollment, on that person's side of the wall."""
    return ForeignKeyConstraint(
        ["enrollment_id", "participant_id", "track"],
        ["enrollment.id", "enrollment.participant_id", "enrollment.track"],
    )


class EnrollmentStep(OfEnrollment, Base):
    """That an enrollment went from one state to another: who, when, and why as a code."""

    __tablename__ = "enrollment_step"
    __table_args__ = (
        to_enrollment(),
        Index(None, "enrollment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    before: Mapped[EnrollmentState | None]
    after: Mapped[EnrollmentState]
    reason: Mapped[str] = mapped_column(String(40), default="")
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
