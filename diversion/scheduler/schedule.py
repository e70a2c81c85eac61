"""When what is due: the whole schedule on one page. Wall times are the court's."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from diversion.audit.jobs import append_anchor
from diversion.fees.jobs import fees_overdue
from diversion.fund.exports.asked import making, queries
from diversion.fund.exports.asked.jobs import drop_asked_files, make_asked_files
from diversion.ledger.jobs import checkpoint
from diversion.scheduler import jobs
from diversion.scheduler.rules import Asked, Daily, Hourly, When


@dataclass(frozen=True)
class Job:
    """An act without arguments that may run twice without harm.

    `stopping` tells a long one that the program stops.
    """

    name: str
    when: When
    act: Callable[[], object]
    stopping: threading.Event = field(default_factory=threading.Event, repr=False)


JOBS: tuple[Job, ...] = (
    Job("exports-make", Asked(queries.waits), make_asked_files, making.stopping),
    Job("audit-anchor", Hourly(0), append_anchor),
    Job("ledger-checkpoint", Hourly(5), checkpoint),
    Job("uploads-drop", Hourly(20), jobs.drop_waiting_uploads),
    Job("exports-drop", Hourly(25), drop_asked_files),
    Job("tries-clear", Hourly(40), jobs.clear_tries),
    Job("backup", Daily(1, 30), jobs.back_up),
    Job("verify", Daily(2, 30), jobs.verify_nightly),
    Job("sessions-clear", Daily(3, 10), jobs.clear_sessions),
    Job("fees-overdue", Daily(5, 0), fees_overdue),
)


def named(name: str) -> Job:
    """Return the job of `name`. Raises KeyError."""
    return {job.name: job for job in JOBS}[name]
