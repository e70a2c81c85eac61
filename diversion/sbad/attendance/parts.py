"""Add up what someone attended on several class days: a day in full counts, and so do parts."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """What someone attended of a course on one class day; modules are named by their ids."""

    day: str
    attended: frozenset[int]
    course: frozenset[int]

    @property
    def is_whole(self) -> bool:
        return bool(self.course) and self.attended >= self.course


def counted(parts: Sequence[Part]) -> set[str]:
    """Return the days that count, of days in their order.

    A day in full counts by itself. Parts of one course count together, on the day on which no
    module is missing any more; what was used up so is not used again.
    """
    found = {each.day for each in parts if each.is_whole}
    gathered: dict[frozenset[int], frozenset[int]] = {}
    for each in parts:
        if each.is_whole or not each.course:
            continue
        have = gathered.get(each.course, frozenset()) | each.attended
        if have >= each.course:
            found.add(each.day)
            have = frozenset()
        gathered[each.course] = have
    return found


def still_owed(parts: Sequence[Part]) -> frozenset[int]:
    """Return the modules that are missing of the course that was begun last; none if it counts."""
    if not parts or parts[-1].day in counted(parts):
        return frozenset()
    latest = parts[-1].course
    have: frozenset[int] = frozenset()
    for each in parts:
        if each.course == latest and not each.is_whole:
            have |= each.attended
            have = frozenset() if have >= latest else have
    return latest - have
