"""An instructor sees name, language, needs and whether someone is cleared: no amount, no case."""

import re

import pytest

from diversion.cli.rehearsal import cast
from tests.house import walks
from tests.house.reach import Page

AMOUNT = re.compile(r"[$−]\s?\d|\d{1,3},\d{3}\b|\b\d+\.\d{2}\b")
# Numbers are written in capitals, as in 26CR10074 and MP26-56349; random handles never are.
CASE = re.compile(r"\b\d{2}CR\d+|\b[A-Z]{2}\d{2}-\d+|\bORS\b|(?i:charged under|\bcitation\b)")
UNSEEN = re.compile(r"<(script|style)\b.*?</\1>|/static/[^\"']+|<svg.*?</svg>", re.DOTALL)
# Help speaks of money in general, of nobody's.
OF_NOBODY = ("dashboard.help.", "static", "web.")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Page]]:
    """What the instructor of the fictional county reaches by links, by view."""
    found = walks.by_everybody(tmp_path_factory).pages[cast.PARTS["instructor"].email]
    return {name: of for name, of in found.items() if not name.startswith(OF_NOBODY)}


def test_no_page_of_an_instructor_holds_an_amount_a_charge_or_a_case_az_03(
    pages: dict[str, dict[str, Page]],
) -> None:
    assert {"sbad.attendance.show", "sbad.attendance.person", "sbad.days.show"} <= set(pages)
    wrong = [
        (path, sign)
        for of in pages.values()
        for path, page in of.items()
        for text in [UNSEEN.sub("", page.data.decode(errors="replace"))]
        for sign in (*AMOUNT.findall(text), *CASE.findall(text))
    ]
    assert wrong == []


def test_the_roster_says_cleared_alike_for_whoever_is(pages: dict[str, dict[str, Page]]) -> None:
    rosters = [page.data.decode() for page in pages["sbad.days.show"].values()]
    found = {
        word
        for text in rosters
        for word in re.findall(r">\s*(\w* ?cleared|paid|waived|[^<]*\bplan\b[^<]*)\s*<", text, re.I)
    }
    assert found == {"Cleared", "Not cleared"}


def test_the_signs_find_what_they_are_for() -> None:
    for text in ("$5", "−12", "1,250", "12.50"):
        assert AMOUNT.search(text), text
    for text in ("25CR60012", "ORS 167.008", "Citation"):
        assert CASE.search(text), text
