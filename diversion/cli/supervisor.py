"""Keep child processes running, stop them together, and write what they say to one log."""

import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

LARGEST = 20 * 1024 * 1024
KEPT = 10
PATIENCE_SECONDS = 35
LONGEST_PAUSE = 30.0


class Supervisor:
    """Start each command line as a child and start it again when it ends by itself."""

    def __init__(self, lines: Mapping[str, Sequence[str]], folder: str) -> None:
        self.lines = lines
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.stop = threading.Event()
        self.log = _log(Path(folder) / "logs" / "diversion.log")

    def run(self) -> int:
        """Run until told to stop; return 0 if every child ended in good order."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop.set())
        keepers = [threading.Thread(target=self._keep, args=(name,)) for name in self.lines]
        for keeper in keepers:
            keeper.start()
        while not self.stop.wait(0.5):
            pass
        for child in list(self.children.values()):
            child.terminate()
        for keeper in keepers:
            keeper.join(PATIENCE_SECONDS)
        left = [child for child in self.children.values() if child.poll() is None]
        for child in left:
            child.kill()
        return 1 if left else 0

    def _keep(self, name: str) -> None:
        pause = 1.0
        while not self.stop.is_set():
            began = time.monotonic()
            child = subprocess.Popen(  # noqa: S603 (our own command line)
                [sys.executable, "-m", "diversion", *self.lines[name]],
                stderr=subprocess.PIPE, start_new_session=True,
            )  # fmt: skip
            self.children[name] = child
            if self.stop.is_set():
                child.terminate()
            if child.stderr is not None:
                self._copy(child.stderr)
            child.wait()
            pause = 1.0 if time.monotonic() - began > LONGEST_PAUSE else min(pause * 2, 30.0)
            self.stop.wait(pause)

    def _copy(self, stream: IO[bytes]) -> None:
        for line in stream:
            text = line.decode("utf-8", "backslashreplace").rstrip("\n")
            sys.stderr.write(text + "\n")
            self.log.info("%s", text)


def _log(path: Path) -> logging.Logger:
    """Return a logger that writes lines as they are, one writer for all processes."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = RotatingFileHandler(path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(message)s"))
    path.chmod(0o600)
    log = logging.getLogger("diversion.supervised")
    log.handlers, log.propagate, log.level = [handler], False, logging.INFO
    return log
