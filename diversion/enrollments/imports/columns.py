"""Say by which headers the columns go that every list of people has, and how they look."""

from collections.abc import Callable, Mapping

from diversion.core.workbooks.layouts import matching
from diversion.core.workbooks.reading import Cell

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "first": ("first", "first name", "given name", "fname", "nombres", "legal first"),
    "last": ("last", "last name", "surname", "family name", "lname", "apellido", "apellidos"),
    "born": (
        "dob", "date of birth", "birth date", "birthdate", "birthday", "born", "d o b",
        "fecha de nacimiento",
    ),
    "language": ("lang", "language", "preferred language", "spoken language", "idioma"),
    "notes": ("notes", "note", "comments", "comment", "remarks"),
}  # fmt: skip
LOOKS: Mapping[str, Callable[[Cell], bool]] = {
    "case": matching(r"\d{2,4}\s?-?(?:CR|CV|CM)\s?-?\d{3,8}"),
    "phone": matching(r"\+?1?[\s.(-]*\d{3}[\s.)-]*\d{3}[\s.-]*\d{4}"),
    "language": matching(r"eng(lish)?|spa(nish)?|español|rus(sian)?|man(darin)?|viet\w*|korean"),
}
