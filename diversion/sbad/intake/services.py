"""Let the class program begin for somebody: the fee is charged and the agreement stands."""

from datetime import date

from diversion.enrollments.codes import EnrollmentState
from diversion.enrollments.lifecycle import services as lifecycle
from diversion.enrollments.models import Enrollment
from diversion.fees.assessments.services import assess
from diversion.fees.queries import is_assessed
from diversion.staff.models import Staff


def enter(enrollment: Enrollment, *, by: Staff, on: date) -> None:
    """Charge the fee of the terms and begin; twice is once. Raises NothingSigned."""
    if enrollment.state is not EnrollmentState.PENDING:
        return
    if enrollment.program_version.fee and not is_assessed(enrollment.id):
        assess(enrollment, by=by, on=on)
    lifecycle.activate(enrollment, fee_assessed=True, by=by, on=on)
