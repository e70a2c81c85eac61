"""Say by which headers the columns of a Community Court list go, and how their content looks."""

import re
from collections.abc import Callable, Mapping

from diversion.core.workbooks.reading import Cell, Kind

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "name", "full name", "participant", "participant name", "person", "nombre", "client",
        "client name",
    ),
    "first": ("first", "first name", "given name", "fname", "nombres", "legal first"),
    "last": ("last", "last name", "surname", "family name", "lname", "apellido", "apellidos"),
    "preferred": (
        "aka goes by", "aka", "goes by", "preferred", "preferred name", "nickname", "known as",
        "called",
    ),
    "born": (
        "birthdate", "dob", "date of birth", "birth date", "birthday", "born", "d o b",
        "fecha de nacimiento",
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
    "language": ("language", "lang", "preferred language", "spoken language", "idioma"),
    "outcome": ("outcome", "result", "exit", "disposition", "status", "how ended"),
    "closed": ("closed", "closed on", "date closed", "end", "end date", "exit date", "ended"),
    "notes": ("notes", "note", "comments", "comment", "remarks"),
}  # fmt: skip


def _matching(pattern: str) -> Callable[[Cell], bool]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda cell: cell.kind is not Kind.DATE and bool(compiled.fullmatch(cell.text.strip()))


LOOKS: Mapping[str, Callable[[Cell], bool]] = {
    "case": _matching(r"\d{2,4}\s?-?(?:CR|CV|CM)\s?-?\d{3,8}"),
    "phone": _matching(r"\+?1?[\s.(-]*\d{3}[\s.)-]*\d{3}[\s.-]*\d{4}"),
    "language": _matching(r"eng(lish)?|spa(nish)?|español|rus(sian)?|man(darin)?|viet\w*|korean"),
    "outcome": _matching(r"graduated?|completed|withdrew|dismissed|terminated|moved"),
}
