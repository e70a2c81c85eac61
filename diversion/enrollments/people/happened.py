"""Tell what happened on this floor: referred, checked, decided, signed, and every step since."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    bindparam,
    case,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)

from diversion.core.database import tuples
from diversion.core.words import Sentence, _
from diversion.enrollments.agreements.models import Agreement
from diversion.enrollments.codes import CheckResult, EnrollmentState, ReferralSource
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
    """Return the entries of this floor: one statement, however much happened."""
    found = tuples(_EVERYTHING, {"participant_id": participant_id})
    return [TELLERS[what](*row) for what, *row in found]


def _entry(on: date, title: Sentence, **more: Any) -> Entry:
    return Entry(Kind.PROGRAM, on, title, **more)


def _step(on: date, by: int, at: datetime, after: str, why: str) -> Entry:
    state = EnrollmentState(after)
    title, picture, tone = STEPS[state]
    return _entry(
        on, title, text=WHY.get(why, ""), by=by, at=at, picture=picture, tone=tone,
        rank=RANKS[state],
    )  # fmt: skip


def _review(on: date, by: int, at: datetime, eligible: str, _none: None) -> Entry:
    title = _("Found eligible") if eligible else _("Not eligible")
    tone, picture = ("ok", "check") if eligible else ("", "minus")
    return _entry(on, title, by=by, at=at, tone=tone, picture=picture, rank=2)


def _agreement(on: date, by: int, at: datetime, talked: str, _none: None) -> Entry:
    talk = _("After a talk with a lawyer") if talked else ""
    return _entry(on, _("Agreement signed"), text=talk, by=by, at=at, picture="file-text", rank=4)


def _check(on: date, by: int, _at: None, result: str | None, _none: None) -> Entry:
    said = RESULTS[CheckResult(result)] if result else _("Asked, no answer yet")
    title = _("Asked about an earlier diversion")
    return _entry(on, title, text=said, by=by, picture="search", rank=1)


def _referral(on: date, _by: None, _at: None, source: str, agency: str | None) -> Entry:
    said = agency or SOURCES[ReferralSource(source)]
    return _entry(on, _("Referred"), text=said, picture="arrow-right")


TELLERS: dict[str, Callable[..., Entry]] = {
    "step": _step,
    "review": _review,
    "agreement": _agreement,
    "check": _check,
    "referral": _referral,
}


def _told(what: str, *told: Any) -> Select[*tuple[Any, ...]]:
    """Select when, by whom, at which instant, a code and a word; who and when may be unknown."""
    on, by, at, code, word = told
    return select(literal(what), on, by, at, type_coerce(code, String), word)


def _if(fact: Any) -> ColumnElement[str]:
    return case((fact, "yes"), else_="")


_PERSON: Any = bindparam("participant_id")
Step, Review = EnrollmentStep, EligibilityReview
# The first says the type of each column, so nothing is empty in it.
_EVERYTHING: Any = union_all(
    _told(
        "step", Step.happened_on, Step.recorded_by, Step.recorded_at, Step.after, Step.reason
    ).where(Step.participant_id == _PERSON),
    _told(
        "review", Review.decided_on, Review.recorded_by, Review.recorded_at,
        _if(Review.eligible), null(),
    ).where(Review.participant_id == _PERSON),
    _told(
        "agreement", Agreement.signed_on, Agreement.recorded_by, Agreement.recorded_at,
        _if(Agreement.counsel_consulted), null(),
    ).where(Agreement.participant_id == _PERSON),
    _told(
        "check", func.coalesce(PriorCheck.answered_on, PriorCheck.asked_on),
        PriorCheck.recorded_by, null(), PriorCheck.result, null(),
    ).where(PriorCheck.participant_id == _PERSON),
    _told("referral", Referral.referred_on, null(), null(), Referral.source, Organization.name)
    .outerjoin(Organization, Organization.id == Referral.organization_id)
    .where(Referral.participant_id == _PERSON),
)  # fmt: skip
