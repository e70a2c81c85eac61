"""Be two schedulers at once: each claims what is due and writes a line for what ran there.

usage: contender.py URL FOLDER LINES JOBS
"""

import os
import sys
import time
from pathlib import Path

from diversion.app import create_app
from diversion.scheduler import runner
from diversion.scheduler.rules import Hourly
from diversion.scheduler.schedule import Job
from tests import databases


def main(url: str, folder: str, lines: str, jobs: str) -> int:
    children = []
    for _scheduler in range(2):
        if (child := os.fork()) == 0:
            schedule(url, folder, lines, int(jobs))
            return 0
        children.append(child)
    return max(os.waitpid(child, 0)[1] for child in children)


def schedule(url: str, folder: str, lines: str, jobs: int) -> None:
    app = create_app({**databases.settings(Path(folder)), "DATABASE_URL": url})
    for number in range(jobs):

        def act() -> None:
            time.sleep(0.005)
            with Path(lines).open("a") as file:
                file.write(f"{os.getpid()}\n")

        runner.run_due(app, Job(f"job-{number}", Hourly(0), act))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) and 1)
