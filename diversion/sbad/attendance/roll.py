"""Lay out a roll for its page: who is on it, what is marked, what is still to do."""

from dataclasses import dataclass

from diversion.audit.models import Act
from diversion.sbad.attendance import queries, rules
from diversion.sbad.attendance.rules import BLANK, TIMED, Current, Presence, Tally
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.rosters import lines
from diversion.sbad.rosters.lines import Line
from diversion.staff.models import Staff

SEGMENTS = (Presence.HERE, Presence.LATE, Presence.ABSENT)


@dataclass(frozen=True)
class RollLine:
    """A person of a roll and the present mark."""

    line: Line
    current: Current
    owed: int

    @property
    def handle(self) -> str:
        return self.line.handle

    @property
    def is_fixed(self) -> bool:
        """Say whether the row shows its mark as words, with a way to change it."""
        mark = self.current
        return mark.value not in (*SEGMENTS, Presence.UNMARKED) or mark.is_ahead

    @property
    def chosen(self) -> str | None:
        return None if self.current.is_blank else self.current.value.value

    @property
    def has_notes(self) -> bool:
        """Say whether anything stands beside the name."""
        line = self.line
        return bool(line.language or line.needs or self.minutes or self.current.missed)

    @property
    def minutes(self) -> int | None:
        return self.current.minutes if self.current.value in TIMED else None


@dataclass(frozen=True)
class Roll:
    """A roll as its page shows it. `batch` is the last press of "the rest Here", if undoable."""

    lines: tuple[RollLine, ...]
    tally: Tally
    batch: str
    gone: int

    @property
    def seen(self) -> str:
        """Return what the page shows, so that only what is changed on it is sent as a mark."""
        return " ".join(
            f"{each.handle}:{each.current.version}:{each.current.value.value}"
            for each in self.lines
        )

    @property
    def newest(self) -> int:
        """Return the newest mark that the page shows."""
        return max((each.current.mark_id for each in self.lines), default=0)

    @property
    def pressed(self) -> str:
        """Return whom that press marked and nobody marked since, so that it can be undone."""
        return " ".join(
            each.handle for each in self.lines if self.batch and each.current.batch == self.batch
        )

    @property
    def blanks(self) -> list[RollLine]:
        return [each for each in self.lines if each.current.is_blank]

    @property
    def differing(self) -> list[RollLine]:
        return [each for each in self.lines if each.current.is_conflict]


def of_class(session: ClassSession, *, by: Staff, gone: int = 0) -> Roll:
    """Return the roll of a class day. Inside `with reading():`."""
    people = lines.of_class(session, by=by, why=Act.ROLL_SHOWN)
    standing = queries.current(session.id)
    # Nobody owes a part of a class before the first mark, so its parts are not asked for.
    lengths = tuple(module.minutes for module in session.course.modules) if standing else ()
    found = tuple(
        RollLine(line, current, _owed(current, lengths, session.course.grace_minutes))
        for line in people
        for current in [standing.get(line.seat.id, BLANK)]
    )
    pressed = [each.current for each in found if each.current.batch]
    batch = max(pressed, key=lambda mark: mark.mark_id).batch if pressed else ""
    return Roll(found, rules.tally(each.current.value for each in found), batch, gone)


def _owed(current: Current, lengths: tuple[int, ...], grace: int) -> int:
    return 0 if current.is_blank else rules.modules_owed(current, lengths, grace)
