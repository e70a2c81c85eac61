"""Print what was measured, beside the limit and the target."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.timing import Figures

HEAD = (
    "job                                p50 ms    p99 ms    cpu ms     limit   ratio  by cpu"
    "  target guarded  stmts   MiB"
)


@dataclass(frozen=True)
class Row:
    """A job, its limit, the ratio it may have at most, and its statements.

    `guarded` is the same limit with the guards that a page about people can't do without.
    """

    name: str
    ours: Figures
    limit: Figures
    target: float
    statements: int | None = None
    guarded: Figures | None = None

    def plain(self) -> dict[str, Any]:
        ratio, by_cpu = self.ours.times(self.limit)
        guarded = round(self.ours.times(self.guarded)[0], 2) if self.guarded else None
        return {
            "job": self.name, "p50_ms": round(self.ours.p50, 3), "p99_ms": round(self.ours.p99, 3),
            "cpu_p50_ms": round(self.ours.cpu_p50, 3), "limit_p50_ms": round(self.limit.p50, 3),
            "limit_cpu_p50_ms": round(self.limit.cpu_p50, 3), "ratio": round(ratio, 2),
            "ratio_by_cpu": round(by_cpu, 2), "target": self.target,
            "ratio_to_guarded_limit": guarded, "statements": self.statements,
            "memory_mib": round(self.ours.memory_kib / 1024),
        }  # fmt: skip


def show(rows: Iterable[Row], path: Path) -> Sequence[dict[str, Any]]:
    """Print a table, write the same as JSON to `path`, and return it."""
    plain = [row.plain() for row in rows]
    print(HEAD)
    for row in plain:
        print(
            f"{row['job']:32}{row['p50_ms']:>10}{row['p99_ms']:>10}{row['cpu_p50_ms']:>10}"
            f"{row['limit_p50_ms']:>10}{row['ratio']:>8}{row['ratio_by_cpu']:>8}{row['target']:>8}"
            f"{row['ratio_to_guarded_limit'] or '-':>8}{row['statements'] or '-':>7}"
            f"{row['memory_mib']:>6}"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(plain, indent=2) + "\n")
    return plain
