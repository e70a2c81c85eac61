"""Print what was measured, beside the limit and the target."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.timing import Figures

HEAD = "job                            p50 ms   p99 ms    limit   ratio  target  stmts   MiB"


@dataclass(frozen=True)
class Row:
    """A job, its limit, the ratio it may have at most, and its statements."""

    name: str
    ours: Figures
    limit: Figures
    target: float
    statements: int | None = None

    @property
    def ratio(self) -> float:
        return self.ours.p50 / self.limit.p50

    def plain(self) -> dict[str, object]:
        return {
            "job": self.name, "p50_ms": round(self.ours.p50, 3), "p99_ms": round(self.ours.p99, 3),
            "limit_p50_ms": round(self.limit.p50, 3), "ratio": round(self.ratio, 2),
            "target": self.target, "statements": self.statements,
            "memory_mib": round(self.ours.memory_kib / 1024),
        }  # fmt: skip


def show(rows: Iterable[Row], path: Path) -> None:
    """Print a table and write the same as JSON to `path`."""
    plain = [row.plain() for row in rows]
    print(HEAD)
    for row in plain:
        print(
            f"{row['job']:28}{row['p50_ms']:>9}{row['p99_ms']:>9}{row['limit_p50_ms']:>9}"
            f"{row['ratio']:>8}{row['target']:>8}{row['statements'] or '-':>7}"
            f"{row['memory_mib']:>6}"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(plain, indent=2))
