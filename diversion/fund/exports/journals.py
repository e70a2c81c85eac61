"""Pack the journals that hledger, Ledger and beancount read, with the words how to ask them."""

from pathlib import Path
from tempfile import TemporaryDirectory

from diversion.core.workbooks.packing import BEGINNING, stamped_zip
from diversion.fund.exports.control import about
from diversion.ledger.extracts import Range
from diversion.ledger.journals import exports
from diversion.ledger.queries import Head

README = """The books of the Human Trafficking Account as plain-text accounting.

Programs of others check these files without ours:

    hledger -f fund.journal check --strict ordereddates payees
    ledger --args-only --strict --pedantic --check-payees -f fund.journal bal
    bean-check --no-cache fund.beancount
    hledger -f fund.journal bal -N --flat -O csv | LC_ALL=C sort | diff - fund.balances.csv

Each says nothing wrong, and the last one prints nothing, when the books are sound.

fund        the Account itself
budget      its budget; no real money
statutory   fees held for the state; never mixed with the Account

A file is there where a line is. Each adds up to zero. Every posting of a journal
claims the balance after it; at the end of each month CLOSE claims the balances
as the database adds them up. A month begins with what stood before it.
Tags: entry is the number in the ledger, hash the start of its seal as printed on
receipts, sub what the account is kept by: a receipt, a fee, a deposit. No file
holds a name of a participant.
"""


def write(path: Path, wanted: Range, head: Head) -> int:
    """Write a zip with the texts of a range; return how many lines of entries they have."""
    with TemporaryDirectory(dir=path.parent) as made:
        folder = Path(made)
        lines = exports.write(folder, wanted, about(wanted, head))
        with stamped_zip(path, head.posted_at or BEGINNING) as packed:
            for text in sorted(folder.iterdir()):
                packed.write(text, text.name)
            packed.writestr("README.txt", README)
    return lines
