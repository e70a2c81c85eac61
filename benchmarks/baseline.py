"""Compare what was measured with what was measured before: counts and ratios, never times."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("baseline.json")
KEPT = ("ratio", "ratio_to_guarded_limit", "statements", "memory_mib", "target")
MEMORY_MAY_GROW = 1.25
RATIO_MAY_GROW = 1.25

Measured = Sequence[Mapping[str, Any]]


def keep(measured: Measured) -> None:
    """Let what was measured now be what is compared with from now on; other jobs stay."""
    known = _known()
    known.update({row["job"]: {name: row[name] for name in KEPT} for row in measured})
    FILE.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n")


def compare(measured: Measured) -> bool:
    """Print what got worse; say whether any of it must not."""
    known, failed = _known(), False
    for row in measured:
        for fails, sentence in _worse(row, known.get(row["job"], {})):
            failed = failed or fails
            print(f"{'FAILS' if fails else 'warns'}: {row['job']}: {sentence}")
    return failed


def _worse(row: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[tuple[bool, str]]:
    """Yield whether it fails, and a sentence, for all that is worse than it was or may be."""
    ratio, target = row["ratio"], row["target"]
    if (row["statements"] or 0) > (before.get("statements") or row["statements"] or 0):
        yield True, f"{row['statements']} statements, {before['statements']} before"
    if before and row["memory_mib"] > before["memory_mib"] * MEMORY_MAY_GROW:
        yield True, f"{row['memory_mib']} MiB, {before['memory_mib']} before"
    if ratio > target:
        yield ratio > 2 * target, f"{ratio} times its limit, wanted {target}"
    if before and ratio > before["ratio"] * RATIO_MAY_GROW:
        yield False, f"{ratio} times its limit, {before['ratio']} before"


def _known() -> dict[str, dict[str, Any]]:
    known: dict[str, dict[str, Any]] = json.loads(FILE.read_text()) if FILE.exists() else {}
    return known
