"""Turn the rows of a tracking workbook into entries, or say why one can't be."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from diversion.core import cells
from diversion.core.cells import Misread
from diversion.core.money import Money
from diversion.core.words import _
from diversion.core.workbooks.reading import Cell, Kind, Row
from diversion.enrollments.imports.rows import BEGINNING, RowReader
from diversion.sbad.imports.payments import OldPayment
from diversion.sbad.imports.payments import read as read_payments

CLASSES_UNTIL = timedelta(days=365 * 3)
DAYS = ("born", "cited", "class_on")


class Attended(StrEnum):
    """What the old list says of a class day."""

    ABSENT = "absent"
    EXCUSED = "excused"
    HERE = "here"


ALSO = {
    "excused": Attended.EXCUSED, "exc": Attended.EXCUSED, "e": Attended.EXCUSED,
    "absent": Attended.ABSENT, "a": Attended.ABSENT, "present": Attended.HERE,
    "p": Attended.HERE, "here": Attended.HERE, "attended": Attended.HERE,
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One person of the old list, as the program understands the row."""

    first: str
    last: str
    born: date | None
    case: str
    report: str
    agency: str
    cited_on: date | None
    phone: str | None
    language: str
    class_on: date | None
    attended: Attended | None
    fee: Money | None
    payments: tuple[OldPayment, ...]
    interpreter: bool

    def paid(self) -> Money:
        return Money.total(payment.amount for payment in self.payments)


class Reader(RowReader[Entry]):
    """Reads rows of a tracking workbook."""

    def entry(self, row: Row) -> Entry:
        first, last = self.name(row)
        entry = Entry(
            first=first,
            last=last,
            born=self.born(row),
            case=self.case(row),
            report=self.joined(row, "report"),
            agency=agency(self.text(row, "agency")),
            cited_on=self._cited(row),
            phone=self.phone(row),
            language=self.language(row),
            class_on=self._class_on(row),
            attended=self._attended(row),
            fee=self._fee(row),
            payments=self._payments(row),
            interpreter="interpreter" in self.text(row, "notes").casefold(),
        )
        check(entry, cells.money(self._total(row)), self.today)
        return entry

    def parts(self) -> tuple[Callable[[Row], object], ...]:
        return (
            self.name, self.born, self._cited, self.phone, self.language, self._class_on,
            self._attended, self._fee, self._payments,
        )  # fmt: skip

    def _cited(self, row: Row) -> date | None:
        return self.day(row, "cited", self.today)

    def _class_on(self, row: Row) -> date | None:
        return self.day(row, "class_on", self.today + CLASSES_UNTIL)

    def _attended(self, row: Row) -> Attended | None:
        return attended(self.cell(row, "attended"))

    def _fee(self, row: Row) -> Money | None:
        return cells.money(self.cell(row, "fee"))

    def _payments(self, row: Row) -> tuple[OldPayment, ...]:
        return read_payments(
            self.cell(row, "payments"),
            latest=self.today,
            earliest=BEGINNING,
            day_first=self.day_first,
        )

    def _total(self, row: Row) -> Cell:
        """A total computed by the workbook itself says nothing new."""
        cell = self.cell(row, "paid")
        return Cell(Kind.EMPTY, "") if cell.kind is Kind.FORMULA else cell


def check(entry: Entry, paid: Money | None, today: date) -> None:
    """Refuse a row that contradicts itself. Raises Misread."""
    if entry.born is None and not entry.case:
        raise Misread(_("This row has neither a date of birth nor a case number. Add one."))
    if paid is not None and paid != entry.paid():
        raise Misread(
            _(
                "The payments add up to {listed}, but the row says that {said} was paid. "
                "Mend one of them.",
                listed=entry.paid(),
                said=paid,
            )
        )
    if entry.payments and entry.fee is None:
        raise Misread(_("Payments are listed, but no fee. Write the fee of this person."))
    if entry.attended and entry.class_on is None:
        raise Misread(_("Attendance is marked, but the class has no date. Write its date."))
    if entry.attended and entry.class_on and entry.class_on > today:
        raise Misread(_("Attendance is marked for a class still to come. Mend the date."))


def attended(cell: Cell) -> Attended | None:
    """Return what a cell says of attendance: yes, no, excused, or nothing yet."""
    said = (cells.text(cell) or "").casefold()
    if said in ALSO:
        return ALSO[said]
    try:
        came = cells.yes(cell)
    except Misread as error:
        raise Misread(
            _("“{value}” is not an attendance. Use Y, N or excused.", value=said[:60])
        ) from error
    return None if came is None else Attended.HERE if came else Attended.ABSENT


def agency(written: str) -> str:
    """Return an agency's usual name: spaces, capitals and abbreviations mended."""
    known = AGENCIES.get(written.casefold())
    if known or not written:
        return known or ""
    words = [word if word.isupper() else word.capitalize() for word in written.split()]
    return " ".join("PD" if word.casefold() in {"pd", "p.d."} else word for word in words)


AGENCIES = {
    "ccso": "Clackamas County Sheriff",
    "clackamas co sheriff": "Clackamas County Sheriff",
    "clackamas county sheriff": "Clackamas County Sheriff",
    "clackamas county sheriff's office": "Clackamas County Sheriff",
    "osp": "Oregon State Police",
}
