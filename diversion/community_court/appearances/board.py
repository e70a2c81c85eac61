"""Put together what the bench page shows: names beside facts, a fixed number of statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from diversion.audit.models import Act
from diversion.community_court.appearances import decisions, places, queries
from diversion.community_court.appearances.models import Result
from diversion.community_court.appearances.presences import presences_of
from diversion.community_court.appearances.queries import Line
from diversion.community_court.appearances.rules import CAME
from diversion.community_court.dockets import queries as dockets
from diversion.community_court.dockets.models import Docket
from diversion.community_court.dockets.rules import Offer, suggest
from diversion.community_court.mentors import queries as mentors
from diversion.core.languages import NAMES
from diversion.core.tracks import Track
from diversion.core.words import Sentence, _
from diversion.enrollments import queries as enrollments
from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.conditions import queries as conditions
from diversion.enrollments.conditions.rules import Standing, all_met
from diversion.participants.access import open_names
from diversion.staff.models import Staff
from diversion.web.filters import day

TRACK = Track.COMMUNITY_COURT


class Tag(NamedTuple):
    """A short state with its color."""

    text: Sentence
    tone: str = ""


class Row(NamedTuple):
    """One person of a docket, as the bench shows them."""

    line: Line
    name: str
    counseling: str
    conditions: str
    tags: tuple[Tag, ...]

    @property
    def number(self) -> str:
        return self.line.number

    @property
    def language(self) -> str:
        return self.line.language

    @property
    def is_recorded(self) -> bool:
        return self.line.outcome is not None

    @property
    def is_absent(self) -> bool:
        return self.line.result is Result.NOT_HERE


@dataclass(frozen=True)
class Since:
    """What was between the last dates and now, for the row that is on."""

    kept: tuple[bool, ...]
    mentor: str
    met_on: date | None
    planned_on: date | None


@dataclass(frozen=True)
class Board:
    """A docket day at the bench. `now` is the row that is on, `next` the one after it."""

    docket: Docket
    rows: tuple[Row, ...]
    now: Row | None
    next: Row | None
    since: Since | None
    offers: tuple[Offer, ...]

    @property
    def recorded(self) -> int:
        return sum(row.is_recorded for row in self.rows)

    @property
    def here(self) -> int:
        return sum(row.line.here_at is not None for row in self.rows)

    @property
    def last_recorded(self) -> Row | None:
        """Return the row that was recorded last: what `u` takes back."""
        done = [row for row in self.rows if row.line.recorded_at is not None]
        return max(done, key=lambda row: str(row.line.recorded_at), default=None)

    def tally(self) -> list[tuple[Result, int]]:
        """Return how many of each outcome, in the order of the keys, without those of none."""
        counts = [(each, sum(row.line.result is each for row in self.rows)) for each in Result]
        return [(each, number) for each, number in counts if number]


def board(docket: Docket, at: str, *, by: Staff, today: date) -> Board:
    """Return the bench of a docket day, the row `at` or else the first open one on it.

    Inside `with reading():`; the log names everybody shown.
    """
    lines = queries.everybody_on(docket.id)
    names = open_names([line.participant_id for line in lines], TRACK, by=by,
                       why=Act.NAMES_SHOWN, about=f"docket:{docket.handle}")  # fmt: skip
    standings, warrants = _standings(names), decisions.warrants(names)
    rows = tuple(
        _row(line, names[person].shown, standings.get(person, ()), today, warrants.get(person))
        for line in lines
        for person in [line.participant_id]
        if person in names
    )
    now = _on_now(rows, at, is_over=docket.held_on > today)
    return Board(
        docket, rows, now, _following(rows, now), _since(now) if now else None,
        tuple(offers(docket.held_on)) if now else (),
    )  # fmt: skip


def offers(after: date) -> list[Offer]:
    """Return the next dates to choose from: coming docket days with places."""
    coming = dockets.coming(after)
    people = places.counts([each.id for each in coming])
    found = [
        Offer(each.handle, each.held_on, each.starts, each.capacity - people.get(each.id, 0))
        for each in coming
    ]
    return suggest(after, found)


def _standings(people: Iterable[int]) -> dict[int, list[Standing]]:
    current = enrollments.latest_among(people)
    found = conditions.standings(current.values())
    return {person: found[each] for person, each in current.items()}


def _row(
    line: Line,
    name: str,
    standings: Sequence[Standing],
    today: date,
    warrant_on: date | None,
) -> Row:
    counseling = [each for each in standings if each.kind is ConditionKind.COUNSELING]
    done, wanted = sum(s.done for s in counseling), sum(s.wanted for s in counseling)
    met = sum(each.met for each in standings)
    return Row(
        line, name, _of(done, wanted), _of(met, len(standings)),
        tuple(_tags(line.language, standings, today, warrant_on)),
    )  # fmt: skip


def _of(part: int, whole: int) -> str:
    return f"{part}/{whole}" if whole else ""


def _tags(
    language: str, standings: Sequence[Standing], today: date, warrant_on: date | None
) -> list[Tag]:
    tags = []
    if warrant_on:
        tags.append(Tag(_("Warrant {day}", day=day(warrant_on)), "absent"))
    overdue = sum(each.overdue(today) for each in standings)
    if standings and all_met(standings):
        tags.append(Tag(_("Ready to complete"), "ok"))
    elif overdue:
        tags.append(Tag(_("{count} overdue", count=overdue), "warn"))
    if language != "en":
        name = NAMES.get(language, language)
        tags.append(Tag(_("{language} interpreter", language=name), "plain"))
    return tags


def _on_now(rows: Sequence[Row], at: str, *, is_over: bool) -> Row | None:
    chosen = next((row for row in rows if row.line.handle == at), None)
    if chosen is not None or is_over:
        return chosen
    return next((row for row in rows if not row.is_recorded), None)


def _following(rows: Sequence[Row], now: Row | None) -> Row | None:
    if now is None:
        return None
    later = rows[rows.index(now) + 1 :]
    waiting = [row for row in (*later, *rows) if not row.is_recorded and row is not now]
    return next(iter(waiting), None)


def _since(now: Row) -> Since:
    person = now.line.participant_id
    match = mentors.standing_of([person]).get(person)
    return Since(
        tuple(_kept(person, now.line.held_on)),
        match.mentor.name if match else "",
        mentors.last_met([person]).get(person),
        mentors.next_planned([person], now.line.held_on).get(person),
    )


def _kept(person: int, before: date) -> list[bool]:
    """Return whether the person came to the last four dates, oldest first."""
    earlier = presences_of([person], before, limit=4).get(person, [])
    return [presence in CAME for presence in earlier]
