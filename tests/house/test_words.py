"""The words that hurt stand nowhere: no template, code list, column, file name or test."""

import re
from pathlib import Path

import pytest

from tests.house import source

# Put together from pieces, so that this file does not hold them either.
WORDS = [
    "prostit" + "ut",
    "off" + "ender",
    r"\bjo" + r"hns?\b(?!\s+(?:doe|adams))",
    "no" + "-show",
    "no" + "show",
    "per" + "petrator",
    "hoo" + "ker",
]
PATTERN = re.compile("|".join(WORDS), re.IGNORECASE)
TEXTS = {".py", ".html", ".txt", ".md", ".js", ".css", ".toml", ".sql", ".po", ".yaml", ".json"}
# A statute is cited by its subject once; word lists of passwords are not wording.
LEFT_OUT = ("static/vendor/", "tests/browser/vendor/", "LICENSE", "requirements.lock")


def _texts() -> list[Path]:
    return [
        path
        for path in source.tracked()
        if path.suffix in TEXTS
        and not source.short(path).startswith(LEFT_OUT)
        and "passwords" not in path.name
    ]


@pytest.mark.parametrize("path", _texts(), ids=source.short)
def test_no_wording_hurts(path: Path) -> None:
    found = PATTERN.search(path.read_text(encoding="utf-8"))
    assert found is None, found


def test_no_file_name_hurts() -> None:
    assert [p for p in source.tracked() if PATTERN.search(source.short(p))] == []
