"""Compare the court's list with a docket day, and bring the day in line with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from diversion.audit.models import Act
from diversion.community_court.appearances import queries
from diversion.community_court.appearances.queries import Line
from diversion.community_court.appearances.services import amend, put_on
from diversion.community_court.dockets.models import Docket
from diversion.community_court.lists.rules import Hearing, hearings
from diversion.core.tracks import Track
from diversion.core.words import Sentence, _
from diversion.core.workbooks import reading as workbooks
from diversion.participants.access import open_names, visible_to
from diversion.participants.identity import Identity
from diversion.participants.likeness import known
from diversion.participants.queries import numbers_of
from diversion.participants.spellings import plain_number, words
from diversion.staff.models import Staff

TRACK = Track.COMMUNITY_COURT


class Fate(StrEnum):
    """What happens with a row of the court's list."""

    ADD = "add"
    UPDATE = "update"
    SAME = "same"
    UNMATCHED = "unmatched"
    REFUSED = "refused"


@dataclass(frozen=True)
class Compared:
    """A row of the court's list beside the person it is about."""

    hearing: Hearing
    fate: Fate
    person_id: int = 0
    number: str = ""
    name: str = ""
    setting: str = ""
    reason: Sentence | None = None


@dataclass(frozen=True)
class Comparison:
    """The court's list beside the docket day; `left_out` are people whom the court lacks."""

    rows: tuple[Compared, ...]
    left_out: tuple[tuple[str, str], ...]

    def counted(self, fate: Fate) -> int:
        return sum(row.fate is fate for row in self.rows)


def read_list(content: bytes, *, today: date) -> list[Hearing]:
    """Return the hearings of a file. Slow, so outside any transaction.

    Raises Unreadable, NoList.
    """
    return hearings(workbooks.read(content), today=today)


def compare(docket: Docket, listed: Sequence[Hearing], *, by: Staff) -> Comparison:
    """Return what the court's list would change; nothing is written but the log of the look.

    Matches by case number inside this track. Inside `with reading():`.
    """
    cases = known(TRACK).cases
    ids = {
        h.row: min(cases[plain_number(h.case)]) for h in listed if cases.get(plain_number(h.case))
    }
    lines = queries.lines(docket.id, visible_to(by, TRACK))
    wanted = {*ids.values(), *(line.participant_id for line in lines)}
    names = open_names(wanted, TRACK, by=by, why=Act.NAMES_SHOWN, about=f"docket:{docket.handle}")
    numbers = numbers_of(TRACK, wanted)
    there = {line.participant_id: line for line in lines}
    rows = tuple(_row(docket, each, ids.get(each.row, 0), names, numbers, there) for each in listed)
    missing = [line.participant_id for line in lines if line.participant_id not in ids.values()]
    return Comparison(rows, tuple((numbers[i], names[i].shown) for i in missing if i in names))


def take_over(docket: Docket, listed: Sequence[Hearing], *, by: Staff, now: datetime) -> Comparison:
    """Add and update what the court's list says; nobody is taken off by a list."""
    found = compare(docket, listed, by=by)
    for row in found.rows:
        hearing = row.hearing
        starts = hearing.starts or docket.starts
        if row.fate is Fate.ADD:
            put_on(
                docket, [row.person_id], kind=hearing.kind, starts=starts,
                attorney=hearing.attorney, by=by, now=now,
            )  # fmt: skip
        elif row.fate is Fate.UPDATE:
            setting = queries.setting_for(row.setting, visible_to(by, TRACK))
            amend(setting, kind=hearing.kind, starts=starts, attorney=hearing.attorney, by=by)
    return found


def _row(
    docket: Docket,
    hearing: Hearing,
    person: int,
    names: dict[int, Identity],
    numbers: dict[int, str],
    there: dict[int, Line],
) -> Compared:
    if hearing.reason is not None:
        return Compared(hearing, Fate.REFUSED, reason=hearing.reason)
    if hearing.held_on is not None and hearing.held_on != docket.held_on:
        return Compared(hearing, Fate.REFUSED, reason=_("This row is for another day."))
    if person not in names:
        reason = _("No one in this program has this case number.")
        return Compared(hearing, Fate.UNMATCHED, reason=reason)
    if not _same_name(hearing.party, names[person]):
        reason = _("On record under another name. Look at the case number.")
        return Compared(hearing, Fate.REFUSED, reason=reason)
    line = there.get(person)
    fate = Fate.ADD if line is None else _fate(line, hearing, docket)
    setting = line.handle if line else ""
    return Compared(hearing, fate, person, numbers[person], names[person].shown, setting)


def _fate(line: Line, hearing: Hearing, docket: Docket) -> Fate:
    starts = hearing.starts or docket.starts
    same = (line.kind, line.starts, line.attorney) == (hearing.kind, starts, hearing.attorney)
    return Fate.SAME if same or line.outcome else Fate.UPDATE


def _same_name(party: str, identity: Identity) -> bool:
    """Say whether the court's `LAST, FIRST` shares a last name with the record."""
    last = party.partition(",")[0] if "," in party else party
    return bool(set(words(last)) & set(words(identity.last)))
