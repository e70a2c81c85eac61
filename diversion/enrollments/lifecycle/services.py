"""Lead a person through a program: accept, activate, complete, close."""

from datetime import date, timedelta

from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.enrollments import queries
from diversion.enrollments.agreements.queries import standing
from diversion.enrollments.codes import EnrollmentState, ExitCode, ReferralState
from diversion.enrollments.conditions import services as conditions
from diversion.enrollments.conditions.queries import explain
from diversion.enrollments.lifecycle import rules
from diversion.enrollments.models import ENDED_WELL, Enrollment
from diversion.enrollments.referrals.models import Referral
from diversion.enrollments.referrals.steps import step as take_step
from diversion.enrollments.services import hold, hold_person, keep_step, step
from diversion.enrollments.terms.models import ProgramVersion
from diversion.enrollments.terms.services import version_for_an_earlier_day, version_in_force
from diversion.participants.models import Participant
from diversion.staff.models import Staff


class AlreadyEnrolled(Refused):
    """One enrollment at a time."""

    sentence = _("This person is enrolled already.")


class NothingSigned(Refused):
    """No activation without signed, frozen terms and a talk with counsel."""

    sentence = _("The agreement has to be signed, after a talk with counsel, before this begins.")


class FeeNotAssessed(Refused):
    """Where the terms have a fee, it is assessed, reduced or waived before the program begins."""

    sentence = _("The fee has to be assessed, reduced or waived before this begins.")


class HasItsOwnSteps(Refused):
    """Who completes or is terminated goes through the steps for it."""

    sentence = _("A completion or an ending has its own steps.")
    field = "exit_code"


def accept(referral: Referral, *, by: Staff, on: date) -> Enrollment:
    """Enroll whoever was found eligible and wants to; conditions come from the terms of `on`.

    Raises WrongReferralState for a referral that is not eligible, AlreadyEnrolled.
    """
    take_step(referral, ReferralState.ACCEPTED, by=by, on=on)
    version = version_in_force(referral.track, on)
    made = _enroll(referral.participant_id, version, entered_on=on, referral=referral)
    keep_step(made, None, by=by, on=on)
    conditions.lay_down(made, version.requirements, on=on)
    return made


def take_over(
    participant: Participant,
    *,
    entered_on: date,
    exit_code: ExitCode | None = None,
    closed_on: date | None = None,
    referral: Referral | None = None,
    by: Staff,
    on: date,
) -> Enrollment:
    """Enroll someone out of a record kept before this program, open or already over.

    There is no agreement on file, and a referral only where the record names one; the
    steps say `taken_over`.
    """
    version = version_for_an_earlier_day(participant.track, entered_on)
    made = _enroll(participant.id, version, entered_on=entered_on, referral=referral)
    made.active_on, made.state = entered_on, EnrollmentState.ACTIVE
    made.monitored_until_on = _monitored_until(version, entered_on)
    keep_step(made, None, reason="taken_over", by=by, on=entered_on)
    conditions.lay_down(made, version.requirements, on=entered_on)
    if exit_code is not None:
        leave(made, exit_code, reason="taken_over", by=by, on=closed_on or on, freely=True)
    return made


def activate(
    enrollment: Enrollment, *, fee_assessed: bool = False, by: Staff, on: date
) -> Enrollment:
    """Begin. The caller, who can see the money, says whether the fee is assessed or waived.

    Raises NothingSigned, FeeNotAssessed, WrongState.
    """
    agreement = standing(enrollment.id)
    if agreement is None or not agreement.counsel_consulted:
        raise NothingSigned
    if enrollment.program_version.fee and not fee_assessed:
        raise FeeNotAssessed
    enrollment.active_on = on
    enrollment.monitored_until_on = _monitored_until(enrollment.program_version, on)
    step(enrollment, EnrollmentState.ACTIVE, reason="agreement_signed", by=by, on=on)
    conditions.follow(enrollment, by=by, on=on)  # all of it may have been done by then
    return enrollment


def begin_monitoring(enrollment: Enrollment, *, by: Staff, on: date) -> None:
    """Wait out the period without arrest. Raises WrongState."""
    step(enrollment, EnrollmentState.MONITORING, reason="monitoring_began", by=by, on=on)


def complete(
    enrollment: Enrollment, *, signed_off_by: Staff | None = None, by: Staff, on: date
) -> None:
    """Call the program complete: in open court, or signed off by a deputy DA.

    `signed_off_by` is left out where the court itself found it on the record.
    Raises NotReady, StillMonitored, NotADeputy.
    """
    standings = explain(enrollment)
    rules.check_complete(enrollment.state, enrollment.monitored_until_on, on, standings)
    if signed_off_by is not None:
        rules.check_deputy(signed_off_by)
    reason = "found_in_court" if signed_off_by is None else "signed_off"
    leave(enrollment, ExitCode.COMPLETED, reason=reason, by=by, on=on)


def reopen_completion(enrollment: Enrollment, *, by: Staff, on: date) -> None:
    """Undo a completion that was written down by mistake; both steps stay on record.

    Raises NotReady, AlreadyEnrolled.
    """
    if enrollment.state not in ENDED_WELL:
        raise rules.NotReady
    _check_free(enrollment.participant_id, enrollment.track)
    before, enrollment.state = enrollment.state, EnrollmentState.REQUIREMENTS_MET
    enrollment.closed_on = enrollment.exit_code = None
    keep_step(enrollment, before, reason="corrected", by=by, on=on)


def dismiss(enrollment: Enrollment, *, by: Staff, on: date) -> None:
    """Write down that the court dismissed the case after completion. Raises WrongState."""
    step(enrollment, EnrollmentState.DISMISSED, reason="case_dismissed", by=by, on=on)


def close(enrollment: Enrollment, *, exit_code: ExitCode, by: Staff, on: date) -> None:
    """Close for a reason that is nobody's failure: moved, opted out, deceased, an error.

    Raises HasItsOwnSteps, WrongState.
    """
    if rules.ENDS_IN[exit_code] in {EnrollmentState.COMPLETED, EnrollmentState.TERMINATED}:
        raise HasItsOwnSteps
    leave(enrollment, exit_code, reason=exit_code.value, by=by, on=on)


def take_back(enrollment: Enrollment, *, by: Staff, on: date) -> None:
    """Take an enrollment back whose import was undone: it was a program error."""
    leave(enrollment, ExitCode.PROGRAM_ERROR, reason="import_undone", by=by, on=on, freely=True)


def _enroll(
    participant_id: int,
    version: ProgramVersion,
    *,
    entered_on: date,
    referral: Referral | None = None,
) -> Enrollment:
    _check_free(participant_id, version.track)
    made = Enrollment(
        participant_id=participant_id, track=version.track, program_version_id=version.id,
        referral_id=referral.id if referral else None, legal_basis=version.legal_basis,
        state=EnrollmentState.PENDING, entered_on=entered_on,
    )  # fmt: skip
    made.program_version = version
    db.session.add(made)
    db.session.flush()
    return made


def _check_free(participant_id: int, track: Track) -> None:
    """Raises AlreadyEnrolled, also where two are enrolled at the same moment."""
    hold_person(participant_id, track)
    if queries.open_of(participant_id) is not None:
        raise AlreadyEnrolled


def leave(
    enrollment: Enrollment, code: ExitCode, *, reason: str, by: Staff, on: date,
    freely: bool = False,
) -> None:  # fmt: skip
    """Let an enrollment end with an exit code; `freely` from whatever state it is in."""
    to = rules.ENDS_IN[code]
    if freely:
        before, enrollment.state = enrollment.state, to
    else:
        hold(enrollment)
        before = enrollment.move(to)
    enrollment.exit_code, enrollment.closed_on = code, on
    keep_step(enrollment, before, reason=reason, by=by, on=on)


def _monitored_until(version: ProgramVersion, on: date) -> date | None:
    return on + timedelta(days=version.monitoring_days) if version.monitoring_days else None
