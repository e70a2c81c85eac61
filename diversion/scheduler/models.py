"""Keep one row per due job, so that it runs once however many schedulers there are."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base


class RunState(StrEnum):
    """What came of a run. `running` after a crash stays so: a due job runs at most once."""

    DONE = "done"
    FAILED = "failed"
    RUNNING = "running"


class JobRun(Base):
    """A job that was due at an instant."""

    __tablename__ = "job_run"
    __table_args__ = (UniqueConstraint("job", "due_at"), Index(None, "started_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(String(40))
    due_at: Mapped[datetime]
    state: Mapped[RunState]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    # The kind of the failure, never its text.
    failure: Mapped[str | None] = mapped_column(String(80))
