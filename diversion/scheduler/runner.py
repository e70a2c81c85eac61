"""Run what is due: one leader, each due job once, what was missed once."""

import logging
import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from flask import Flask

from diversion.core import clock, leases, origin
from diversion.core.database import db, transaction
from diversion.core.origin import Origin
from diversion.scheduler import services
from diversion.scheduler.rules import Asked, Daily, Hourly
from diversion.scheduler.schedule import JOBS, Job

log = logging.getLogger(__name__)
STANDBY_SECONDS = 5
LOOK_AGAIN_SECONDS = 300
LOOK_FOR_ASKED_SECONDS = 3
FIRST_LOOK_AFTER = timedelta(seconds=3)


def serve(app: Flask, *, until: threading.Event | None = None) -> None:
    """Wait for the lease, then run jobs until told to stop.

    A process that is not the leader stands by and takes over when the leader ends.
    """
    stop, folder = until or _stopped_by_signals(), Path(app.config["DATA_FOLDER"])
    while not stop.is_set():
        with app.app_context(), leases.held(db.engine, folder, leases.LEADER) as leads:
            if leads:
                log.info("this process leads")
                _lead(app, stop)
        stop.wait(STANDBY_SECONDS)


def run_due(app: Flask, job: Job) -> bool:
    """Run `job` if it is due and nobody began it yet; say whether it ran here."""
    with app.app_context():
        now = clock.now()
        due = job.when.due_before(now, app.config["COURT_ZONE"])
        run_id = _begin(job, due, now) if due else None
        if run_id is None:
            return False
        _end(run_id, run(job))
        return True


def _begin(job: Job, due: datetime, now: datetime) -> int | None:
    """Take the row of a due job, so that no other scheduler runs it too."""
    with transaction():
        return services.claim(job.name, due, now=now)


def _end(run_id: int, failure: str | None) -> None:
    with transaction():
        services.settle(run_id, failure=failure, now=clock.now())


def run(job: Job) -> str | None:
    """Run `job` now, inside an application context; return the kind of its failure, if it fails."""
    with origin.coming_from(Origin(kind="job", name=job.name)):
        try:
            job.act()
        except Exception as error:  # the other jobs go on; the run's row and the log tell of it
            db.session.rollback()
            log.error("job %s failed: %s", job.name, type(error).__name__)
            return type(error).__name__
    return None


def _lead(app: Flask, stop: threading.Event) -> None:
    defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    # One after the other: what was missed would else ask for the write lock all at once,
    # beside the web server that is just starting.
    one_by_one = {"default": ThreadPoolExecutor(1)}
    scheduler = BackgroundScheduler(
        timezone=app.config["COURT_ZONE"], job_defaults=defaults, executors=one_by_one
    )
    first_look = clock.now() + FIRST_LOOK_AFTER
    for job in JOBS:
        if isinstance(job.when, Asked):
            continue
        options = {"args": [app, job]}
        trigger = _trigger(job.when, app.config["COURT_ZONE"])
        scheduler.add_job(run_due, trigger, id=job.name, **options)
        # Finds what was missed while nothing ran, and what a moved clock skipped.
        again = IntervalTrigger(seconds=LOOK_AGAIN_SECONDS)
        scheduler.add_job(
            run_due, again, id=f"{job.name}-again", next_run_time=first_look, **options
        )
    scheduler.start()
    with _looked_for(app, stop):
        stop.wait()
    scheduler.shutdown(wait=True)


def _trigger(when: Daily | Hourly, zone: str) -> CronTrigger:
    if isinstance(when, Daily):
        return CronTrigger(hour=when.hour, minute=when.minute, timezone=zone)
    return CronTrigger(minute=when.minute, timezone=zone)


@contextmanager
def _looked_for(app: Flask, stop: threading.Event) -> Generator[None]:
    """Look meanwhile for what people ask for: it does not wait for the nightly jobs, nor these.

    At the end a long job is told to lay down what it does.
    """
    asked = [job for job in JOBS if isinstance(job.when, Asked)]
    threads = [threading.Thread(target=_look_for, args=(app, job, stop)) for job in asked]
    for thread in threads:
        thread.start()
    yield
    for job in asked:
        job.stopping.set()
    for thread in threads:
        thread.join()
    for job in asked:
        job.stopping.clear()


def _look_for(app: Flask, job: Job, stop: threading.Event) -> None:
    while not stop.wait(LOOK_FOR_ASKED_SECONDS):
        try:
            run_due(app, job)
        except Exception as error:  # the database is busy or away: the next look may find it
            log.error("job %s was not looked for: %s", job.name, type(error).__name__)


def _stopped_by_signals() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
