"""Name the pages of an intake: what each asks, when it is open, and what saving it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from diversion.core.tracks import Track
from diversion.core.words import Sentence, _
from diversion.enrollments.agreements import services as agreements
from diversion.enrollments.agreements.queries import usual_waiver_text
from diversion.enrollments.codes import CheckResult, ReferralState
from diversion.enrollments.intake import services
from diversion.enrollments.intake.drafts import Draft
from diversion.enrollments.intake.forms import (
    AgreementForm,
    CaseForm,
    CheckForm,
    ContactForm,
    OfferForm,
    PersonForm,
    ReviewForm,
    with_factors,
)
from diversion.enrollments.intake.rules import contact_rules
from diversion.enrollments.lifecycle import services as lifecycle
from diversion.enrollments.referrals import services as referrals
from diversion.participants.identity import Identity
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.web.forms import Form

Save = Callable[[Any, Any, Staff, date], None]
Question = Callable[[Draft], bool]


SAYING_NO = {
    "declined": referrals.decline,
    "no_response": referrals.give_up,
    "withdrawn": referrals.withdraw,
}


@dataclass(frozen=True)
class Part:
    """A page of the intake. `settled` means that it is done and is not changed here any more."""

    key: str
    title: Sentence
    text: Sentence
    question: Sentence
    form: Callable[..., Form]
    fill: Callable[[Any], Mapping[str, Any]]
    save: Save
    done: Question
    ready: Question = lambda _draft: True
    settled: Question = lambda _draft: False
    lead: Sentence | None = None
    decides: bool = False
    skips: bool = False

    def filled(self, form: Form, record: Any) -> Form:
        """Return the form with what is on record, unless something was typed into it."""
        return form if form.is_submitted() else self.form(data=self.fill(record))


class OnRecord(Protocol):
    """A person whose envelope was opened: an intake, or the record alone."""

    @property
    def participant(self) -> Participant: ...

    @property
    def identity(self) -> Identity: ...


def person_values(draft: OnRecord) -> dict[str, Any]:
    return {**vars(draft.identity), "language": draft.participant.language}


def save_person(draft: OnRecord, form: Any, by: Staff, on: date) -> None:
    services.save_person(
        draft.participant, named(form, draft.identity), language=form.language.data, by=by
    )


def named(form: Any, known: Any) -> Any:
    """Return the identity with what was typed about name and birth date."""
    names = ("preferred", "first", "middle", "last", "pronouns", "birth_date")
    return known.with_changes(**{name: form[name].data for name in names})


def contact_values(draft: OnRecord) -> dict[str, Any]:
    identity = draft.identity
    phone = identity.phones[0] if identity.phones else None
    return {
        **vars(identity.contact),
        "phone": phone.e164 if phone else None,
        "no_voicemail": not (phone and phone.voicemail),
        "email": next(iter(identity.emails), ""),
        "address": ", ".join(identity.addresses[0].lines) if identity.addresses else "",
    }


def save_contact(draft: OnRecord, form: Any, by: Staff, on: date) -> None:
    services.save_contact(
        draft.participant, draft.identity, contact_rules(form.data), phone=form.phone.data,
        voicemail=not form.no_voicemail.data, email=form.email.data, address=form.address.data,
        by=by, on=on,
    )  # fmt: skip


def _case_values(draft: Draft) -> dict[str, Any]:
    return {
        "case_numbers": ", ".join(draft.identity.case_numbers),
        "police_numbers": ", ".join(draft.identity.police_numbers),
    }


def _save_case(draft: Draft, form: Any, by: Staff, on: date) -> None:
    services.save_case(
        draft.participant, draft.identity, case_numbers=form.case_numbers.data,
        police_numbers=form.police_numbers.data, by=by,
    )  # fmt: skip


def _check_values(draft: Draft) -> dict[str, Any]:
    check = draft.check
    return {"result": check.result, "on": check.answered_on} if check else {}


def _save_check(draft: Draft, form: Any, by: Staff, on: date) -> None:
    """Keep the answer; a page without one says that the question was asked."""
    result: CheckResult | None = form.result.data
    if result is not None:
        referrals.answer(draft.referral, result, by=by, on=form.on.data or on)
    elif draft.check is None:
        referrals.ask(draft.referral, by=by, on=on)


def _review_values(draft: Draft) -> dict[str, Any]:
    return dict(draft.review.factors) if draft.review else {}


def _save_review(draft: Draft, form: Any, by: Staff, on: date) -> None:
    referrals.decide(
        draft.referral, eligible=form.decision.data == "yes", factors=form.answers(),
        override_reason=form.override.data or "", by=by, on=form.on.data or on,
    )  # fmt: skip


def _save_offer(draft: Draft, form: Any, by: Staff, on: date) -> None:
    on = form.on.data or on
    if draft.referral.state is not ReferralState.OFFERED:
        referrals.offer(draft.referral, by=by, on=on)
    if form.answer.data == "accepted":
        lifecycle.accept(draft.referral, by=by, on=on)
    elif form.answer.data in SAYING_NO:
        SAYING_NO[form.answer.data](draft.referral, by=by, on=on)


def _agreement_values(draft: Draft) -> dict[str, Any]:
    made, basis = draft.agreement, draft.enrollment.legal_basis if draft.enrollment else None
    if made is None:
        waiver = usual_waiver_text(draft.participant.track)
        return {"legal_basis": basis, "waiver_text": waiver}
    return {
        "legal_basis": basis,
        "counsel": made.counsel_consulted,
        "waiver_text": made.waiver_text,
        "signed_on": made.signed_on,
    }


def _save_agreement(draft: Draft, form: Any, by: Staff, on: date) -> None:
    if draft.enrollment is not None:
        agreements.sign(
            draft.enrollment, signed_on=form.signed_on.data or on,
            counsel_consulted=form.counsel.data, waiver_text=form.waiver_text.data,
            legal_basis=form.legal_basis.data, by=by, on=on,
        )  # fmt: skip


def _nothing(_draft: Draft) -> dict[str, Any]:
    return {}


def _was_decided(draft: Draft) -> bool:
    return draft.is_eligible or draft.is_refused or draft.is_declined


PERSON = Part(
    "person", _("About the person"), _("Name to use, birth date, language"),
    _("Who is it?"), PersonForm, person_values, save_person, lambda draft: True,
    lead=_("Ask which name to use. You can skip everything but the last name."),
)  # fmt: skip
CONTACT = Part(
    "contact", _("Safe contact"), _("How and when to reach them, and what may be said"),
    _("How can we reach you safely?"), ContactForm, contact_values, save_contact,
    lambda draft: draft.identity.contact.confirmed_on is not None,
    lead=_("You choose. We will use only what you tell us here. You can skip this."), skips=True,
)  # fmt: skip
CASE = Part(
    "case", _("Court case"), _("Numbers of court and police"),
    _("Which case is it about?"), CaseForm, _case_values, _save_case,
    lambda draft: bool(draft.identity.case_numbers or draft.identity.police_numbers),
    lead=_("Several numbers are parted by commas. You can skip this."), skips=True,
)  # fmt: skip
CHECK = Part(
    "check", _("Earlier diversion"), _("What the state answered, as a code"),
    _("Was there an earlier diversion?"), CheckForm, _check_values, _save_check,
    lambda draft: draft.is_checked, settled=lambda draft: draft.is_eligible,
    lead=_("Write down the answer only. The record itself is never kept here."), decides=True,
)  # fmt: skip
REVIEW = Part(
    "review", _("Eligibility"), _("What the office weighs, and the decision"),
    _("Is the program open to them?"), with_factors(ReviewForm, Track.SBAD), _review_values,
    _save_review,
    _was_decided, ready=lambda draft: draft.is_checked or draft.is_refused,
    settled=_was_decided, decides=True,
)  # fmt: skip
OFFER = Part(
    "offer", _("The offer"), _("What they say to it"),
    _("Do they want to take part?"), OfferForm, _nothing, _save_offer,
    lambda draft: draft.enrollment is not None or draft.is_declined,
    ready=lambda draft: draft.is_eligible or draft.is_declined,
    settled=lambda draft: draft.enrollment is not None or draft.is_declined,
    lead=_("Taking part is their choice. They can think about it."),
)  # fmt: skip
AGREEMENT = Part(
    "agreement", _("The agreement"), _("Terms, talk with a lawyer, signature"),
    _("What did they sign?"), AgreementForm, _agreement_values, _save_agreement,
    lambda draft: draft.agreement is not None and draft.agreement.counsel_consulted,
    ready=lambda draft: draft.enrollment is not None,
    settled=lambda draft: draft.is_begun,
    lead=_("Read the terms together. They are frozen as they stand on the day of the signature."),
)  # fmt: skip
