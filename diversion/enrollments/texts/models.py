"""Keep the wordings of papers that say something in law; who wrote one does not approve it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.words import Worded, _


class Paper(Worded):
    """The papers whose words the county's counsel settles."""

    NOTICE = "notice", _("Notice of compliance")
    ORDER = "order", _("Draft order of dismissal")
    PARTICIPATION = "participation", _("Record of participation for the state")
    LETTER = "letter", _("Letter in plain language")
    CERTIFICATE = "certificate", _("Certificate")


class LegalText(Base):
    """One version of a paper's words in a language; without an approval it is a draft."""

    __tablename__ = "legal_text"
    __table_args__ = (
        UniqueConstraint("paper", "language", "version"),
        CheckConstraint("approved_by <> written_by", name="approved_by_another"),
        CheckConstraint("(approved_by IS NULL) = (approved_at IS NULL)", name="approved_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    paper: Mapped[Paper]
    language: Mapped[str] = mapped_column(String(8))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    written_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
