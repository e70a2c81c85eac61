"""Know the words that everybody uses as a password, and see through their disguises.

A password has at least twelve signs, so a plain look-up would catch little: a
known word with digits around it, written twice, or with signs for letters is
found as well.
"""

import gzip
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("passwords.txt.gz")
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
RUN = 5
DISTINCT = 5
_LETTERS = str.maketrans("0134578@$!+", "oieastbasit")
_EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")


@cache
def _list() -> bytes:
    return gzip.decompress(LIST.read_bytes())


def made_on() -> date:
    """Return the day on which the list was made."""
    return date.fromisoformat(_list().split(b"\n", 1)[0].decode().strip("# "))


def count() -> int:
    """Return how many words the list holds."""
    return _list().count(b"\n") - 1


def is_known(password: str) -> bool:
    """Say whether guessing programs try `password` early."""
    folded = password.casefold()
    if len(set(folded)) < DISTINCT:
        return True
    return any(_is_listed(core) or _is_run(core) for core in _cores(folded))


def _is_listed(word: str) -> bool:
    return len(word) >= 4 and b"\n" + word.encode() + b"\n" in _list()


def _is_run(word: str) -> bool:
    """Say whether the word is nothing but neighbors on the keyboard or in the alphabet."""
    pieces = 0
    rest = word
    while rest:
        length = max((_run_at_start(rest, row) for row in ROWS), default=1)
        rest = rest[length:]
        pieces += 1
    return len(word) >= RUN * pieces


def _run_at_start(word: str, row: str) -> int:
    for line in (row, row[::-1]):
        start = line.find(word[0])
        while start >= 0:
            length = 0
            while word[length : length + 1] == line[start + length : start + length + 1] != "":
                length += 1
            if length >= RUN:
                return length
            start = line.find(word[0], start + 1)
    return 1


def _cores(word: str) -> Iterator[str]:
    """Yield the word and what is left of it without each disguise."""
    for plain in (word, re.sub(r"\s+", "", word)):
        yield plain
        yield (bare := _EDGES.sub("", plain))
        yield bare.translate(_LETTERS)
        yield _EDGES.sub("", plain.translate(_LETTERS))
        yield _once(plain)
        yield _EDGES.sub("", _once(bare))


def _once(word: str) -> str:
    """Return the shortest piece of which the word is a repetition."""
    at = (word + word).find(word, 1)
    return word[:at] if 0 < at < len(word) else word
