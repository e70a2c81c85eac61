"""Lay out a roll for its page: who is on it, what is marked, what is still to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from diversion.audit.models import Act
from diversion.sbad.attendance import latest, rules
from diversion.sbad.attendance.rules import BLANK, TIMED, WHOLE_DAY, Current, Presence, Tally
from diversion.sbad.attendance.whole import Key, instead, whole
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.classes.queries import Module
from diversion.sbad.rosters import lines
from diversion.sbad.rosters.lines import Line
from diversion.staff.models import Staff

SEGMENTS = (Presence.HERE, Presence.LATE, Presence.ABSENT)


class RollLine(NamedTuple):
    """A person of a roll: the present mark there, what speaks instead of none, and the day.

    `key` and `who` name the row; `grid` are the marks of every module, for someone who has one.
    """

    key: str
    who: str
    line: Line
    current: Current
    instead: Current
    whole: Current
    owed: int
    is_open: bool
    module: int
    grid: tuple[Current, ...] = ()

    @property
    def handle(self) -> str:
        return self.line.handle

    @property
    def is_fixed(self) -> bool:
        """Say whether the row shows its mark as words, with a way to change it."""
        mark = self.instead
        is_odd = mark.value not in (*SEGMENTS, Presence.UNMARKED) or mark.is_ahead
        return is_odd or (self.current.is_blank and not mark.is_blank)

    @property
    def is_part_marked(self) -> bool:
        """Say whether someone is marked by module, and not yet in every one."""
        return self.current.is_blank and self.instead.is_by_module and self.is_open

    @property
    def shown(self) -> Presence:
        """Return the value that the row counts for: none while marks of modules are missing."""
        return Presence.UNMARKED if self.is_part_marked else self.instead.value

    @property
    def chosen(self) -> str | None:
        return None if self.current.is_blank else self.current.value.value

    @property
    def has_notes(self) -> bool:
        """Say whether anything stands beside the name."""
        line = self.line
        return bool(line.language or line.needs or self.minutes or self.is_part)

    @property
    def is_plain(self) -> bool:
        """Say whether the row shows a name and its buttons, and nothing else."""
        return not (self.is_fixed or self.has_notes or self.current.more)

    @property
    def is_part(self) -> bool:
        """Say whether someone who was there owes a part, as far as is marked."""
        cut = self.whole.minutes or self.whole.missed or self.whole.of_modules
        return bool(self.owed and cut and not self.is_open)

    @property
    def minutes(self) -> int | None:
        return self.current.minutes if self.current.value in TIMED else None


@dataclass(frozen=True)
class Roll:
    """A roll as its page shows it: of a module, or of the whole day.

    `batch` is the last press of "the rest Here", if undoable; `newest` the newest mark of all.
    `modules` are the parts of the course.
    """

    lines: tuple[RollLine, ...]
    tally: Tally
    batch: str
    newest: int
    module: int
    modules: Sequence[Module]

    @property
    def seen(self) -> str:
        """Return what the page shows, so that only what is changed on it is sent as a mark."""
        return " ".join(f"{each.key}:{each.current.version}:{each.shown}" for each in self.lines)

    @property
    def pressed(self) -> str:
        """Return whom that press marked and nobody marked since, so that it can be undone."""
        return " ".join(
            each.key for each in self.lines if self.batch and each.current.batch == self.batch
        )

    @property
    def blanks(self) -> list[RollLine]:
        """Return who has no mark here and needs one before the class can be finished."""
        return [each for each in self.lines if each.is_open and each.current.is_blank]

    @property
    def differing(self) -> list[RollLine]:
        return [each for each in self.lines if each.current.is_conflict or each.whole.contradicts]


def of_class(
    session: ClassSession, *, by: Staff, module: int = WHOLE_DAY, fees: bool = True
) -> Roll:
    """Return a roll of a class day, with who is cleared or without. Inside `with reading():`."""
    people = lines.of_class(session, by=by, why=Act.ROLL_SHOWN, fees=fees)
    standing = latest.standing(session.id)
    modules = classes.modules_of(session.course_id)
    lengths = tuple(each.minutes for each in modules) if standing else ()
    days = whole(standing)
    found = tuple(
        _line(line, standing, days.get(line.seat.id, BLANK), lengths, session, module)
        for line in people
    )
    pressed = [each.current for each in found if each.current.batch]
    batch = max(pressed, key=lambda mark: mark.mark_id).batch if pressed else ""
    newest = max((each.mark_id for each in standing.values()), default=0)
    tally = rules.tally(each.shown for each in found)
    return Roll(found, tally, batch, newest, module, modules)


def _line(
    line: Line, standing: Mapping[Key, Current], day: Current, lengths: tuple[int, ...],
    session: ClassSession, module: int,
) -> RollLine:  # fmt: skip
    row, key = line.seat.id, rules.key_of(line.handle, module)
    own = {each: standing.get((row, each), BLANK) for each in range(len(lengths) + 1)}
    owed = 0 if day.is_blank else rules.modules_owed(day, lengths, session.course.grace_minutes)
    return RollLine(
        key, line.who, line, own.get(module, BLANK), instead(own, module), day, owed,
        day.is_open(len(lengths)), module,
        tuple(own[each] for each in own if each) if day.of_modules else (),
    )  # fmt: skip
