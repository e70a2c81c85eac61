"""Ask for certificates, and by a code whether one is valid."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.conditions.queries import standings
from diversion.sbad.certificates.models import Certificate
from diversion.sbad.rosters.models import SEATED, Registration


def live(enrollment_ids: Collection[int]) -> dict[int, Certificate]:
    """Return the valid certificate of each enrollment that has one."""
    rows = db.session.scalars(
        select(Certificate).where(
            Certificate.enrollment_id.in_(enrollment_ids), Certificate.voided_at.is_(None),
            Certificate.track == Track.SBAD,
        )
    )  # fmt: skip
    return {row.enrollment_id: row for row in rows}


def of_enrollment(enrollment_id: int) -> Sequence[Certificate]:
    """Return every certificate of an enrollment, the latest first."""
    return db.session.scalars(
        select(Certificate)
        .where(Certificate.enrollment_id == enrollment_id)
        .order_by(Certificate.id.desc())
    ).all()


def is_valid(code: str) -> bool:
    """Say whether a certificate with this code was issued and stands."""
    found = db.session.scalar(
        select(Certificate.id).where(
            Certificate.code == code, Certificate.voided_at.is_(None),
            Certificate.track == Track.SBAD,
        )
    )  # fmt: skip
    return found is not None


def earned_on(enrollment_ids: Collection[int]) -> dict[int, date | None]:
    """Return since when each enrollment has taken the whole class, not merely been excused.

    None while something of it is owed.
    """
    found = {}
    for each, stand in standings(enrollment_ids).items():
        taken = [one for one in stand if one.kind is ConditionKind.CLASS]
        days = [fact.happened_on for one in taken for fact in one.evidence if fact.quantity > 0]
        whole = bool(taken) and all(one.done >= one.wanted for one in taken)
        found[each] = max(days) if whole and days else None
    return found


def enrolled_in(class_session_id: int) -> dict[int, int]:
    """Return the enrollment of everybody seated in a class day, by participant."""
    rows = db.session.execute(
        select(Registration.participant_id, Registration.enrollment_id).where(
            Registration.class_session_id == class_session_id, Registration.state.in_(SEATED)
        )
    )
    return {row.participant_id: row.enrollment_id for row in rows}
