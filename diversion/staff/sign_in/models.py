"""Keep failed tries, one-time links, and what a fictional county shows on its sign-in page."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from diversion.core.database import Base
from diversion.staff.models import Staff


class FailedTry(Base):
    """A password or code that did not match. `email_hash` stands also for unknown addresses."""

    __tablename__ = "failed_try"
    __table_args__ = (Index(None, "email_hash", "at"), Index(None, "address", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    email_hash: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class LinkKind(StrEnum):
    """What a one-time link is for."""

    FIRST = "first"
    INVITE = "invite"
    RESET = "reset"


LIFE = {
    LinkKind.FIRST: timedelta(hours=24),
    LinkKind.INVITE: timedelta(minutes=30),
    LinkKind.RESET: timedelta(minutes=30),
}


class OneTimeLink(Base):
    """A link with which a person chooses a password, once; only its hash is kept."""

    __tablename__ = "one_time_link"
    __table_args__ = (Index(None, "staff_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[LinkKind]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    staff: Mapped[Staff] = relationship(foreign_keys=[staff_id])


class PracticePerson(Base):
    """A fictional person of a fictional county, whose password the sign-in page shows.

    Any row here marks the whole database as fictional; only the rehearsal writes it.
    """

    __tablename__ = "practice_person"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    password: Mapped[str] = mapped_column(String(128))
    about: Mapped[str] = mapped_column(String(120))

    staff: Mapped[Staff] = relationship()
