"""Keep the person: a public number, a track, codes, and an envelope that holds the rest."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.tracks import Track


class Status(StrEnum):
    """Where a record stands."""

    ACTIVE = "active"
    SEALED = "sealed"
    SHREDDED = "shredded"


class NumberSeries(Base):
    """The last place given in a year, in one sequence for both tracks."""

    __tablename__ = "number_series"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Participant(Base):
    """A person in one program. No name is here; tables about a person refer to (id, track)."""

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("id", "track"),
        CheckConstraint("track IN ('community_court', 'sbad')", name="track"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(12), unique=True)
    track: Mapped[Track]
    language: Mapped[str] = mapped_column(String(12))
    registered_on: Mapped[date]
    status: Mapped[Status] = mapped_column(default=Status.ACTIVE)


def to_participant() -> ForeignKeyConstraint:
    """Return the key that ties a row about a person to that person's side of the wall."""
    return ForeignKeyConstraint(
        ["participant_id", "track"], ["participant.id", "participant.track"]
    )


class DataKey(Base):
    """The key of one person's record, wrapped by the key of the compartment.

    Without it nothing about the person opens, so its row is what a shred destroys.
    """

    __tablename__ = "data_key"
    __table_args__ = (to_participant(),)

    participant_id: Mapped[int] = mapped_column(primary_key=True)
    track: Mapped[Track]
    key_id: Mapped[int] = mapped_column(ForeignKey("wrapped_key.id"))
    wrapped: Mapped[bytes] = mapped_column(LargeBinary(40))


class Envelope(Base):
    """Who the person is, sealed under the person's data key. See `identity.Identity`."""

    __tablename__ = "envelope"
    __table_args__ = (to_participant(),)

    participant_id: Mapped[int] = mapped_column(primary_key=True)
    track: Mapped[Track]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_at: Mapped[datetime]


class WaitingUpload(Base):
    """A file between its preview and its import: sealed, and gone after a day."""

    __tablename__ = "waiting_upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[datetime]
