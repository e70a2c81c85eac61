"""Take one step of an enrollment and keep it as a row of its own."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock
from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.enrollments.codes import EnrollmentState
from diversion.enrollments.models import Enrollment, EnrollmentStep
from diversion.participants.models import Participant
from diversion.staff.models import Staff


def hold(enrollment: Enrollment) -> None:
    """Read an enrollment as it is now, and let nobody else move it until this is over."""
    db.session.flush()
    db.session.refresh(enrollment, with_for_update={"of": Enrollment})


def hold_all(enrollment_ids: Iterable[int]) -> None:
    """Let whoever decides about these people come one after the other.

    A statement of its own: what is asked afterwards sees what the one before has done.
    """
    wanted = select(Enrollment.id).where(Enrollment.id.in_(list(enrollment_ids)))
    db.session.execute(wanted.order_by(Enrollment.id).with_for_update()).all()


def hold_person(participant_id: int, track: Track) -> None:
    """Let whoever enrolls this person wait until this is over, and then see what was done."""
    db.session.execute(
        select(Participant.id)
        .where(Participant.id == participant_id, Participant.track == track)
        .with_for_update(key_share=True)
    )


def step(
    enrollment: Enrollment, to: EnrollmentState, *, reason: str = "", by: Staff, on: date
) -> None:
    """Move an enrollment along. Raises WrongState where no way leads there."""
    hold(enrollment)
    keep_step(enrollment, enrollment.move(to), reason=reason, by=by, on=on)


def keep_step(
    enrollment: Enrollment,
    before: EnrollmentState | None,
    *,
    reason: str = "",
    by: Staff,
    on: date,
) -> None:
    """Write down that the enrollment stands where it stands now."""
    db.session.add(
        EnrollmentStep(
            **enrollment.whose, before=before, after=enrollment.state, reason=reason,
            happened_on=on, recorded_at=clock.now(), recorded_by=by.id,
        )
    )  # fmt: skip
    db.session.flush()
    about = f"enrollment:{enrollment.handle}"
    record(
        Act.ENROLLMENT_MOVED,
        about,
        by=by,
        track=enrollment.track,
        state=enrollment.state.value,
        reason=reason,
    )
