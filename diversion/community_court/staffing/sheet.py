"""Put together what the team looks at before court: one block a person, facts alone."""

from dataclasses import dataclass
from datetime import date

from diversion.community_court.appearances.board import Board, Row, board
from diversion.community_court.appearances.presences import presences_of
from diversion.community_court.appearances.rules import CAME
from diversion.community_court.dockets.models import Docket
from diversion.community_court.mentors import queries as mentors
from diversion.core.words import Sentence, _
from diversion.enrollments import queries as enrollments
from diversion.enrollments.conditions import queries as conditions
from diversion.enrollments.conditions.rules import Standing, still_missing
from diversion.staff.models import Staff
from diversion.web.filters import day


@dataclass(frozen=True)
class Brief:
    """What is known of one person on the morning of court. `kept` are the last dates."""

    row: Row
    kept: tuple[bool, ...]
    mentor: str
    met_on: date | None
    missing: tuple[Sentence, ...]


def sheet(docket: Docket, *, by: Staff, today: date) -> tuple[Board, list[Brief]]:
    """Return a block for each person of a docket day, as far as they are this reader's.

    Inside `with reading():`; the log names everybody shown.
    """
    found = board(docket, "", by=by, today=today)
    ids = [row.line.participant_id for row in found.rows]
    kept = presences_of(ids, docket.held_on, limit=4)
    matches, met = mentors.standing_of(ids), mentors.last_met(ids)
    current = enrollments.latest_among(ids)
    stand = conditions.standings(current.values())
    return found, [
        Brief(
            row, tuple(each in CAME for each in kept.get(person, ())),
            matches[person].mentor.name if person in matches else "", met.get(person),
            _missing(stand[current[person]]) if person in current else (),
        )
        for row, person in zip(found.rows, ids, strict=True)
    ]  # fmt: skip


def _missing(standings: list[Standing]) -> tuple[Sentence, ...]:
    return tuple(
        _("{label}, {done} of {wanted}, due {day}", label=each.label, done=each.done,
          wanted=each.wanted, day=day(each.due_on))
        if each.due_on
        else _("{label}, {done} of {wanted}", label=each.label, done=each.done, wanted=each.wanted)
        for each in still_missing(standings)
    )  # fmt: skip
