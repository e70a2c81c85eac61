"""Keep who walks with whom, and that contacts happened: facts, never what was said."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.tracks import Track
from diversion.partners.agencies.models import Member


class MatchState(StrEnum):
    """How far a match has come; it ends and is never deleted."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class ContactKind(StrEnum):
    """What kind of contact it was."""

    MEETING = "meeting"
    CALL = "call"
    MESSAGE = "message"
    COURT_ACCOMPANIMENT = "court_accompaniment"
    TRANSPORT = "transport"
    OTHER = "other"


class EndReason(StrEnum):
    """Why a match ended."""

    FINISHED = "finished"
    PARTICIPANT_ASKED = "participant_asked"
    MENTOR_LEFT = "mentor_left"
    NOT_A_FIT = "not_a_fit"
    LEFT_PROGRAM = "left_program"
    IMPORT_UNDONE = "import_undone"


class MentorMatch(Base):
    """A mentor and a participant, from when to when."""

    __tablename__ = "mentor_match"
    __table_args__ = (
        ForeignKeyConstraint(["participant_id", "track"], ["participant.id", "participant.track"]),
        CheckConstraint("track = 'community_court'", name="own_track"),
        CheckConstraint("(state = 'ended') = (ended_on IS NOT NULL)", name="ended_has_a_day"),
        CheckConstraint("(state = 'paused') = (cover_id IS NOT NULL)", name="paused_has_a_cover"),
        Index(
            "uq_mentor_match_standing", "participant_id", "mentor_id", unique=True,
            sqlite_where=text("ended_on IS NULL"), postgresql_where=text("ended_on IS NULL"),
        ),
        Index(None, "mentor_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    participant_id: Mapped[int]
    track: Mapped[Track] = mapped_column(default=Track.COMMUNITY_COURT)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    cover_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    assignment_id: Mapped[int | None]
    state: Mapped[MatchState] = mapped_column(default=MatchState.PROPOSED)
    proposed_on: Mapped[date]
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    end_reason: Mapped[EndReason | None]

    mentor: Mapped[Member] = relationship(foreign_keys=[mentor_id], lazy="joined", innerjoin=True)


class ContactFact(Base):
    """That a contact happened or was tried: when, how long, of what kind. Nothing else."""

    __tablename__ = "contact_fact"
    __table_args__ = (
        ForeignKeyConstraint(["participant_id", "track"], ["participant.id", "participant.track"]),
        CheckConstraint("track = 'community_court'", name="own_track"),
        CheckConstraint("minutes BETWEEN 0 AND 1440", name="minutes_of_a_day"),
        Index(None, "participant_id", "happened_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    participant_id: Mapped[int]
    track: Mapped[Track] = mapped_column(default=Track.COMMUNITY_COURT)
    match_id: Mapped[int | None] = mapped_column(ForeignKey("mentor_match.id"))
    kind: Mapped[ContactKind]
    made: Mapped[bool]
    happened_on: Mapped[date]
    minutes: Mapped[int]
    next_on: Mapped[date | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
