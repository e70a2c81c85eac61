"""End a diversion only step by step: notice with grounds, dispute, finding."""

from datetime import date

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock
from diversion.core.database import db
from diversion.core.errors import Invalid, Refused
from diversion.core.words import _
from diversion.enrollments.codes import ConditionKind, EnrollmentState, ExitCode, Finding
from diversion.enrollments.conditions.queries import explain
from diversion.enrollments.conditions.services import follow
from diversion.enrollments.lifecycle import queries, rules
from diversion.enrollments.lifecycle.models import TerminationNotice
from diversion.enrollments.lifecycle.pauses import end_pause
from diversion.enrollments.lifecycle.services import leave
from diversion.enrollments.models import Enrollment
from diversion.enrollments.services import step
from diversion.staff.models import Staff


class NoNotice(Refused):
    """There is a notice before there is a dispute or a finding."""

    sentence = _("No notice stands.")


class NotHeard(Refused):
    """What is disputed is heard before it is found."""

    sentence = _("The person disputes this. The hearing comes first.")
    field = "on"


class BeforeNotice(Invalid):
    """Nothing about a notice happens before it."""

    sentence = _("This day lies before the notice.")
    field = "on"


class BeforeTheProgram(Invalid):
    """A notice is about something that happened in the program."""

    sentence = _("This day lies before the program began, or before it was paused.")
    field = "on"


def give_notice(
    enrollment: Enrollment, *, grounds: ConditionKind, by: Staff, on: date
) -> TerminationNotice:
    """Begin to end a diversion: a deputy DA's notice with grounds, never for money alone.

    Raises NotADeputy, NotForMoney, NoGrounds, BeforeTheProgram, WrongState.
    """
    rules.check_deputy(by)
    rules.check_grounds(grounds, explain(enrollment))
    pause = queries.open_pause(enrollment.id)
    if any(day and on < day for day in (enrollment.active_on, pause and pause.began_on)):
        raise BeforeTheProgram
    step(enrollment, EnrollmentState.TERMINATION_PENDING, reason=grounds.value, by=by, on=on)
    if pause is not None:
        end_pause(enrollment, pause, by=by, on=on)
    made = TerminationNotice(
        **enrollment.whose, grounds=grounds, given_on=on, recorded_at=clock.now(),
        given_by=by.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def dispute(enrollment: Enrollment, *, hearing_on: date | None, by: Staff, on: date) -> None:
    """Write down that the person disputes the grounds, and the day of the hearing once it is set.

    Raises NoNotice, BeforeNotice.
    """
    notice = _open(enrollment)
    if on < notice.given_on or (hearing_on is not None and hearing_on < on):
        raise BeforeNotice
    notice.disputed_on = notice.disputed_on or on
    notice.hearing_on = hearing_on or notice.hearing_on
    db.session.flush()
    about = f"enrollment:{enrollment.handle}"
    record(Act.NOTICE_DISPUTED, about, by=by, track=enrollment.track)


def find(enrollment: Enrollment, finding: Finding, *, by: Staff, on: date) -> None:
    """Write down what was found: the diversion ends, or the person goes on.

    Raises NotADeputy, NoNotice, BeforeNotice, NotHeard.
    """
    rules.check_deputy(by)
    notice = _open(enrollment)
    if on < notice.given_on:
        raise BeforeNotice
    if notice.disputed_on and (notice.hearing_on is None or on < notice.hearing_on):
        raise NotHeard
    notice.finding, notice.found_on, notice.found_by = finding, on, by.id
    if finding is Finding.ENDED:
        leave(enrollment, ExitCode.ADVERSE_TERMINATION, reason="finding", by=by, on=on)
        return
    step(enrollment, EnrollmentState.ACTIVE, reason="finding", by=by, on=on)
    follow(enrollment, by=by, on=on)


def _open(enrollment: Enrollment) -> TerminationNotice:
    found = queries.open_notice(enrollment.id)
    if found is None:
        raise NoNotice
    return found
