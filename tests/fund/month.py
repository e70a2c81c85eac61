"""Live through a month of money, for the tests of files."""

from datetime import date, timedelta
from itertools import count
from pathlib import Path
from zipfile import ZipFile
from zoneinfo import ZoneInfo

from openpyxl import Workbook, load_workbook

from diversion.core.money import Money
from diversion.fees.models import VoidReason
from diversion.fees.receipts.services import void
from diversion.fund.deposits import services as deposits
from diversion.fund.exports import services
from diversion.fund.exports.services import Built
from diversion.fund.leaving.models import FileKind
from diversion.ledger.commands import Mode
from diversion.ledger.receipts import undeposited
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories import fees, fund
from tests.factories.staff import make_staff

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
APPROVER = "Helen Park"
_references = count(1)
ZONE = ZoneInfo("America/Los_Angeles")
MODES = ((Mode.CASH, ""), (Mode.CHECK, "22"), (Mode.MONEY_ORDER, "55-"), (Mode.CARD, "ch"))


def live(people: int = 2, days: int = 4) -> Staff:
    """Charge fees, take money of every kind, void a receipt, make deposits."""
    clerk = make_staff(Role.FINANCE_CLERK, name="Lena Ortiz")
    approver = make_staff(Role.FINANCE_APPROVER, name=APPROVER)
    debtors = [
        fees.make_debtor(on=date(2026, 10, 20), first="Zephyrine", last="Quillfeather")[0]
        for _ in range(people)
    ]
    for n in range(days):
        on = FIRST + timedelta(days=n)
        mode, reference = MODES[n % 4]
        fees.make_receipt(
            debtors[n % people], 12_345 + n, by=clerk, mode=mode, on=on,
            reference=reference and f"{reference}{next(_references)}",
        )  # fmt: skip
    bank(approver, FIRST + timedelta(days=days))
    spoiled = fees.make_receipt(debtors[0], 700, by=clerk, on=LAST - timedelta(days=10), now=NOW)
    void(
        spoiled, reason=VoidReason.WRONG_AMOUNT, copy_returned=True, seen=spoiled.hash16,
        by=approver, on=LAST - timedelta(days=10), now=NOW,
    )  # fmt: skip
    return approver


def bank(approver: Staff, on: date) -> None:
    """Take a little more, and deposit whatever lies in the drawer."""
    fund.take(40, by=9_000_900, on=on)
    lying = undeposited()
    cash = Money.total(r.amount for r in lying if r.mode == Mode.CASH)
    deposits.prepare(
        [r.number for r in lying],
        {1: cash.cents},
        key=f"bank-{next(_references)}-of-{on}",
        by=approver,
        on=on,
        now=NOW,
    )


def build(folder: Path, kind: FileKind = FileKind.WORKBOOK) -> Built:
    return services.make(services.as_of(kind, FIRST, LAST), zone=ZONE, folder=folder)


def opened(folder: Path) -> Workbook:
    return load_workbook(build(folder).path)


def texts(path: Path) -> bytes:
    """Return all that is in a packed file, unpacked."""
    with ZipFile(path) as packed:
        return b"\n".join(packed.read(name) for name in packed.namelist())
