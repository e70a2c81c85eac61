"""Say by which headers the columns of a Community Court list go, and how their content looks."""

from collections.abc import Callable, Mapping

from diversion.core.workbooks.layouts import matching
from diversion.core.workbooks.reading import Cell
from diversion.enrollments.imports import columns

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    **columns.SYNONYMS,
    "name": (
        "name", "full name", "participant", "participant name", "person", "nombre", "client",
        "client name",
    ),
    "preferred": (
        "aka goes by", "aka", "goes by", "preferred", "preferred name", "nickname", "known as",
        "called",
    ),
    "case": (
        "case no", "case", "case number", "court case", "court case no", "cause no", "docket no",
        "case nbr", "ct case no",
    ),
    "entered": (
        "entered program", "entered", "start", "start date", "entry", "entry date", "enrolled",
        "enrolled on", "program start", "began", "date entered",
    ),
    "mentor": ("mentor", "peer mentor", "mentor name", "peer"),
    "counselor": ("counselor", "counsellor", "counseling", "provider", "therapist", "agency"),
    "sessions": (
        "sessions done", "sessions", "counseling sessions", "sessions completed", "visits",
        "sessions attended",
    ),
    "next_on": (
        "next court", "next court date", "next date", "next docket", "court date", "next hearing",
        "next appearance",
    ),
    "may_text": (
        "safe to text y n", "safe to text", "ok to text", "may text", "text ok", "text",
        "texting", "can text",
    ),
    "phone": ("cell", "phone", "phone no", "phone number", "cell phone", "mobile", "telephone"),
    "outcome": ("outcome", "result", "exit", "disposition", "status", "how ended"),
    "closed": ("closed", "closed on", "date closed", "end", "end date", "exit date", "ended"),
}  # fmt: skip
LOOKS: Mapping[str, Callable[[Cell], bool]] = {
    **columns.LOOKS,
    "outcome": matching(r"graduated?|completed|withdrew|dismissed|terminated|moved"),
}
