"""Export the books as plain-text accounting, which programs of others check to the cent.

Each group of accounts has files of its own, and each of them adds up to zero. Running
balances come from the lines, those at a month's end from the database's own sums:
a judge that accepts both has compared the two.
"""

import calendar
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TextIO

from diversion.ledger import extracts
from diversion.ledger.accounts import BY_CODE, Group
from diversion.ledger.extracts import Range
from diversion.ledger.journals import queries
from diversion.ledger.journals.beancount import Beancount
from diversion.ledger.journals.hledger import Journal
from diversion.ledger.journals.names import FILES, PATHS
from diversion.ledger.journals.queries import Sealed
from diversion.ledger.journals.texts import About, Totals, Writer, dollars

KINDS = (Journal, Beancount)
BALANCES = "balances.csv"
_GROUPS = {code: account.group for code, account in BY_CODE.items()}


@dataclass
class _Books:
    """The texts that are being written; a group that was never used gets none."""

    folder: Path
    first: date
    about: About
    pages: ExitStack
    writers: dict[Group, list[Writer]] = field(default_factory=dict)

    def of(self, group: Group) -> list[Writer]:
        if group not in self.writers:
            self.writers[group] = [
                kind(self._page(group, kind.ending), group, self.first, self.about)
                for kind in KINDS
            ]
        return self.writers[group]

    def _page(self, group: Group, ending: str) -> TextIO:
        path = self.folder / f"{FILES[group]}.{ending}"
        return self.pages.enter_context(path.open("w", encoding="utf-8", newline="\n"))

    def entry(self, sealed: Sealed) -> None:
        groups = {_GROUPS[line[0]] for line in sealed.lines}
        for group in sorted(groups):
            lines = sealed.lines
            if len(groups) > 1:
                lines = [line for line in lines if _GROUPS[line[0]] is group]
            for writer in self.of(group):
                writer.entry(sealed, lines)

    def open(self, totals: Totals) -> None:
        for group, part in _parts({code: cents for code, cents in totals.items() if cents}):
            for writer in self.of(group):
                writer.open(self.first, part)

    def close(self, day: date, totals: Totals) -> None:
        for group, part in _parts(totals):
            for writer in self.of(group):
                writer.close(day, part)


def write(folder: Path, wanted: Range, about: About) -> int:
    """Write the texts of a range into `folder`; return how many lines of entries they have.

    Each text is named after its group: `fund`, `budget`, `statutory`. Beside each stand
    the balances that the judges must find.
    """
    months, stands = queries.movements(wanted), queries.openings(wanted)
    quiet, count = not months, 0
    with ExitStack() as pages:
        books = _Books(folder, wanted.first, about, pages)
        books.open(stands)
        for (year, month), some in groupby(queries.entries(wanted), key=_month):
            for sealed in some:
                books.entry(sealed)
                count += len(sealed.lines)
            for code, cents in months.pop((year, month)).items():
                stands[code] = stands.get(code, 0) + cents
            last = date(year, month, calendar.monthrange(year, month)[1])
            books.close(min(last, wanted.last), dict(sorted(stands.items())))
        if quiet:
            books.close(wanted.last, dict(sorted(stands.items())))
    _balances(folder, wanted)
    return count


def _month(sealed: Sealed) -> tuple[int, int]:
    return sealed.on.year, sealed.on.month


def _parts(totals: Totals) -> list[tuple[Group, Totals]]:
    parts: dict[Group, dict[int, int]] = {}
    for code, cents in totals.items():
        parts.setdefault(_GROUPS[code], {})[code] = cents
    return sorted(parts.items())


def _balances(folder: Path, wanted: Range) -> None:
    """Write what `hledger bal -N --flat -O csv` answers, sorted, so that `diff` compares."""
    closings: Mapping[int, int] = {c: m.cents for c, m in extracts.closings(wanted).items()}
    for group, part in _parts(closings):
        rows = [f'"{PATHS[c]}","{dollars(cents)} USD"' for c, cents in part.items() if cents]
        text = "\n".join(sorted(['"account","balance"', *rows])) + "\n"
        (folder / f"{FILES[group]}.{BALANCES}").write_text(text, "utf-8")
