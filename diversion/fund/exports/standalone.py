"""Check an export of the ledger with Python alone: `python3 verify.py` beside its files.

It needs Python 3.9 or newer, nothing else, and no network. It computes again the hash of
every entry and whether each follows from the one before, the sums of every entry, every
account and the whole, the numbers of receipts, and the SHA-256 of the file. It ends
with 0 when all is well, with 1 when anything differs, with 2 when it could not run.
"""

import csv
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

FIRST = "0" * 64
HEAD = ("entry", "key", "request_hash", "event", "doc", "effective_date", "posted_utc", "period",
        "actor", "approver", "reverses", "memo_hash", "lines", "total_cents")  # fmt: skip
BODY = ("line", "account", "sub_key", "earmark", "amount_cents")
GIVEN = {"RECEIPT", "RECEIPT_CARD", "RECEIPT_UNIDENTIFIED", "DONATION_RECEIPT", "STF_RECEIPT"}
MOST = 20
Row = dict[str, str]


def main(folder: Path) -> int:
    """Check the files in a folder and say what was found."""
    trial()
    control_file = next(iter(sorted(folder.glob("*.control.json"))), None)
    if control_file is None:
        sys.stderr.write("No control.json here: unpack the whole export first.\n")
        return 2
    page = folder / control_file.name.replace(".control.json", ".csv")
    if not page.is_file():
        sys.stderr.write(f"No {page.name} here: unpack the whole export first.\n")
        return 2
    books = Books(json.loads(control_file.read_text("utf-8")))
    books.read(page)
    books.compare()
    for sentence in books.found[:MOST]:
        sys.stdout.write(f"NOT RIGHT: {sentence}\n")
    sys.stdout.write(
        f"{books.entries} entries, {books.sums['rows']} lines, last hash {books.prev}\n"
    )
    sys.stdout.write("Something differs.\n" if books.found else "All is well.\n")
    return 1 if books.found else 0


class Books:
    """What was read so far, and what is not as it should be."""

    def __init__(self, control: dict[str, Any]) -> None:
        self.control, self.found = control, list[str]()
        self.entries, self.last, self.prev = 0, 0, FIRST
        self.sums, self.moved, self.numbers = Counter[str](), Counter[str](), Numbers()

    def read(self, page: Path) -> None:
        """Check a file entry by entry, as far as it can be read."""
        if sha256(page) != self.control["sha256_of_csv"]:
            self.found.append("the file was changed")
        try:
            with page.open(encoding="utf-8", newline="") as lines:
                for _entry, rows in groupby(csv.DictReader(lines), key=lambda row: row["entry"]):
                    self.entry(list(rows))
        except (ArithmeticError, KeyError, TypeError, ValueError, csv.Error):
            self.found.append(f"what stands after entry {self.last} can't be read")

    def entry(self, rows: list[Row]) -> None:
        """Check one entry, all of its lines together."""
        head, number = rows[0], int(rows[0]["entry"])
        body = [[row[name] for name in BODY] for row in rows]
        if seal(head["prev"], [head[name] for name in HEAD], body) != head["hash"]:
            self.found.append(f"entry {number} or one of its lines was changed")
        if number == self.last + 1 and head["prev"] != self.prev:
            self.found.append(f"entry {number} does not follow from the one before")
        if number != self.last + 1 and (self.control["whole"] or number <= self.last):
            self.found.append(f"entry {number} is not in its place")
        self.found += sums_of(number, rows)
        self.entries, self.last, self.prev = self.entries + 1, number, head["hash"]
        for row in rows:
            cents = int(row["amount_cents"])
            self.moved[row["account"]] += cents
            self.sums.update(rows=1, debits_cents=max(cents, 0), credits_cents=max(-cents, 0))
        if head["event"] in GIVEN:
            self.numbers.add(head["document"])

    def compare(self) -> None:
        """Compare the whole with the control totals."""
        said, first = self.control, self.control["openings"]
        for name in ("rows", "debits_cents", "credits_cents"):
            if self.sums[name] != said[name]:
                self.found.append(f"{name}: {self.sums[name]}, not {said[name]}")
        for account in sorted(set(first) | set(self.moved) | set(said["closings"])):
            stands = first.get(account, 0) + self.moved[account]
            if stands != said["closings"].get(account, 0):
                self.found.append(f"account {account} ends with {stands} cents")
        if self.last != said["last_entry"]:
            self.found.append("the last entry is another")
        if said["whole"] and self.prev != said["chain_hash"]:
            self.found.append("the last hash is another")
        self.found += self.numbers.differ(said["series"])


class Numbers:
    """The numbers of receipts, series by series."""

    def __init__(self) -> None:
        self.seen = dict[str, list[int]]()

    def add(self, document: str) -> None:
        prefix, _dash, number = document.rpartition("-")
        self.seen.setdefault(f"{prefix}-", []).append(int(number))

    def differ(self, said: dict[str, list[int]]) -> Iterator[str]:
        """Yield the series of which a number is missing or stands twice."""
        for prefix in sorted(set(self.seen) | set(said)):
            numbers = self.seen.get(prefix, [])
            count, low, high = said.get(prefix, [0, 0, 0])
            found = [len(set(numbers)), min(numbers, default=0), max(numbers, default=0)]
            if found != [count, low, high] or len(numbers) != count:
                yield f"receipts {prefix} have a number that is missing or stands twice"


def sums_of(number: int, rows: list[Row]) -> Iterator[str]:
    """Yield what does not add up inside an entry."""
    groups, total = Counter[str](), 0
    for row in rows:
        cents = int(row["amount_cents"])
        groups[row["group"]] += cents
        total += max(cents, 0)
        if f"{row['debit'] or 0}{row['credit'] or 0}" != shown(cents):
            yield f"entry {number} shows another amount than it has"
    if any(groups.values()) or total != int(rows[0]["total_cents"]):
        yield f"entry {number} does not balance"
    if len(rows) != int(rows[0]["lines"]):
        yield f"entry {number} misses lines"


def shown(cents: int) -> str:
    """Return the debit and the credit of a line as the file has them, one after the other."""
    amount = f"{abs(cents) // 100}.{abs(cents) % 100:02d}"
    return f"{amount}0" if cents > 0 else f"0{amount}"


def seal(prev: str, head: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """Return the hash of an entry: SHA-256 of the hash before it and its canonical text."""
    text = "\x1f".join(["HTL1", *head]) + "\n" + "\n".join(map("\x1f".join, lines))
    return hashlib.sha256(bytes.fromhex(prev) + text.encode()).hexdigest().upper()


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file as lower-case hex, read piece by piece."""
    whole = hashlib.sha256()
    with path.open("rb") as contents:
        while piece := contents.read(1 << 20):
            whole.update(piece)
    return whole.hexdigest()


# Three entries whose hashes are published: this script must make the same.
VECTOR = (
    ("ASSESS|q8m4x2wkb7|||2|100000", "1200 31 0 100000|2500 31 0 -100000",
     "FD869772B4274DA0A6C9C4FFA629C866D026F0679904F6DD72696EBECCB5ADB0"),
    ("RECEIPT||||4|80000", "1010 1 0 40000|2500 31 0 40000|1200 31 0 -40000|4010 0 3 -40000",
     "D6CAF7F7E7F73A52C1210D2E9BC41B38BE4E77EDCCA379BF49100362BC21AF05"),
    ("REVERSE||8|1|2|100000", "1200 31 0 -100000|2500 31 0 100000",
     "37ED48DC48AD836F1B8A542960B04DAC82D0DBB294EA4CE8CACA464B96E4B251"),
)  # fmt: skip


def trial() -> None:
    """Make the published hashes, or stop: this script itself would be damaged."""
    prev = FIRST
    for number, (said, lines, wanted) in enumerate(VECTOR, 1):
        event, doc, approver, reverses, count, total = said.split("|")
        when = "2026-11-21", "2026-11-21T17:00:00Z", "202611", "7"
        start = [str(number), f"key-{number}", "A" * 64, event, doc, *when]
        head = [*start, approver, reverses, "B" * 64, count, total]
        body = [[str(n), *line.split()] for n, line in enumerate(lines.split("|"), 1)]
        prev = seal(prev, head, body)
        if prev != wanted:
            raise SystemExit("This script does not make the published hashes: do not trust it.")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent))
