"""Time jobs in turn, in processes of their own, so that a noisy machine is noisy for all."""

import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

Job = Callable[[], object]
Maker = Callable[[], Job]


@dataclass(frozen=True)
class Figures:
    """Seconds and processor seconds of every counted round; peak memory of the process in KiB."""

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


class Worker:
    """A process that makes a job once and runs it whenever it is told to."""

    def __init__(self, maker: Maker) -> None:
        context = multiprocessing.get_context("spawn")
        self.ours, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(maker, theirs), daemon=True)
        self.process.start()
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
        before, idle = time.perf_counter(), time.process_time()
        job()
        pipe.send((time.perf_counter() - before, time.process_time() - idle))
    pipe.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


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
