"""Say by which headers the columns of a tracking workbook go, and how their content looks."""

import re
from collections.abc import Callable, Mapping

from diversion.core.workbooks.reading import Cell, Kind

NEEDED = ("name", "case")

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "name", "full name", "participant", "participant name", "attendee", "person", "nombre",
        "last first", "name last first", "client", "client name",
    ),
    "first": ("first", "first name", "given name", "fname", "nombres"),
    "last": ("last", "last name", "surname", "family name", "lname", "apellido", "apellidos"),
    "born": (
        "dob", "date of birth", "birth date", "birthdate", "birthday", "born", "d o b",
        "fecha de nacimiento",
    ),
    "case": (
        "case", "case no", "case number", "court case", "court case no", "court case number",
        "cause no", "docket no", "case nbr", "da case", "da no", "ct case no",
    ),
    "report": (
        "police report", "police rpt no", "police report no", "police report number", "report no",
        "rpt no", "police case", "police case no", "incident", "incident no", "incident number",
        "police no",
    ),
    "agency": (
        "agency", "police agency", "arresting agency", "citing agency", "dept", "department",
        "referred by", "referral source", "source",
    ),
    "cited": (
        "cite date", "cited", "citation date", "date cited", "date of citation", "offense date",
        "referral date", "referred on", "incident date", "cited on", "violation date",
    ),
    "phone": (
        "phone", "phone no", "phone number", "cell", "cell phone", "mobile", "telephone",
        "contact", "contact no", "tel", "telefono",
    ),
    "language": ("lang", "language", "preferred language", "spoken language", "idioma"),
    "class_on": (
        "class date", "class", "class day", "date of class", "session", "session date",
        "scheduled class", "class scheduled", "course date",
    ),
    "attended": (
        "attended", "attendance", "attend", "present", "showed", "attended y n", "attended class",
        "came",
    ),
    "fee": (
        "fee", "fees", "fee amount", "class fee", "amount due", "fee owed", "fee assessed",
        "assessed", "total fee", "program fee",
    ),
    "paid": (
        "paid", "amt paid", "amount paid", "total paid", "paid to date", "fee paid", "paid total",
    ),
    "payments": (
        "payments", "payment", "payment history", "payment log", "payment notes", "pmts",
        "payment detail", "payment details", "receipts", "payments made",
    ),
    "status": ("status", "state", "standing", "disposition"),
    "notes": ("notes", "note", "comments", "comment", "remarks"),
}  # fmt: skip


def _matching(pattern: str) -> Callable[[Cell], bool]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda cell: cell.kind is not Kind.DATE and bool(compiled.fullmatch(cell.text.strip()))


LOOKS: Mapping[str, Callable[[Cell], bool]] = {
    "payments": _matching(r"(?:pd|paid)?\s*\d{1,2}/\d{1,2}/\d{2,4}\s.*\$?\d.*"),
    "case": _matching(r"\d{2,4}\s?-?(?:CR|CV|CM)\s?-?\d{3,8}"),
    "phone": _matching(r"\+?1?[\s.(-]*\d{3}[\s.)-]*\d{3}[\s.-]*\d{4}"),
    "report": _matching(r"[A-Z]{2,5}[\s-]?\d{2}[\s-]\d{3,8}"),
    "name": _matching(r"[^\W\d][^\d,;$=]+,\s*[^\W\d][^\d,;$=]*"),
    "language": _matching(r"eng(lish)?|spa(nish)?|español|rus(sian)?|man(darin)?|viet\w*|korean"),
    "attended": _matching(r"y|n|yes|no|excused|x|absent|present"),
}
