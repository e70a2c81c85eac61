"""Read a tracking workbook of the class program."""

from collections.abc import Iterable
from datetime import date

from diversion.core.workbooks.reading import Sheet
from diversion.enrollments.imports import lines, lists
from diversion.enrollments.imports.lists import ListKind
from diversion.participants.identity import Identity, Phone
from diversion.sbad.imports.columns import LOOKS, SYNONYMS
from diversion.sbad.imports.rules import DAYS, Entry, Reader

Line = lines.Line[Entry]
Reading = lines.Reading[Entry]
WORKBOOK = ListKind(
    SYNONYMS, LOOKS, DAYS, "Name, DOB, Case #, Class Date, Fee, Payments", reader=Reader
)


def read(sheets: Iterable[Sheet], *, today: date) -> Reading:
    """Return the lines of all lists in the file. Raises NotUnderstood if one can't be read."""
    return lists.read(sheets, WORKBOOK, today=today)


def identity_of(entry: Entry) -> Identity:
    """Return who a line is about, as an envelope holds it."""
    return Identity(
        first=entry.first,
        last=entry.last,
        birth_date=entry.born,
        phones=(Phone(entry.phone),) if entry.phone else (),
        case_numbers=(entry.case,) if entry.case else (),
        police_numbers=(entry.report,) if entry.report else (),
    )
