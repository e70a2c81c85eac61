"""Find who is in the program and was never charged its fee."""

from typing import Any

from sqlalchemy import Select, false, literal, null, select

from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.enrollments import queries as enrollments
from diversion.enrollments.codes import EnrollmentState
from diversion.enrollments.models import OPEN, Enrollment
from diversion.enrollments.terms.models import ProgramVersion
from diversion.fees.models import Obligation, ObligationUndone
from diversion.fees.queries import is_assessed
from diversion.participants.models import Participant

# Whoever is pending is charged on entering.
BEGUN = OPEN - {EnrollmentState.PENDING}


class NobodyToCharge(Refused):
    """A fee is charged to whoever is in the program, once."""

    sentence = _("This person is in no program, or the fee was charged before.")


def to_charge(participant_id: int) -> Enrollment | None:
    """Return the enrollment of a person that is not over and has no charge."""
    found = enrollments.open_of(participant_id)
    return found if found is not None and not is_assessed(found.id) else None


def uncharged(within: Select[int]) -> Select[*tuple[Any, ...]]:
    """Return who began without a charge though the terms have a fee, as rows of accounts."""
    standing = select(Obligation.enrollment_id).where(
        Obligation.id.not_in(select(ObligationUndone.obligation_id))
    )
    return (
        select(
            Participant.id, Participant.number, literal(0).label("cents"),
            null().label("due_on"), false().label("charged"), Enrollment.entered_on,
            ProgramVersion.fee,
        )
        .join(Enrollment, Enrollment.participant_id == Participant.id)
        .join(ProgramVersion, ProgramVersion.id == Enrollment.program_version_id)
        .where(
            Participant.id.in_(within), Enrollment.state.in_(BEGUN),
            Enrollment.id.not_in(standing), ProgramVersion.fee > db.literal(0),
        )
        .order_by(Enrollment.entered_on, Participant.number)
    )  # fmt: skip
