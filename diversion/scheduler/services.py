"""Claim a due job and note what came of it."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from diversion.core.database import db
from diversion.scheduler.models import JobRun, RunState


def claim(job: str, due_at: datetime, *, now: datetime) -> int | None:
    """Return the number of the run that this process may begin; None if it was begun before."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    row = {"job": job, "due_at": due_at, "state": RunState.RUNNING, "started_at": now}
    statement = insert(JobRun).values(row).on_conflict_do_nothing().returning(JobRun.id)
    return db.session.execute(statement).scalar_one_or_none()


def settle(run_id: int, *, failure: str | None, now: datetime) -> None:
    """Note the end of a run; `failure` is the kind of an error, never its text."""
    run = db.session.get_one(JobRun, run_id)
    run.state = RunState.FAILED if failure else RunState.DONE
    run.failure, run.ended_at = failure, now
