"""Name the pages of this program's intake: safe contact first, then no more than is needed."""

from datetime import date
from typing import Any

from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.enrollments.codes import CheckResult
from diversion.enrollments.intake.drafts import Draft
from diversion.enrollments.intake.forms import ReviewForm, with_factors
from diversion.enrollments.intake.parts import AGREEMENT, CASE, CONTACT, OFFER, PERSON, Part
from diversion.enrollments.intake.words import RESULTS
from diversion.enrollments.referrals import services as referrals
from diversion.staff.models import Staff
from diversion.web.fields import CodeField


class DecisionForm(ReviewForm):
    """The decision of the office, with what the state answered about an earlier diversion."""

    result = CodeField(
        _("What did the state answer about an earlier diversion?"), codes=CheckResult,
        names=RESULTS,
    )  # fmt: skip


def _values(draft: Draft) -> dict[str, Any]:
    known = dict(draft.review.factors) if draft.review else {}
    return {**known, "result": draft.check.result if draft.check else None}


def _save(draft: Draft, form: Any, by: Staff, on: date) -> None:
    referrals.decide(
        draft.referral, eligible=form.decision.data == "yes", factors=form.answers(),
        prior_check=form.result.data, override_reason=form.override.data or "", by=by,
        on=form.on.data or on,
    )  # fmt: skip


def _is_decided(draft: Draft) -> bool:
    return draft.is_eligible or draft.is_refused or draft.is_declined


DECISION = Part(
    "decision", _("Eligibility"), _("The answer of the state, and the decision"),
    _("Is the program open to them?"), with_factors(DecisionForm, Track.COMMUNITY_COURT),
    _values, _save, _is_decided,
    settled=_is_decided, decides=True,
    lead=_("Write down codes only. No record of anybody is kept here."),
)  # fmt: skip
PARTS = (CONTACT, PERSON, CASE, DECISION, OFFER, AGREEMENT)
