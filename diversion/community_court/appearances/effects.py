"""Let an outcome take effect on the rest of the program, and undo that when it is corrected."""

from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record as audit
from diversion.community_court.appearances import decisions, queries
from diversion.community_court.appearances.models import Outcome, Result, Setting
from diversion.community_court.appearances.rules import CAME, ENDS_PROGRAM
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.enrollments import queries as enrollments
from diversion.enrollments.codes import ConditionKind, EnrollmentState
from diversion.enrollments.conditions import services as conditions
from diversion.enrollments.lifecycle import services as lifecycle
from diversion.staff.models import Staff


class NotEnrolled(Refused):
    """Only a program that someone is in can be completed."""

    sentence = _("This person has no open enrollment.")
    field = "result"
    on_file = True


class NextDateUsed(Refused):
    """A correction does not take away a date on which something happened since."""

    sentence = _("Something was recorded on the next date since. Correct that first.")


class DecisionMade(Refused):
    """What the judge decided on is not corrected away; the decision is withdrawn first."""

    sentence = _(
        "The judge has decided on this already. Withdraw the decision first: Did not appear."
    )


def follow(setting: Setting, made: Outcome, *, by: Staff) -> None:
    """Count the appearance, and complete or dismiss where the court said so."""
    enrollment = enrollments.latest_of(setting.participant_id)
    if made.presence in CAME and enrollment is not None and enrollment.is_open:
        conditions.add_evidence(
            enrollment.id, ConditionKind.APPEARANCE, source=f"setting:{setting.handle}",
            happened_on=made.happened_on, by=by,
        )  # fmt: skip
    if made.result not in ENDS_PROGRAM:
        return
    if enrollment is None:
        raise NotEnrolled
    if enrollment.state is not EnrollmentState.COMPLETED:
        lifecycle.complete(enrollment, by=by, on=made.happened_on)
    if made.result is Result.DISMISSED:
        lifecycle.dismiss(enrollment, by=by, on=made.happened_on)


def undo(setting: Setting, before: Outcome, *, by: Staff, on: date, now: datetime) -> None:
    """Undo what an outcome set off. Raises NextDateUsed, DecisionMade."""
    if decisions.standing(before.id) is not None:
        raise DecisionMade
    if before.next_setting_id is not None:
        following = db.session.get_one(Setting, before.next_setting_id)
        if following.follows_id == setting.id:  # else the person had that date before
            _free(following, by=by, now=now)
    enrollment = enrollments.latest_of(setting.participant_id)
    if enrollment is None:
        return
    if before.result in ENDS_PROGRAM:
        lifecycle.reopen_completion(enrollment, by=by, on=on)
    conditions.take_back(
        enrollment.id, ConditionKind.APPEARANCE, source=f"setting:{setting.handle}",
        happened_on=on, by=by,
    )  # fmt: skip


def _free(following: Setting, *, by: Staff, now: datetime) -> None:
    if queries.standing_outcome(following.id) is not None:
        raise NextDateUsed
    if following.vacated_at is None:
        following.vacated_at, following.vacated_by = now, by.id
        following.vacated_why = "corrected"
        db.session.flush()
        audit(
            Act.SETTING_VACATED, f"setting:{following.handle}", by=by,
            track=Track.COMMUNITY_COURT, why="corrected",
        )  # fmt: skip
