"""Say by which headers the columns of a tracking workbook go, and how their content looks."""

from collections.abc import Callable, Mapping

from diversion.core.workbooks.layouts import matching
from diversion.core.workbooks.reading import Cell
from diversion.enrollments.imports import columns

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    **columns.SYNONYMS,
    "name": (
        "name", "full name", "participant", "participant name", "attendee", "person", "nombre",
        "last first", "name last first", "client", "client name",
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
}  # fmt: skip
LOOKS: Mapping[str, Callable[[Cell], bool]] = {
    **columns.LOOKS,
    "payments": matching(r"(?:pd|paid)?\s*\d{1,2}/\d{1,2}/\d{2,4}\s.*\$?\d.*"),
    "report": matching(r"[A-Z]{2,5}[\s-]?\d{2}[\s-]\d{3,8}"),
    "name": matching(r"[^\W\d][^\d,;$=]+,\s*[^\W\d][^\d,;$=]*"),
    "attended": matching(r"y|n|yes|no|excused|x|absent|present"),
}
