"""Keep who is on which docket and what came of it; outcomes are added to, never changed."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from diversion.community_court.dockets.models import Docket
from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.tracks import Track


class SettingKind(StrEnum):
    """Why a person is on the docket."""

    ENTRY = "entry"
    STATUS_REVIEW = "status_review"
    GRADUATION = "graduation"


class Result(StrEnum):
    """What came of a setting."""

    CONTINUED = "continued"
    COMPLETED = "completed"
    NEW_TERMS = "new_terms"
    NOT_HERE = "not_here"
    DISMISSED = "dismissed"
    NOT_REACHED = "not_reached"
    TAKEN_BACK = "taken_back"


class Presence(StrEnum):
    """How a person appeared, or did not; another question than what came of it."""

    IN_PERSON = "in_person"
    REMOTE = "remote"
    THROUGH_COUNSEL = "through_counsel"
    IN_CUSTODY = "in_custody"
    LATE = "late"
    ABSENT_EXCUSED = "absent_excused"
    ABSENT_UNEXCUSED = "absent_unexcused"


class Reason(StrEnum):
    """On whose account a date was moved."""

    PARTICIPANT = "participant"
    DEFENSE = "defense"
    STATE = "state"
    COURT = "court"
    INTERPRETER_NOT_AVAILABLE = "interpreter_not_available"
    SERVICE_NOT_AVAILABLE = "service_not_available"
    NOTICE_FAILED = "notice_failed"


class Response(StrEnum):
    """What the court answers to how it went: encouragement first."""

    PRAISE = "praise"
    APPLAUSE = "applause"
    CALLED_FIRST = "called_first"
    CERTIFICATE = "certificate"
    FEWER_APPEARANCES = "fewer_appearances"
    TALK = "talk"
    EXTRA_CONTACT = "extra_contact"
    EXTRA_SERVICE = "extra_service"
    MORE_FREQUENT_REVIEW = "more_frequent_review"


class Decision(StrEnum):
    """What the judge decided about someone who did not appear."""

    WARRANT_ISSUED = "warrant_issued"
    WARRANT_HELD = "warrant_held"
    EXCUSED = "excused"
    RESET = "reset"
    WITHDRAWN = "withdrawn"


class Withdrawal(StrEnum):
    """Why a decision does not hold any more."""

    RECORDED_IN_ERROR = "recorded_in_error"
    RECALLED_BY_COURT = "recalled_by_court"


class Setting(Base):
    """One participant on one docket; `starts` is the time they are called for."""

    __tablename__ = "setting"
    __table_args__ = (
        ForeignKeyConstraint(["participant_id", "track"], ["participant.id", "participant.track"]),
        CheckConstraint("track = 'community_court'", name="own_track"),
        UniqueConstraint("id", "participant_id", "track"),
        Index(
            "uq_setting_standing", "docket_id", "participant_id", unique=True,
            sqlite_where=text("vacated_at IS NULL"),
            postgresql_where=text("vacated_at IS NULL"),
        ),
        Index(None, "participant_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    docket_id: Mapped[int] = mapped_column(ForeignKey("docket.id"))
    participant_id: Mapped[int]
    track: Mapped[Track] = mapped_column(default=Track.COMMUNITY_COURT)
    kind: Mapped[SettingKind]
    starts: Mapped[time]
    attorney: Mapped[str] = mapped_column(String(80), default="")
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("setting.id"))
    here_at: Mapped[datetime | None]
    set_at: Mapped[datetime]
    set_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    vacated_at: Mapped[datetime | None]
    vacated_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    vacated_why: Mapped[str] = mapped_column(String(40), default="")

    docket: Mapped[Docket] = relationship(lazy="joined", innerjoin=True)


class Outcome(Base):
    """What came of a setting. A correction names the row it replaces; each is replaced once."""

    __tablename__ = "outcome"
    __table_args__ = (
        ForeignKeyConstraint(
            ["setting_id", "participant_id", "track"],
            ["setting.id", "setting.participant_id", "setting.track"],
        ),
        CheckConstraint("track = 'community_court'", name="own_track"),
        Index(
            "uq_outcome_first", "setting_id", unique=True,
            sqlite_where=text("replaces_id IS NULL"),
            postgresql_where=text("replaces_id IS NULL"),
        ),
        UniqueConstraint("replaces_id"),
        Index(None, "participant_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    setting_id: Mapped[int]
    participant_id: Mapped[int]
    track: Mapped[Track] = mapped_column(default=Track.COMMUNITY_COURT)
    result: Mapped[Result]
    presence: Mapped[Presence | None]
    reason: Mapped[Reason | None]
    response: Mapped[Response | None]
    next_setting_id: Mapped[int | None] = mapped_column(ForeignKey("setting.id"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("outcome.id"))
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class MissedDecision(Base):
    """The judge's decision about someone who did not appear, or that it is withdrawn and `why`.

    Each row but the first of an outcome names the one that it comes after; the last one holds.
    """

    __tablename__ = "missed_decision"
    __table_args__ = (
        ForeignKeyConstraint(["participant_id", "track"], ["participant.id", "participant.track"]),
        ForeignKeyConstraint(
            ["replaces_id", "outcome_id"], ["missed_decision.id", "missed_decision.outcome_id"]
        ),
        CheckConstraint("track = 'community_court'", name="own_track"),
        CheckConstraint("(decision = 'withdrawn') = (why IS NOT NULL)", name="withdrawn_for_why"),
        CheckConstraint("why IS NULL OR replaces_id IS NOT NULL", name="withdraws_one"),
        Index(
            "uq_missed_decision_first", "outcome_id", unique=True,
            sqlite_where=text("replaces_id IS NULL"),
            postgresql_where=text("replaces_id IS NULL"),
        ),
        UniqueConstraint("id", "outcome_id"),
        UniqueConstraint("replaces_id"),
        Index(None, "participant_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id"))
    participant_id: Mapped[int]
    track: Mapped[Track] = mapped_column(default=Track.COMMUNITY_COURT)
    decision: Mapped[Decision]
    why: Mapped[Withdrawal | None]
    replaces_id: Mapped[int | None]
    decided_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
