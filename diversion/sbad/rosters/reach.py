"""Say whom an instructor may reach: the people of the classes that they teach."""

from datetime import timedelta

from sqlalchemy import Select, select

from diversion.core.tracks import Track
from diversion.sbad.classes.models import ClassInstructor, ClassSession, ClassState
from diversion.sbad.classes.rules import TO_TEACH
from diversion.sbad.rosters.models import SEATED, Registration, RegistrationState
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from diversion.web.calendar import court_today

AFTERWARDS = timedelta(days=14)  # to look at a finished roll once more, and to print it


def people_taught(staff: Staff, track: Track) -> Select[int] | None:
    """Return the ids of the people in the classes that an instructor teaches.

    Until the roll is finished, and two weeks after the day of the class.
    """
    if track is not Track.SBAD or Role.INSTRUCTOR not in staff.roles:
        return None
    present = ClassSession.held_on >= court_today() - AFTERWARDS
    unfinished = ClassSession.state.in_(TO_TEACH)
    return (
        select(Registration.participant_id)
        .join(ClassSession, ClassSession.id == Registration.class_session_id)
        .join(ClassInstructor, ClassInstructor.class_session_id == ClassSession.id)
        .where(
            ClassInstructor.staff_id == staff.id,
            Registration.state.in_([*SEATED, RegistrationState.WAITLISTED]),
            present | unfinished,
            ClassSession.state != ClassState.CANCELLED,
        )
    )
