"""Say what a mark means: who attended in full, who owes what, and when two people disagree."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import accumulate

from diversion.core.words import Worded, _
from diversion.sbad.attendance.reasons import Correction


class Presence(Worded):
    """What a mark says. `unmarked` takes a mark back; it blocks the end of a class."""

    HERE = "here", _("Here")
    LATE = "late", _("Late")
    LEFT_EARLY = "left_early", _("Left early")
    EXCUSED = "excused", _("Excused")
    ABSENT = "absent", _("Absent")
    REMOVED = "removed", _("Left the class")
    UNMARKED = "unmarked", _("Not marked")


WHOLE_DAY = 0
TIMED = frozenset({Presence.LATE, Presence.LEFT_EARLY})
IN_THE_ROOM = frozenset({Presence.HERE, Presence.LATE, Presence.LEFT_EARLY})


@dataclass(frozen=True)
class Mark:
    """What a device says: an operation that counts once, however often it arrives.

    `registration` is a handle; `base_version` is the mark that was seen when marking;
    `module` is the place of the module whose roll it is, or the whole day.
    """

    op: str
    registration: str
    value: Presence
    marked_at: datetime
    base_version: int = 0
    minutes: int | None = None
    device: str = ""
    batch: str = ""
    reason: str = ""
    missed: str = ""
    module: int = WHOLE_DAY

    @property
    def key(self) -> str:
        return key_of(self.registration, self.module)


def key_of(registration: str, module: int) -> str:
    """Return how pages and devices name a row of a roll: `q8m4`, of its second module `q8m4.2`."""
    return f"{registration}.{module}" if module else registration


@dataclass(frozen=True)
class Current:
    """The present mark of a registration, and how many were made before it.

    `mark_id` puts the marks of a roll in the order in which they came. `of_modules` are the
    marks of the day's other rolls; see `whole`.
    """

    value: Presence
    version: int = 0
    minutes: int | None = None
    device: str = ""
    marked_by: int = 0
    is_ahead: bool = False
    is_conflict: bool = False
    batch: str = ""
    reason: str = ""
    missed: str = ""
    mark_id: int = field(default=0, compare=False)
    module: int = WHOLE_DAY
    of_modules: tuple["Current", ...] = ()
    is_by_module: bool = False

    @property
    def is_corrected(self) -> bool:
        """Say whether the mark was made on a roll that was already finished."""
        return self.reason in set(Correction)

    @property
    def more(self) -> dict[str, str]:
        """Return what belongs to the mark, as the small window of the roll asks for it."""
        if not (self.minutes or self.reason or self.missed):
            return {}
        said = {"minutes": str(self.minutes or ""), "reason": self.reason}
        boxes = {f"missed-{place}": "on" for place in sorted(self.modules_missed)}
        return {name: value for name, value in said.items() if value} | boxes

    @property
    def modules_missed(self) -> frozenset[int]:
        """Return the places of the modules that were missed, the first is 1."""
        return frozenset(int(place) for place in self.missed.split(".") if place)

    @property
    def is_blank(self) -> bool:
        return self.value is Presence.UNMARKED

    @property
    def is_there(self) -> bool:
        return self.value in IN_THE_ROOM

    @property
    def contradicts(self) -> bool:
        """Say whether the whole day was missed by someone who was there in a module."""
        return not self.is_there and any(each.is_there for each in self.of_modules)

    @property
    def differs(self) -> bool:
        """Say whether two marks of the day can't both be right."""
        return self.is_conflict or self.contradicts

    def to_mend(self, modules: int) -> int:
        """Return the roll of so many modules in which two marks differ, or one is missing."""
        apart = [each.module for each in self.of_modules if each.is_conflict]
        if apart or not self.is_by_module:
            return (apart or [WHOLE_DAY])[0]
        marked = {each.module for each in self.of_modules}
        return next((each for each in range(1, modules + 1) if each not in marked), WHOLE_DAY)

    def is_open(self, modules: int) -> bool:
        """Say whether marks are missing: of the whole day, and of one of so many modules."""
        return self.is_blank or (self.is_by_module and len(self.of_modules) < modules)


BLANK = Current(Presence.UNMARKED)


def conflicts(mark: Mark, current: Current, by: int) -> bool:
    """Say whether someone else changed the row since the marker looked, and to another value."""
    seen = mark.base_version >= current.version
    own = current.marked_by == by and current.device == mark.device
    return not seen and not own and not current.is_blank and current.value is not mark.value


def came_to_no_blank(mark: Mark, current: Current) -> bool:
    """Say whether a mark of "the rest Here" comes to someone who was marked meanwhile."""
    return bool(mark.batch) and mark.base_version < current.version and not current.is_blank


def modules_owed(current: Current, lengths: Sequence[int], grace: int) -> int:
    """Return how many modules a person still owes after a class day, taken alone."""
    return len(lengths) - len(attended(current, lengths, grace))


def attended(current: Current, lengths: Sequence[int], grace: int) -> frozenset[int]:
    """Return the places, from 0, of the modules that a person attended on a class day.

    `lengths` are minutes of each module in order; `grace` minutes late or early cost
    nothing. Late or early without minutes costs nothing either: the instructor let it be.
    """
    if not current.is_there:
        return frozenset()
    marked = {each.module for each in current.of_modules}
    places = marked if current.is_by_module else range(1, len(lengths) + 1)
    lost = current.modules_missed | _late_for(current, lengths, grace)
    lost |= {each.module for each in current.of_modules if _is_lost(each, lengths, grace)}
    return frozenset(
        place - 1 for place in places if 0 < place <= len(lengths) and place not in lost
    )


def _is_lost(mark: Current, lengths: Sequence[int], grace: int) -> bool:
    """Say whether the roll of a module costs that module."""
    return not attended(replace(mark, module=WHOLE_DAY), lengths[mark.module - 1 :][:1], grace)


def _late_for(current: Current, lengths: Sequence[int], grace: int) -> set[int]:
    """Return the places, from 1, of the modules that minutes late, or left early, cost."""
    if current.value is Presence.HERE or current.minutes is None:
        return set()
    is_late = current.value is Presence.LATE
    order = lengths if is_late else tuple(reversed(lengths))
    begins = [0, *accumulate(order)][: len(order)]
    lost = {place for place, begun in enumerate(begins, 1) if current.minutes > begun + grace}
    return lost if is_late else {len(order) + 1 - place for place in lost}


@dataclass(frozen=True)
class Tally:
    """How many people of a roll stand where."""

    here: int
    late: int
    absent: int
    excused: int
    blank: int

    @property
    def people(self) -> int:
        return self.here + self.late + self.absent + self.excused + self.blank

    @property
    def marked(self) -> int:
        return self.people - self.blank


def tally(values: Iterable[Presence]) -> Tally:
    """Count a roll as its foot shows it: left early counts as late, left the class as absent."""
    found = list(values)
    return Tally(
        here=found.count(Presence.HERE),
        late=found.count(Presence.LATE) + found.count(Presence.LEFT_EARLY),
        absent=found.count(Presence.ABSENT) + found.count(Presence.REMOVED),
        excused=found.count(Presence.EXCUSED),
        blank=found.count(Presence.UNMARKED),
    )
