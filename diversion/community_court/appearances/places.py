"""Ask whether a docket day has room, and whether people are somewhere else then."""

from sqlalchemy import Select, func, select

from diversion.community_court.appearances.models import Setting
from diversion.community_court.dockets import queries as dockets
from diversion.community_court.dockets.models import Docket
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.words import _


class DayFull(Refused):
    """A docket day has only so many places."""

    sentence = _("This day is full.")
    field = "next_on"


class DocketEnded(Refused):
    """Nobody is added to a docket that was closed."""

    sentence = _("This docket has ended.")
    field = "next_on"


class AlreadyThere(Refused):
    """A person is on a docket once."""

    sentence = _("Someone of these is on this docket already.")


class TwoPlacesAtOnce(Refused):
    """Nobody is on two dockets at overlapping times."""

    sentence = _("Someone of these has to be in court elsewhere at that time.")


def check(docket: Docket, participant_ids: list[int]) -> None:
    """Refuse what does not fit. Raises DocketEnded, AlreadyThere, DayFull, TwoPlacesAtOnce."""
    docket = dockets.locked(docket.id)
    if docket.ended_at is not None:
        raise DocketEnded
    taken = on_docket(docket.id)
    if taken & set(participant_ids):
        raise AlreadyThere
    if len(taken) + len(participant_ids) > docket.capacity:
        raise DayFull
    for other in dockets.on_day(docket.held_on):
        elsewhere = other.id != docket.id and other.overlaps(docket)
        if elsewhere and on_docket(other.id) & set(participant_ids):
            raise TwoPlacesAtOnce


def on_docket(docket_id: int) -> set[int]:
    """Return who is on a docket."""
    return set(
        db.session.scalars(
            select(Setting.participant_id).where(
                Setting.docket_id == docket_id, Setting.vacated_at.is_(None)
            )
        )
    )


def counts(docket_ids: list[int], among: Select[int] | None = None) -> dict[int, int]:
    """Return how many people are on each of these dockets; `among`: of those in reach only."""
    query = select(Setting.docket_id, func.count().label("people")).where(
        Setting.docket_id.in_(docket_ids), Setting.vacated_at.is_(None)
    )
    if among is not None:
        query = query.where(Setting.participant_id.in_(among))
    rows = db.session.execute(query.group_by(Setting.docket_id))
    return {row.docket_id: row.people for row in rows}
