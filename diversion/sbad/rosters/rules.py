"""Say who on a waiting list gets the seats that became free."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class InLine:
    """Someone on a waiting list; who `needs` no seat any more is passed over and stays in line."""

    registration_id: int
    needs: bool


def next_in_line(line: Sequence[InLine], free: int) -> list[InLine]:
    """Return who gets the free seats: the first in line who still need one, in their order."""
    return [each for each in line if each.needs][: max(free, 0)]
