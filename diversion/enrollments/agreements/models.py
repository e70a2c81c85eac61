"""Keep what a person signed, with the terms as they were on that day."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.enrollments.models import OfEnrollment, to_enrollment


class Agreement(OfEnrollment, Base):
    """A signed agreement; its terms are frozen and the row is never changed."""

    __tablename__ = "agreement"
    __table_args__ = (
        to_enrollment(),
        Index(None, "enrollment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    program_version_id: Mapped[int] = mapped_column(ForeignKey("program_version.id"))
    terms: Mapped[dict[str, Any]] = mapped_column(JSON)
    terms_hash: Mapped[str] = mapped_column(String(64))
    signed_on: Mapped[date]
    counsel_consulted: Mapped[bool]
    waiver_text: Mapped[str] = mapped_column(String(40), default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
