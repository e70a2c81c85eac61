"""Keep certificates: each with a code by which anybody can ask whether it is valid."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.words import Worded, _
from diversion.enrollments.models import OfEnrollment, to_enrollment

CODE = 20  # signs of a code, about 95 bits: nobody finds one by trying
_LIVE = text("voided_at IS NULL")


class WhyVoid(Worded):
    """Why a certificate is no longer valid."""

    NAME = "name", _("The name was wrong")
    LANGUAGE = "language", _("Another language was asked for")
    LOST = "lost", _("It was lost")
    NOT_EARNED = "not_earned", _("The class does not count after all")


class Certificate(OfEnrollment, Base):
    """That somebody took part in the whole class; a new one voids the old."""

    __tablename__ = "certificate"
    __table_args__ = (
        to_enrollment(),
        CheckConstraint("track = 'sbad'", name="track"),
        CheckConstraint("(voided_at IS NULL) = (void_reason IS NULL)", name="void_whole"),
        Index(
            "uq_certificate_live", "enrollment_id", unique=True, sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index(None, "participant_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(CODE), unique=True, default=lambda: new_handle(CODE))
    language: Mapped[str] = mapped_column(String(8))
    completed_on: Mapped[date]
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    issued_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    voided_at: Mapped[datetime | None]
    voided_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    void_reason: Mapped[WhyVoid | None]

    @property
    def number(self) -> str:
        """Return the number on the paper; it tells the year and nothing of the person."""
        return f"{self.issued_on:%y}-{self.id:05d}"
