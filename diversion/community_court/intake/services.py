"""Let Community Court begin for somebody: the agreement stands, and nothing is charged."""

from datetime import date

from diversion.enrollments.codes import EnrollmentState
from diversion.enrollments.lifecycle import services as lifecycle
from diversion.enrollments.models import Enrollment
from diversion.staff.models import Staff


def enter(enrollment: Enrollment, *, by: Staff, on: date) -> None:
    """Begin; twice is once. Raises NothingSigned."""
    if enrollment.state is EnrollmentState.PENDING:
        lifecycle.activate(enrollment, by=by, on=on)
