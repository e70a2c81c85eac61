"""Ask who is on a docket and which outcome of theirs holds."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from diversion.community_court.appearances.decisions import is_decided
from diversion.community_court.appearances.models import (
    Outcome,
    Presence,
    Reason,
    Response,
    Result,
    Setting,
    SettingKind,
)
from diversion.community_court.dockets.models import Docket
from diversion.core.database import db, tuples
from diversion.core.finding import the_one
from diversion.participants.models import Participant

_later = aliased(Outcome)
_followed = aliased(Setting)
_followed_docket = aliased(Docket)


def holds() -> ColumnElement[bool]:
    """Return the condition that an outcome was not replaced and not taken back."""
    replaced = exists().where(_later.replaces_id == Outcome.id).correlate(Outcome)
    return ~replaced & (Outcome.result != Result.TAKEN_BACK)


class Line(NamedTuple):
    """A setting as lists show it, with the outcome that holds, if there is one."""

    id: int
    handle: str
    participant_id: int
    kind: SettingKind
    starts: time
    attorney: str
    here_at: datetime | None
    outcome: str | None
    result: Result | None
    presence: Presence | None
    reason: Reason | None
    response: Response | None
    recorded_at: datetime | None
    recorded_by: int | None
    next_on: date | None
    held_on: date
    docket: str
    number: str
    language: str


def _standing_lines() -> Select[*tuple[Any, ...]]:
    person = and_(Participant.id == Setting.participant_id, Participant.track == Setting.track)
    return (
        select(
            Setting.id, Setting.handle, Setting.participant_id, Setting.kind, Setting.starts,
            Setting.attorney, Setting.here_at, Outcome.handle, Outcome.result, Outcome.presence,
            Outcome.reason, Outcome.response, Outcome.recorded_at, Outcome.recorded_by,
            _followed_docket.held_on, Docket.held_on, Docket.handle, Participant.number,
            Participant.language,
        )
        .join(Participant, person)
        .join(Docket, Docket.id == Setting.docket_id)
        .outerjoin(Outcome, (Outcome.setting_id == Setting.id) & holds())
        .outerjoin(
            _followed, (_followed.id == Outcome.next_setting_id) & _followed.vacated_at.is_(None)
        )
        .outerjoin(_followed_docket, _followed_docket.id == _followed.docket_id)
        .where(Setting.vacated_at.is_(None))
    )  # fmt: skip


_LINES = _standing_lines()
_OF_DOCKET = _LINES.where(Setting.docket_id == bindparam("docket_id")).order_by(
    Setting.starts, Setting.id
)

_OF_PERSON = _LINES.where(Setting.participant_id == bindparam("participant_id")).order_by(
    Docket.held_on.desc(), Setting.id.desc()
)


def _lines(scope: Select[int]) -> Select[*tuple[Any, ...]]:
    return _LINES.where(Setting.participant_id.in_(scope))


def _read(statement: Select[*tuple[Any, ...]]) -> list[Line]:
    return [Line._make(row) for row in db.session.execute(statement)]


def lines(docket_id: int, scope: Select[int]) -> list[Line]:
    """Return the people of a docket in call order."""
    found = db.session.execute(
        _OF_DOCKET.where(Setting.participant_id.in_(scope)), {"docket_id": docket_id}
    )
    return [Line._make(row) for row in found]


def everybody_on(docket_id: int) -> list[Line]:
    """Return the same whoever asks, for those who open names next: names know the reach."""
    found = tuples(_OF_DOCKET, {"docket_id": docket_id})
    return [Line._make(row) for row in found]


def lines_of(participant_id: int) -> list[Line]:
    """Return the settings of a person whose file is open, the latest first."""
    found = tuples(_OF_PERSON, {"participant_id": participant_id})
    return [Line._make(row) for row in found]


def without_outcome(before: date, scope: Select[int]) -> list[Line]:
    """Return the lines of docket days before a day that have no result."""
    return _read(
        _lines(scope)
        .where(Docket.held_on < before, Outcome.id.is_(None))
        .order_by(Docket.held_on, Setting.starts, Setting.id)
    )


def missed(scope: Select[int]) -> list[Line]:
    """Return who did not appear and waits for the judge's decision."""
    return _read(
        _lines(scope)
        .where(Outcome.result == Result.NOT_HERE, ~is_decided())
        .order_by(Docket.held_on, Setting.starts, Setting.id)
    )


def next_dates(participant_ids: Iterable[int], after: date) -> dict[int, tuple[date, time]]:
    """Return the next setting of each of these people on or after a day."""
    rows = db.session.execute(
        select(Setting.participant_id, Docket.held_on, Setting.starts)
        .join(Docket, Docket.id == Setting.docket_id)
        .where(
            Setting.participant_id.in_(list(participant_ids)),
            Setting.vacated_at.is_(None),
            Docket.held_on >= after,
        )
        .order_by(Docket.held_on.desc(), Setting.starts.desc())
    )
    return {row.participant_id: (row.held_on, row.starts) for row in rows}


def open_lines(docket_id: int) -> int:
    """Return how many lines of a docket have no result."""
    statement = (
        select(func.count())
        .select_from(Setting)
        .outerjoin(Outcome, (Outcome.setting_id == Setting.id) & holds())
        .where(Setting.docket_id == docket_id, Setting.vacated_at.is_(None), Outcome.id.is_(None))
    )
    return db.session.execute(statement).scalar_one()


def open_counts(docket_ids: list[int], scope: Select[int]) -> dict[int, int]:
    """Return how many lines within reach of each of these dockets have no result."""
    rows = db.session.execute(
        select(Setting.docket_id, func.count().label("people"))
        .outerjoin(Outcome, (Outcome.setting_id == Setting.id) & holds())
        .where(
            Setting.docket_id.in_(docket_ids),
            Setting.vacated_at.is_(None),
            Outcome.id.is_(None),
            Setting.participant_id.in_(scope),
        )
        .group_by(Setting.docket_id)
    )
    return {row.docket_id: row.people for row in rows}


def setting_for(handle: str, scope: Select[int]) -> Setting:
    return the_one(
        select(Setting).where(Setting.handle == handle, Setting.participant_id.in_(scope))
    )


def outcome_for(handle: str, scope: Select[int]) -> Outcome:
    return the_one(
        select(Outcome).where(Outcome.handle == handle, Outcome.participant_id.in_(scope))
    )


def standing_on(docket_id: int, participant_id: int) -> Setting | None:
    """Return the place that a person has on a docket."""
    return db.session.scalars(
        select(Setting).where(
            Setting.docket_id == docket_id,
            Setting.participant_id == participant_id,
            Setting.vacated_at.is_(None),
        )
    ).one_or_none()


def lock(setting: Setting) -> None:
    """Let two who record the same row come one after the other."""
    db.session.refresh(setting, with_for_update={"of": Setting})


def standing_outcome(setting_id: int) -> Outcome | None:
    """Return the outcome that holds."""
    return db.session.scalars(
        select(Outcome).where(Outcome.setting_id == setting_id, holds())
    ).one_or_none()


def last_outcome(setting_id: int) -> Outcome | None:
    """Return the latest row, whether it holds or takes back."""
    return db.session.scalars(
        select(Outcome).where(Outcome.setting_id == setting_id).order_by(Outcome.id.desc()).limit(1)
    ).one_or_none()


def is_standing(outcome: Outcome) -> bool:
    standing = standing_outcome(outcome.setting_id)
    return standing is not None and standing.id == outcome.id
