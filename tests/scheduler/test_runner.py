"""A due job runs once, however many schedulers there are and however one of them ends."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from diversion.core import leases
from diversion.core.database import db
from diversion.scheduler import runner
from diversion.scheduler.models import JobRun, RunState
from diversion.scheduler.rules import Asked, Daily, Hourly
from diversion.scheduler.schedule import JOBS, Job
from tests.house.source import ROOT

HOLDS = """
import sys, time
from pathlib import Path
from sqlalchemy import create_engine
from diversion.core import leases
with leases.held(create_engine(sys.argv[1]), Path(sys.argv[2]), leases.LEADER) as leads:
    if leads:
        Path(sys.argv[2], "leads").touch()
    time.sleep(60)
"""


def _wait_for(what: Callable[[], bool]) -> None:
    for _ in range(300):
        if what():
            return
        threading.Event().wait(0.1)
    pytest.fail("waited in vain")


def _runs(app: Flask) -> list[JobRun]:
    with app.app_context():
        return list(db.session.scalars(select(JobRun).order_by(JobRun.due_at)))


def test_a_due_job_runs_once(app: Flask) -> None:
    ran: list[int] = []
    job = Job("probe", Hourly(0), lambda: ran.append(1))
    assert runner.run_due(app, job)
    assert not runner.run_due(app, job)
    assert ran == [1]
    assert [run.state for run in _runs(app)] == [RunState.DONE]


def test_what_nobody_asked_for_is_not_due(app: Flask) -> None:
    ran: list[int] = []
    wants: list[int] = []
    job = Job("probe", Asked(lambda: bool(wants)), lambda: ran.append(wants.pop()))
    assert not runner.run_due(app, job)
    wants += [1, 2]
    assert runner.run_due(app, job)
    assert runner.run_due(app, job)
    assert not runner.run_due(app, job)
    assert (ran, len(_runs(app))) == ([2, 1], 2)


def test_what_was_missed_for_days_is_caught_up_once(
    app: Flask, the_day: time_machine.Traveller
) -> None:
    ran: list[int] = []
    job = Job("probe", Daily(2, 30), lambda: ran.append(1))
    runner.run_due(app, job)
    the_day.shift(timedelta(days=5))
    assert runner.run_due(app, job)
    assert not runner.run_due(app, job)
    assert len(ran) == 2


def test_a_job_that_fails_says_so_and_keeps_no_text(app: Flask) -> None:
    def fail() -> None:
        raise ValueError("Juniper Hale")

    assert runner.run_due(app, Job("probe", Hourly(0), fail))
    (run,) = _runs(app)
    assert (run.state, run.failure) == (RunState.FAILED, "ValueError")


def test_every_job_of_the_schedule_runs_by_itself(app: Flask) -> None:
    names = [job.name for job in JOBS]
    assert len(names) == len(set(names))
    for job in JOBS:
        with app.app_context():
            failure = runner.run(job)
        assert failure in {None, "NothingToBackUp"}, job.name


def test_two_schedulers_at_once_run_each_due_job_once(app: Flask, tmp_path: Path) -> None:
    lines = tmp_path / "lines"
    lines.touch()
    contender = str(Path(__file__).with_name("contender.py"))
    url = app.config["DATABASE_URL"]
    done = subprocess.run(
        [sys.executable, contender, url, str(tmp_path), str(lines), "6"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    # An hour may turn while they run; then a job may be due a second time.
    due = len(_runs(app))
    assert len(lines.read_text().splitlines()) == due
    assert due in {6, 12}


def test_the_lease_is_free_again_after_the_leader_was_killed(app: Flask, tmp_path: Path) -> None:
    url = app.config["DATABASE_URL"]
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDS, url, str(tmp_path)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    _wait_for((tmp_path / "leads").exists)
    with app.app_context():
        with leases.held(db.engine, tmp_path, leases.LEADER) as leads:
            assert not leads
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        for _ in range(50):
            with leases.held(db.engine, tmp_path, leases.LEADER) as leads:
                if leads:
                    return
            threading.Event().wait(0.1)
    pytest.fail("nobody can lead")


def test_the_scheduler_runs_what_is_due_and_stops_when_told(app: Flask) -> None:
    stop = threading.Event()
    due = {job.name for job in JOBS if not isinstance(job.when, Asked)}
    thread = threading.Thread(target=runner.serve, args=(app,), kwargs={"until": stop})
    thread.start()
    for _ in range(100):
        if {run.job for run in _runs(app) if run.ended_at} == due:
            break
        threading.Event().wait(0.1)
    stop.set()
    thread.join(30)
    assert not thread.is_alive()
    assert {run.job for run in _runs(app)} == due
