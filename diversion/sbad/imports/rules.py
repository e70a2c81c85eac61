"""Turn the rows of a tracking workbook into entries, or say why one can't be."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from diversion.core import cells
from diversion.core.cells import Misread
from diversion.core.money import Money
from diversion.core.words import Sentence, _
from diversion.core.workbooks.layouts import Layout
from diversion.core.workbooks.reading import Cell, Kind, Row
from diversion.sbad.imports.payments import OldPayment
from diversion.sbad.imports.payments import read as read_payments

YOUNGEST = timedelta(days=365 * 12)
BEGINNING = date(1990, 1, 1)  # no program of this kind is older
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


@dataclass(frozen=True)
class Reader:
    """Reads rows of one sheet: its layout, the day of reading, and which of its dates begin
    with the day."""

    layout: Layout
    today: date
    day_first: frozenset[str]

    def entry(self, row: Row) -> Entry:
        """Return what a row says. Raises Misread with what to write instead."""
        first, last = self._name(row)
        entry = Entry(
            first=first,
            last=last,
            born=self._born(row),
            case=_case(self._text(row, "case")),
            report=_case(self._text(row, "report")),
            agency=agency(self._text(row, "agency")),
            cited_on=self._cited(row),
            phone=cells.phone(self._cell(row, "phone")),
            language=cells.language(self._cell(row, "language")) or "en",
            class_on=self._class_on(row),
            attended=attended(self._cell(row, "attended")),
            fee=cells.money(self._cell(row, "fee")),
            payments=self._payments(row),
            interpreter="interpreter" in self._text(row, "notes").casefold(),
        )
        check(entry, cells.money(self._total(row)), self.today)
        return entry

    def problems(self, row: Row) -> list[Sentence]:
        """Return everything that keeps a row from being read, cell by cell."""
        found = []
        for read in (
            lambda: self._name(row),
            lambda: self._born(row),
            lambda: self._cited(row),
            lambda: cells.phone(self._cell(row, "phone")),
            lambda: cells.language(self._cell(row, "language")),
            lambda: self._class_on(row),
            lambda: attended(self._cell(row, "attended")),
            lambda: cells.money(self._cell(row, "fee")),
            lambda: self._payments(row),
        ):
            try:
                read()
            except Misread as misread:
                found.append(misread.sentence)
        return found

    def _born(self, row: Row) -> date | None:
        return self._day(row, "born", self.today - YOUNGEST)

    def _cited(self, row: Row) -> date | None:
        return self._day(row, "cited", self.today, BEGINNING)

    def _class_on(self, row: Row) -> date | None:
        return self._day(row, "class_on", self.today + CLASSES_UNTIL, BEGINNING)

    def _payments(self, row: Row) -> tuple[OldPayment, ...]:
        return read_payments(
            self._cell(row, "payments"),
            latest=self.today,
            earliest=BEGINNING,
            day_first="payments" in self.day_first,
        )

    def _cell(self, row: Row, field: str) -> Cell:
        return self.layout.cell(row, field)

    def _text(self, row: Row, field: str) -> str:
        return cells.text(self._cell(row, field)) or ""

    def _day(
        self, row: Row, field: str, latest: date, earliest: date = cells.EARLIEST
    ) -> date | None:
        return cells.day(
            self._cell(row, field),
            latest=latest,
            earliest=earliest,
            day_first=field in self.day_first,
        )

    def _total(self, row: Row) -> Cell:
        """A total computed by the workbook itself says nothing new."""
        cell = self._cell(row, "paid")
        return Cell(Kind.EMPTY, "") if cell.kind is Kind.FORMULA else cell

    def _name(self, row: Row) -> tuple[str, str]:
        if "first" in self.layout.places and "last" in self.layout.places:
            first = cells.name_part(self._cell(row, "first"))
            last = cells.name_part(self._cell(row, "last"))
            name = (first, last) if first and last else None
        else:
            name = cells.person(self._cell(row, "name"))
        if name is None:
            raise Misread(_("This row has no name. Write the name as Last, First."))
        return name


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


def is_total(row: Row) -> bool:
    """Say whether a row is a line of sums, which is no person."""
    said = {cell.text.strip(" :").casefold() for _place, cell in row.filled()}
    return bool(said & {"total", "totals", "grand total", "subtotal", "sum", "suma"})


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


def _case(written: str) -> str:
    return "".join(written.upper().split())
