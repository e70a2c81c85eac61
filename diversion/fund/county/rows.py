"""Say entries in the county's accounts, line by line, and what a batch adds up to."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from diversion.core.money import ZERO, Money
from diversion.fund.county.models import Books
from diversion.fund.kinds import event_words

OWN_FUND = {Books.ACCOUNT: "HTA", Books.STATUTORY: "STF"}
SOURCE = "SBAD"
DESCRIPTION = 30


@dataclass(frozen=True)
class CountyLine:
    """One line as the county books it; the reference is the entry, or the first and the last."""

    fund: str
    department: str
    account: str
    project: str
    debit: Money
    credit: Money
    description: str
    reference: str


@dataclass(frozen=True)
class Trailer:
    """What a batch adds up to; `accounts` is the sum of its account numbers."""

    lines: int
    debits: Money
    credits: Money
    accounts: int
    first_entry: int
    last_entry: int
    chain_hash: str


@dataclass(frozen=True)
class Heading:
    """What every line of a batch says alike."""

    batch: str
    on: date
    period: str


def county_parts(code: int, text: str, books: Books) -> tuple[str, str, str, str]:
    """Return fund, department, account, project of a county string; without one our own code.

    A string is those parts with a dash between, such as `215-1805-410100-HT`.
    """
    if not text:
        return OWN_FUND[books], "", str(code), ""
    fund, department, account, project = [*text.split("-", 3), "", "", ""][:4]
    return (fund, department, account, project) if account else (fund, "", department, "")


def detailed(lines: Iterable[Any], books: Books) -> list[CountyLine]:
    """Return a line of the county for each of ours."""
    return [
        CountyLine(
            *county_parts(line.account, line.county_string, books), Money(max(line.cents, 0)),
            Money(max(-line.cents, 0)), _plain(str(event_words(line.event))), f"E{line.entry_id}",
        )
        for line in lines
    ]  # fmt: skip


def summarized(lines: Sequence[Any], books: Books) -> list[CountyLine]:
    """Return what each account of the county was debited and credited in all."""
    sums: dict[tuple[tuple[str, str, str, str], bool], tuple[int, str]] = {}
    for line in lines:
        key = county_parts(line.account, line.county_string, books), line.cents < 0
        cents, name = sums.get(key, (0, line.name))
        sums[key] = cents + abs(line.cents), name
    numbers = [line.entry_id for line in lines]
    reference = f"E{min(numbers)}-E{max(numbers)}"
    return [
        CountyLine(
            *parts, ZERO if is_credit else Money(cents), Money(cents) if is_credit else ZERO,
            _plain(name), reference,
        )
        for (parts, is_credit), (cents, name) in sorted(sums.items())
    ]  # fmt: skip


def trailer(lines: Collection[CountyLine], entries: Collection[int], chain_hash: str) -> Trailer:
    """Return what a batch adds up to."""
    digits = ("".join(filter(str.isdigit, line.account)) for line in lines)
    return Trailer(
        len(lines), Money.total(line.debit for line in lines),
        Money.total(line.credit for line in lines), sum(int(text or 0) for text in digits),
        min(entries), max(entries), chain_hash,
    )  # fmt: skip


def _plain(text: str) -> str:
    """Return what old systems can read: ASCII, at most thirty signs."""
    return text.encode("ascii", "ignore").decode()[:DESCRIPTION].strip()
