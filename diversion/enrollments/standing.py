"""Say where a person stands in a program, in a word and a color."""

from dataclasses import dataclass

from diversion.core.words import Sentence, _
from diversion.enrollments.codes import EnrollmentState, ReferralState

S = EnrollmentState


@dataclass(frozen=True)
class Place:
    """Where somebody stands: a word and its tone (ok, warn, plain, absent or nothing)."""

    words: Sentence
    tone: str = ""


STATES: dict[EnrollmentState, Place] = {
    S.PENDING: Place(_("Intake"), "plain"),
    S.ACTIVE: Place(_("Active"), "ok"),
    S.SUSPENDED: Place(_("Paused"), "warn"),
    S.REQUIREMENTS_MET: Place(_("All done"), "ok"),
    S.MONITORING: Place(_("Waiting period")),
    S.COMPLETED: Place(_("Completed")),
    S.DISMISSED: Place(_("Case dismissed")),
    S.TERMINATION_PENDING: Place(_("Notice given"), "warn"),
    S.TERMINATED: Place(_("Returned to court"), "plain"),
    S.WITHDRAWN: Place(_("Left"), "plain"),
    S.TRANSFERRED: Place(_("Transferred"), "plain"),
    S.CLOSED_NEUTRAL: Place(_("Closed"), "plain"),
}
R = ReferralState
REFERRALS: dict[ReferralState, Place] = {
    R.RECEIVED: Place(_("Referred"), "plain"),
    R.SCREENING: Place(_("Referred"), "plain"),
    R.ELIGIBLE: Place(_("Eligible"), "plain"),
    R.INELIGIBLE: Place(_("Not eligible"), "plain"),
    R.PRIOR_DIVERSION_BAR: Place(_("Not eligible"), "plain"),
    R.OFFERED: Place(_("Offered"), "plain"),
    R.ACCEPTED: Place(_("Intake"), "plain"),
    R.DECLINED: Place(_("Declined"), "plain"),
    R.NO_RESPONSE: Place(_("No answer"), "plain"),
    R.WITHDRAWN_BY_DA: Place(_("Withdrawn"), "plain"),
}
# The same, where the referral itself is told and not where its person stands.
OUTCOMES = {**REFERRALS, R.ACCEPTED: Place(_("Accepted"), "plain")}
ON_FILE = Place(_("On file"), "plain")


def place(state: EnrollmentState | None, referral: ReferralState | None) -> Place:
    """Return where somebody stands: an enrollment says more than a referral."""
    if state is not None:
        return STATES[state]
    return REFERRALS[referral] if referral is not None else ON_FILE
