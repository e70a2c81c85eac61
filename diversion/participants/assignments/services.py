"""Give a person's record to somebody, take it back, and keep it from somebody."""

from datetime import date

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.participants.assignments.models import Assignment, Block, BlockReason, Reason
from diversion.participants.models import Participant
from diversion.staff.models import Staff


class NotOfThisSide(Refused):
    """Nobody is given a record on a side of the wall where their roles don't reach."""

    sentence = _("The roles of this person do not reach this program.")
    field = "staff"


class Kept(Refused):
    """Whoever is blocked from a record is not assigned to it."""

    sentence = _("This record is kept from this person. Lift that first.")
    field = "staff"


class EndsBeforeItStarts(Refused):
    """An assignment ends on the day it starts at the earliest."""

    sentence = _("The last day is before the first.")
    field = "ends_on"


class AlreadyEnded(Refused):
    """What has ended is not ended again."""

    sentence = _("This has already ended.")


def assign(
    staff: Staff,
    participant: Participant,
    *,
    reason: Reason,
    starts_on: date,
    ends_on: date | None = None,
    by: Staff,
) -> Assignment:
    """Let `staff` reach a person from a court day on, through the last day if there is one.

    Who was given the person for the same reason without a last day is not given them twice.
    Raises NotOfThisSide, EndsBeforeItStarts, Kept.
    """
    if participant.track not in staff.sides():
        raise NotOfThisSide
    if ends_on and ends_on < starts_on:
        raise EndsBeforeItStarts
    if _live_block(staff, participant):
        raise Kept
    if there := _standing(staff, participant, reason, starts_on):
        return there
    made = Assignment(
        participant_id=participant.id, track=participant.track, staff_id=staff.id, reason=reason,
        starts_on=starts_on, ends_on=ends_on, made_by=by.id, made_at=clock.now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    _note(Act.ASSIGNMENT_MADE, staff, participant, by, reason=reason)
    return made


def end(assignment: Assignment, *, by: Staff) -> None:
    """Take a record back: whoever had it does not reach it on their next request.

    Raises AlreadyEnded.
    """
    if assignment.ended_at is not None:
        raise AlreadyEnded
    assignment.ended_at = clock.now()
    assignment.ended_by = by.id
    db.session.flush()
    staff, participant = _people(assignment)
    _note(Act.ASSIGNMENT_ENDED, staff, participant, by)


def block(staff: Staff, participant: Participant, *, reason: BlockReason, by: Staff) -> Block:
    """Keep a person's record from `staff`, whatever the role; twice is once."""
    if there := _live_block(staff, participant):
        return there
    placed = Block(
        participant_id=participant.id, track=participant.track, staff_id=staff.id, reason=reason,
        placed_by=by.id, placed_at=clock.now(),
    )  # fmt: skip
    db.session.add(placed)
    db.session.flush()
    _note(Act.BLOCK_PLACED, staff, participant, by, reason=reason)
    return placed


def lift(placed: Block, *, by: Staff) -> None:
    """End a block. Raises AlreadyEnded."""
    if placed.lifted_at is not None:
        raise AlreadyEnded
    placed.lifted_at = clock.now()
    placed.lifted_by = by.id
    db.session.flush()
    staff, participant = _people(placed)
    _note(Act.BLOCK_LIFTED, staff, participant, by)


def _standing(
    staff: Staff, participant: Participant, reason: Reason, on: date
) -> Assignment | None:
    return db.session.scalar(
        select(Assignment).where(
            Assignment.staff_id == staff.id,
            Assignment.participant_id == participant.id,
            Assignment.track == participant.track,
            Assignment.reason == reason,
            Assignment.starts_on <= on,
            Assignment.ends_on.is_(None),
            Assignment.ended_at.is_(None),
        )
    )


def _live_block(staff: Staff, participant: Participant) -> Block | None:
    return db.session.scalar(
        select(Block).where(
            Block.staff_id == staff.id,
            Block.participant_id == participant.id,
            Block.track == participant.track,
            Block.lifted_at.is_(None),
        )
    )


def _people(row: Assignment | Block) -> tuple[Staff, Participant]:
    query = select(Participant).where(
        Participant.id == row.participant_id, Participant.track == row.track
    )
    return db.session.get_one(Staff, row.staff_id), db.session.scalars(query).one()


def _note(act: Act, staff: Staff, participant: Participant, by: Staff, **facts: str) -> None:
    subjects = (f"participant:{participant.number}", f"staff:{staff.handle}")
    record(act, *subjects, by=by, track=participant.track, **facts)
