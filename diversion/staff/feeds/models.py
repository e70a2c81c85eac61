"""Keep who has a link to a calendar of one side; the link itself is kept nowhere."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.tracks import Track

_LIVE = text("ended_at IS NULL")


class CalendarFeed(Base):
    """A link, known by the hash of its token, until it is ended."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        Index(
            "uq_calendar_feed_live", "staff_id", "track", unique=True, sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    track: Mapped[Track]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
