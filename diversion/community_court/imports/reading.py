"""Read a Community Court list."""

from collections.abc import Iterable
from datetime import date

from diversion.community_court.imports.columns import LOOKS, SYNONYMS
from diversion.community_court.imports.rules import DAYS, Entry, Reader
from diversion.core.words import _
from diversion.core.workbooks.reading import Sheet
from diversion.enrollments.imports import lines, lists
from diversion.enrollments.imports.lists import ListKind
from diversion.participants.identity import Identity, Phone
from diversion.participants.safe_contact import SafeContact

Reading = lines.Reading[Entry]
LIST = ListKind(
    SYNONYMS, LOOKS, DAYS, "First, Last, Birthdate, Case No., Entered program", reader=Reader,
    needed={
        "entered": _(
            "Sheet “{sheet}” lacks a column of entry dates. Not recognized: {unread}."
        )
    },
)  # fmt: skip


def read(sheets: Iterable[Sheet], *, today: date) -> Reading:
    """Return the lines of all lists in the file. Raises NotUnderstood if one can't be read."""
    return lists.read(sheets, LIST, today=today)


def identity_of(entry: Entry) -> Identity:
    """Return who a line is about, as an envelope holds it."""
    return Identity(
        first=entry.first,
        last=entry.last,
        preferred=entry.preferred,
        birth_date=entry.born,
        phones=(Phone(entry.phone, may_text=entry.may_text),) if entry.phone else (),
        case_numbers=(entry.case,) if entry.case else (),
        contact=SafeContact(watched=entry.is_watched),
    )
