"""Receive referrals, ask about earlier diversions, decide."""

from collections.abc import Mapping
from datetime import date

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock
from diversion.core.database import db
from diversion.enrollments.codes import (
    Answer,
    CheckResult,
    ReferralSource,
    ReferralState,
    WhyReopened,
)
from diversion.enrollments.referrals import queries, rules
from diversion.enrollments.referrals.models import EligibilityReview, PriorCheck, Referral
from diversion.enrollments.referrals.steps import step
from diversion.enrollments.terms.services import version_for_an_earlier_day
from diversion.participants.models import Participant
from diversion.partners.agencies.models import Organization
from diversion.staff.models import Staff
from diversion.staff.permissions import Role


def receive(
    participant: Participant,
    *,
    source: ReferralSource,
    agency: Organization | None = None,
    referred_on: date,
    by: Staff,
    on: date,
) -> Referral:
    """Take in a referral; `referred_on` is the day the agency wrote, `on` the day it came."""
    made = Referral(
        participant_id=participant.id, track=participant.track, source=source,
        organization_id=agency.id if agency else None, referred_on=min(referred_on, on),
        state=ReferralState.RECEIVED,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    whom = f"participant:{participant.number}"
    record(Act.REFERRAL_RECEIVED, _about(made), whom, by=by, track=made.track)
    return made


def take_over(
    participant: Participant,
    *,
    source: ReferralSource,
    agency: Organization | None,
    referred_on: date,
    by: Staff,
) -> Referral:
    """Take in a referral out of a record kept before this program; it was accepted then."""
    made = receive(
        participant, source=source, agency=agency, referred_on=referred_on, by=by, on=referred_on
    )
    for state in (ReferralState.ELIGIBLE, ReferralState.ACCEPTED):
        _move(made, state, reason="taken_over", by=by, on=referred_on)
    return made


def ask(referral: Referral, *, by: Staff, on: date) -> PriorCheck:
    """Write down that the state was asked about an earlier diversion."""
    made = PriorCheck(
        **referral.whose, asked_on=on, recorded_by=by.id
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    record(Act.PRIOR_CHECK_ASKED, _about(referral), by=by, track=referral.track)
    return made


def answer(referral: Referral, result: CheckResult, *, by: Staff, on: date) -> PriorCheck:
    """Write down the answer as a code; the record itself is never kept."""
    check = queries.latest_check(referral.id)
    if check is None or check.result is not None:
        check = ask(referral, by=by, on=on)
    check.result, check.answered_on = result, on
    db.session.flush()
    record(
        Act.PRIOR_CHECK_ANSWERED, _about(referral), by=by, track=referral.track, result=result.value
    )
    return check


def decide(
    referral: Referral,
    *,
    eligible: bool,
    factors: Mapping[str, Answer],
    prior_check: CheckResult | None = None,
    override_reason: str = "",
    by: Staff,
    on: date,
) -> EligibilityReview:
    """Decide a referral; `prior_check` answers the question about an earlier diversion on the way.

    Raises CheckUnanswered if it is required and open, Barred if it bars the offer and
    this is not a deputy DA with a reason.
    """
    if prior_check is not None:
        answer(referral, prior_check, by=by, on=on)
    if eligible:
        _check_bar(referral, override_reason, by)
    to = ReferralState.ELIGIBLE if eligible else _no(referral)
    step(referral, to, reason=override_reason, by=by, on=on)
    referral.decided_on = on
    made = EligibilityReview(
        **referral.whose, eligible=eligible, factors={str(f): a.value for f, a in factors.items()},
        override_reason=override_reason, decided_on=on, recorded_at=clock.now(),
        recorded_by=by.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    record(
        Act.REFERRAL_DECIDED,
        _about(referral),
        by=by,
        track=referral.track,
        state=referral.state.value,
    )
    return made


def offer(referral: Referral, *, by: Staff, on: date) -> None:
    """Offer the program. Raises WrongReferralState."""
    _move(referral, ReferralState.OFFERED, by=by, on=on)


def decline(referral: Referral, *, by: Staff, on: date) -> None:
    """Write down that the person does not want the program: that is their right.

    Raises WrongReferralState.
    """
    _move(referral, ReferralState.DECLINED, by=by, on=on)


def give_up(referral: Referral, *, by: Staff, on: date) -> None:
    """Write down that the person never answered the offer; they can still come back.

    Raises WrongReferralState.
    """
    _move(referral, ReferralState.NO_RESPONSE, by=by, on=on)


def withdraw(referral: Referral, *, by: Staff, on: date) -> None:
    """Write down that the District Attorney withdrew the offer; that does not come back.

    Raises WrongReferralState.
    """
    _move(referral, ReferralState.WITHDRAWN_BY_DA, by=by, on=on)


def reopen(referral: Referral, *, reason: WhyReopened, by: Staff, on: date) -> None:
    """Look again: a certificate was wrong, or a fact was missing. Raises WrongReferralState."""
    _move(referral, ReferralState.SCREENING, reason=reason.value, by=by, on=on)


def _move(referral: Referral, to: ReferralState, *, reason: str = "", by: Staff, on: date) -> None:
    step(referral, to, reason=reason, by=by, on=on)
    record(
        Act.REFERRAL_MOVED, _about(referral), by=by, track=referral.track, state=to.value,
        reason=reason,
    )  # fmt: skip


def _no(referral: Referral) -> ReferralState:
    check = queries.latest_check(referral.id)
    if check is not None and check.result is CheckResult.BAR:
        return ReferralState.PRIOR_DIVERSION_BAR
    return ReferralState.INELIGIBLE


def _check_bar(referral: Referral, override_reason: str, by: Staff) -> None:
    """Raises CheckUnanswered, BarStands, Barred."""
    terms = version_for_an_earlier_day(referral.track, referral.referred_on)
    check = queries.latest_check(referral.id)
    rules.check_bar(
        check.result if check else None, required=terms.prior_check_required,
        has_exceptions=terms.bar_override,
        is_excepted=bool(override_reason) and Role.DEPUTY_DA in by.roles,
    )  # fmt: skip


def _about(referral: Referral) -> str:
    return f"referral:{referral.handle}"
