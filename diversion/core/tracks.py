"""Name the two tracks and make the public numbers of participants.

A number such as `26-0417-3` is the year, a place in one sequence for both
tracks, and a check digit. It does not tell the track.
"""

import re
from enum import StrEnum

NUMBER = r"[0-9]{2}-[0-9]{4,6}-[0-9]"
_PARTS = re.compile(r"([0-9]{2})-([0-9]{4,6})-([0-9])")
# Damm's quasigroup of order 10: finds every single wrong digit and every swap of neighbors.
# Source: H. M. Damm, "Total anti-symmetrische Quasigruppen", Marburg 2004.
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


class Track(StrEnum):
    """The side of the wall on which a participant stands."""

    COMMUNITY_COURT = "community_court"
    SBAD = "sbad"


def public_number(year: int, place: int) -> str:
    """Return the number of the `place`-th participant registered in `year`."""
    body = f"{year % 100:02d}{place:04d}"
    return f"{body[:2]}-{body[2:]}-{_check_digit(body)}"


def is_public_number(text: str) -> bool:
    """Say whether `text` is well formed and its check digit fits."""
    parts = _PARTS.fullmatch(text)
    return parts is not None and _check_digit(parts[1] + parts[2]) == parts[3]


def _check_digit(digits: str) -> str:
    row = 0
    for digit in digits:
        row = int(_DAMM[row][int(digit)])
    return str(row)
