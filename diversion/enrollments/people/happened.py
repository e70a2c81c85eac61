"""Tell what happened on this floor: referred, checked, decided, signed, and every step since."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from diversion.core.database import tuples
from diversion.core.words import Sentence, _
from diversion.enrollments.agreements.models import Agreement
from diversion.enrollments.codes import EnrollmentState
from diversion.enrollments.intake.words import RESULTS, SOURCES
from diversion.enrollments.models import EnrollmentStep
from diversion.enrollments.people.timeline import Entry, Kind
from diversion.enrollments.referrals.models import EligibilityReview, PriorCheck, Referral
from diversion.partners.agencies.models import Organization

S = EnrollmentState
STEPS: dict[EnrollmentState, tuple[Sentence, str, str]] = {
    S.PENDING: (_("Accepted the offer"), "check", ""),
    S.ACTIVE: (_("In the program"), "circle-check", "ok"),
    S.SUSPENDED: (_("Paused"), "minus", "warn"),
    S.REQUIREMENTS_MET: (_("Everything asked for is done"), "circle-check", "ok"),
    S.MONITORING: (_("The waiting period goes on"), "clock", ""),
    S.COMPLETED: (_("Completed the program"), "circle-check", "ok"),
    S.DISMISSED: (_("The court dismissed the case"), "landmark", "ok"),
    S.TERMINATION_PENDING: (_("Notice given"), "file-text", "warn"),
    S.TERMINATED: (_("Returned to court"), "landmark", ""),
    S.WITHDRAWN: (_("Left the program"), "arrow-right", ""),
    S.TRANSFERRED: (_("Went to another program"), "arrow-right", ""),
    S.CLOSED_NEUTRAL: (_("Closed"), "minus", ""),
}
# Where a step stands among what is written down at the same instant.
RANKS = {state: 3 if state is S.PENDING else 5 + place for place, state in enumerate(S)}
WHY: dict[str, Sentence] = {
    "taken_over": _("Taken over from the records kept before"),
    "import_undone": _("The import was undone"),
    "corrected": _("Corrected"),
    "evidence_taken_back": _("Something that counted was taken back"),
    "resumed": _("Goes on after a pause"),
    "found_in_court": _("Found by the court"),
    "signed_off": _("Signed off by a deputy DA"),
}


def entries(participant_id: int) -> list[Entry]:
    """Return the entries of this floor: five statements, however much happened."""
    return [
        *_referrals(participant_id),
        *_checks(participant_id),
        *_reviews(participant_id),
        *_agreements(participant_id),
        *_steps(participant_id),
    ]


def _entry(on: date, title: Sentence, **more: Any) -> Entry:
    return Entry(Kind.PROGRAM, on, title, **more)


def _referrals(participant_id: int) -> Iterable[Entry]:
    for on, source, agency in tuples(_REFERRALS, {"participant_id": participant_id}):
        yield _entry(on, _("Referred"), text=agency or SOURCES[source], picture="arrow-right")


def _checks(participant_id: int) -> Iterable[Entry]:
    for row in tuples(_CHECKS, {"participant_id": participant_id}):
        said = RESULTS[row.result] if row.result else _("Asked, no answer yet")
        on = row.answered_on or row.asked_on
        title = _("Asked about an earlier diversion")
        yield _entry(on, title, text=said, by=row.recorded_by, picture="search", rank=1)


def _reviews(participant_id: int) -> Iterable[Entry]:
    for row in tuples(_REVIEWS, {"participant_id": participant_id}):
        title = _("Found eligible") if row.eligible else _("Not eligible")
        tone, picture = ("ok", "check") if row.eligible else ("", "minus")
        yield _entry(
            row.decided_on, title, by=row.recorded_by, at=row.recorded_at, tone=tone,
            picture=picture, rank=2,
        )  # fmt: skip


def _agreements(participant_id: int) -> Iterable[Entry]:
    for row in tuples(_AGREEMENTS, {"participant_id": participant_id}):
        talk = _("After a talk with a lawyer") if row.counsel_consulted else ""
        yield _entry(
            row.signed_on, _("Agreement signed"), text=talk, by=row.recorded_by,
            at=row.recorded_at, picture="file-text", rank=4,
        )  # fmt: skip


def _steps(participant_id: int) -> Iterable[Entry]:
    for row in tuples(_STEPS, {"participant_id": participant_id}):
        title, picture, tone = STEPS[row.after]
        yield _entry(
            row.happened_on, title, text=WHY.get(row.reason, ""), by=row.recorded_by,
            at=row.recorded_at, picture=picture, tone=tone, rank=RANKS[row.after],
        )  # fmt: skip


_PERSON: Any = bindparam("participant_id")
_REFERRALS = (
    select(Referral.referred_on, Referral.source, Organization.name)
    .outerjoin(Organization, Organization.id == Referral.organization_id)
    .where(Referral.participant_id == _PERSON)
)
_CHECKS = select(
    PriorCheck.result, PriorCheck.answered_on, PriorCheck.asked_on, PriorCheck.recorded_by
).where(PriorCheck.participant_id == _PERSON)
_REVIEWS = select(
    EligibilityReview.eligible, EligibilityReview.decided_on, EligibilityReview.recorded_by,
    EligibilityReview.recorded_at,
).where(EligibilityReview.participant_id == _PERSON)  # fmt: skip
_AGREEMENTS = select(
    Agreement.counsel_consulted, Agreement.signed_on, Agreement.recorded_by, Agreement.recorded_at
).where(Agreement.participant_id == _PERSON)
_STEPS = select(
    EnrollmentStep.after, EnrollmentStep.happened_on, EnrollmentStep.reason,
    EnrollmentStep.recorded_by, EnrollmentStep.recorded_at,
).where(EnrollmentStep.participant_id == _PERSON)  # fmt: skip
