"""Be a second scheduler: claim each due job and write a line for every one that ran here.

usage: contender.py URL FOLDER LINES JOBS; it waits for the file `go` in FOLDER.
"""

import sys
import time
from pathlib import Path

from diversion.app import create_app
from diversion.scheduler import runner
from diversion.scheduler.rules import Hourly
from diversion.scheduler.schedule import Job
from tests import databases


def main(url: str, folder: str, lines: str, jobs: str) -> None:
    app = create_app({**databases.settings(Path(folder)), "DATABASE_URL": url})
    sys.stdin.readline()
    for number in range(int(jobs)):

        def act() -> None:
            time.sleep(0.005)
            with Path(lines).open("a") as file:
                file.write("ran\n")

        runner.run_due(app, Job(f"job-{number}", Hourly(0), act))


if __name__ == "__main__":
    main(*sys.argv[1:])
