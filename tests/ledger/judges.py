"""Call the accounting programs of others, and fail where they must not be missing."""

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from beancount import loader
from beancount.core import realization
from beancount.core.data import Transaction

from diversion.core.money import Money

NEEDED = ("hledger", "ledger")
loader.initialize(use_cache=False)


def need() -> None:
    """Skip by name where a judge is missing; fail where everything must run."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"{' and '.join(missing)} missing, and the judges must run here.")
    if missing:
        pytest.skip(f"{' AND '.join(missing).upper()} NOT INSTALLED: no judge read the journals.")


def hledger(*journals: Path) -> bool:
    """Say whether hledger accepts journals in its strict form.

    Of several, it lets each use what any of them declares: Ledger reads each alone.
    """
    return _ask("hledger", *_files(journals), "check", "--strict", "ordereddates", "payees")


def ledger(journal: Path) -> bool:
    """Say whether Ledger accepts a journal in its strict and pedantic form."""
    return ledger_balances(journal) is not None


def ledger_balances(journal: Path) -> dict[str, str] | None:
    """Return the balances as Ledger has them, by account; None if it refuses the journal."""
    asked = ["ledger", "--args-only", "--strict", "--pedantic", "--check-payees", "-f",
             str(journal), "bal", "--flat", "--no-total",
             "--format", "%(account),%(scrub(display_total))\n"]  # fmt: skip
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return ours_of(done.stdout.splitlines()) if done.returncode == 0 else None


def beancount(ledger_file: Path) -> bool:
    """Say whether beancount accepts a file; `bean-check` asks the same of the same loader."""
    return bean_balances(ledger_file) is not None


def bean_check(ledger_file: Path) -> bool:
    """Ask the program itself, which lies beside the Python of the tests."""
    return _ask(str(Path(sys.executable).parent / "bean-check"), "--no-cache", ledger_file)


def balances(*journals: Path) -> list[str]:
    """Return the balances as hledger has them, sorted as ours are."""
    asked = ["hledger", *_files(journals), "bal", "-N", "--flat", "-O", "csv"]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    return sorted(said.splitlines())


def bean_balances(ledger_file: Path) -> dict[str, str] | None:
    """Return the balances as beancount has them, by account, those of zero left out.

    None if it refuses the file.
    """
    entries, errors, _options = loader.load_file(str(ledger_file))
    if errors:
        return None
    real = realization.realize([e for e in entries if isinstance(e, Transaction)])
    found = {}
    for account in realization.iter_children(real):
        for position in account.balance:
            found[account.account] = str(position.units)
    return found


def ours(path: Path) -> dict[str, str]:
    """Return the balances that an export claims, by account."""
    return ours_of(path.read_text("utf-8").splitlines())


def ours_of(lines: list[str]) -> dict[str, str]:
    return {name: has for name, has in csv.reader(lines) if name != "account"}


def said(cents: int) -> str:
    """Return cents as the judges say them."""
    return f"{Money(cents).plain()} USD"


def _files(journals: Sequence[Path]) -> list[str]:
    return [part for journal in journals for part in ("-f", str(journal))]


def _ask(*command: object) -> bool:
    done = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    return done.returncode == 0
