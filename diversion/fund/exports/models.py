"""Keep the files of closed months."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.fund.leaving.models import FileKind


class KeptExport(Base):
    """The file of a closed month: made once, then handed out again as it was.

    `last_entry` is the last one at the closing; a month that was closed anew has another.
    """

    __tablename__ = "kept_export"
    __table_args__ = (UniqueConstraint("kind", "first_on", "last_on", "last_entry"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[FileKind]
    first_on: Mapped[date]
    last_on: Mapped[date]
    last_entry: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    chain_hash: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(80))
    lines: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]
