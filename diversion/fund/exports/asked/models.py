"""Keep the files that somebody asked for and that are made by a job, until they are old."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.fund.leaving.models import FileKind, Purpose


class FileState(StrEnum):
    """How far a file is. One that is `making` while no job runs was cut short."""

    FAILED = "failed"
    MAKING = "making"
    READY = "ready"
    WAITING = "waiting"


class AskedFile(Base):
    """A file of some days as it was at one entry: that of the moment at which it was asked for.

    `turn` counts how often it was begun; what an earlier turn still writes is refused.
    `read` of `rows` lines and receipts were read; `lines` is what the finished file has.
    """

    __tablename__ = "asked_file"
    __table_args__ = (
        UniqueConstraint("kind", "first_on", "last_on", "last_entry"),
        CheckConstraint(
            "(ended_at IS NULL) = (state IN ('making', 'waiting'))", name="ended_where_over"
        ),
        Index(None, "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    kind: Mapped[FileKind]
    first_on: Mapped[date]
    last_on: Mapped[date]
    last_entry: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    chain_hash: Mapped[str] = mapped_column(String(64))
    closed: Mapped[bool]
    state: Mapped[FileState]
    turn: Mapped[int] = mapped_column(default=0)
    rows: Mapped[int] = mapped_column(default=0)
    read: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(80), default="")
    lines: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    asked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class FileAsker(Base):
    """Who asked for a file, and why: several may ask for the same."""

    __tablename__ = "asked_file_asker"
    __table_args__ = (Index(None, "staff_id", "asked_at"),)

    file_id: Mapped[int] = mapped_column(ForeignKey("asked_file.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    purpose: Mapped[Purpose]
    asked_at: Mapped[datetime]


class FilePiece(Base):
    """A part of a finished file, sealed for its own place in it."""

    __tablename__ = "asked_file_piece"

    file_id: Mapped[int] = mapped_column(ForeignKey("asked_file.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
