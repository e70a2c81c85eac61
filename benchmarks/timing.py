"""Time jobs in turn, in processes of their own, so that a noisy machine is noisy for all."""

import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

Job = Callable[[], object]
Maker = Callable[[], Job]
OWN = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN


@dataclass(frozen=True)
class Figures:
    """Seconds and processor seconds of every counted round; peak memory of the process in KiB.

    What the process has others do for it, such as an accounting program, counts as its own.
    """

    seconds: list[float]
    memory_kib: int
    busy: list[float]

    @property
    def p50(self) -> float:
        return statistics.median(self.seconds) * 1000

    @property
    def cpu_p50(self) -> float:
        return statistics.median(self.busy) * 1000

    @property
    def p99(self) -> float:
        return sorted(self.seconds)[int(len(self.seconds) * 0.99)] * 1000

    def times(self, limit: "Figures") -> tuple[float, float]:
        """Return how many times its limit this is, in seconds and in those of the processor.

        Round by round where the two ran in turn: what was slow for one was slow for both.
        """
        return _ratio(self.seconds, limit.seconds), _ratio(self.busy, limit.busy)


def _ratio(ours: list[float], limit: list[float]) -> float:
    if len(ours) != len(limit):
        return statistics.median(ours) / statistics.median(limit)
    return statistics.median(mine / least for mine, least in zip(ours, limit, strict=True))


class Worker:
    """A process that makes a job once and runs it whenever it is told to."""

    def __init__(self, maker: Maker) -> None:
        context = multiprocessing.get_context("spawn")
        self.ours, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(maker, theirs), daemon=True)
        self.process.start()
        theirs.close()  # else one that dies would be waited for
        self.ours.recv()

    def run(self) -> tuple[float, float]:
        """Run the job once; return the seconds that it took and those of the processor."""
        self.ours.send("run")
        took, busy = self.ours.recv()
        return float(took), float(busy)

    def stop(self) -> int:
        self.ours.send("stop")
        memory = int(self.ours.recv())
        self.process.join()
        return memory


def _serve(maker: Maker, pipe: Connection) -> None:
    job = maker()
    pipe.send("ready")
    while pipe.recv() == "run":
        before, idle = time.perf_counter(), _busy()
        job()
        pipe.send((time.perf_counter() - before, _busy() - idle))
    pipe.send(max(_peak_kib(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))


def _peak_kib() -> int:
    """Return the most memory that this program held: getrusage would count its parent's too."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def _busy() -> float:
    used = [resource.getrusage(whose) for whose in OWN]
    return sum(each.ru_utime + each.ru_stime for each in used)


def in_turn(makers: dict[str, Maker], *, rounds: int, warm_up: int = 10) -> dict[str, Figures]:
    """Run every job once a round, in turn, and return the figures of each by name."""
    workers = {name: Worker(maker) for name, maker in makers.items()}
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in makers}
    for number in range(warm_up + rounds):
        for name, worker in workers.items():
            run = worker.run()
            if number >= warm_up:
                runs[name].append(run)
    return {
        name: Figures([run[0] for run in runs[name]], worker.stop(), [run[1] for run in runs[name]])
        for name, worker in workers.items()
    }
