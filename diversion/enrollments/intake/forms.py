"""Read what people type on the pages of an intake; what may be skipped may stay empty."""

import secrets
from collections.abc import Callable
from typing import Any, ClassVar

from wtforms import BooleanField, SelectField

from diversion.core import languages
from diversion.core.tracks import Track
from diversion.core.words import Sentence, _
from diversion.enrollments.codes import (
    Answer,
    CheckResult,
    LegalBasis,
    ReferralSource,
    WhyReopened,
)
from diversion.enrollments.intake.words import ANSWERS, OVERRIDES, RESULTS, SOURCES
from diversion.enrollments.terms.lists import ELIGIBILITY_FACTORS, listed
from diversion.participants.safe_contact import EARLIEST, LATEST, Wording
from diversion.web.calendar import court_today
from diversion.web.fields import (
    AtMost,
    BirthDateField,
    ChoiceField,
    CodeField,
    DateField,
    Filled,
    PhoneField,
    TextField,
)
from diversion.web.forms import CreatingForm, Form, choices

NAME = 100
HOURS = {
    hour: f"{(hour - 1) % 12 + 1}:00 {'AM' if hour < 12 else 'PM'}"
    for hour in range(EARLIEST, LATEST + 1)
}


class NameFields:
    """Who the person is."""

    preferred = TextField(_("Name to use"), [AtMost(NAME)])
    first = TextField(_("First name"), [AtMost(NAME)])
    middle = TextField(_("Middle name"), [AtMost(NAME)])
    last = TextField(_("Last name"), [Filled(_("Write a last name.")), AtMost(NAME)])
    pronouns = TextField(_("Pronouns"), [AtMost(40)])
    birth_date = BirthDateField(_("Birth date"))
    language = SelectField(_("Language"), choices=choices(languages.NAMES), default="en")


class PersonForm(NameFields, Form):
    """Correct who the person is."""

    def fill(self, identity: Any, language: str) -> None:
        """Show what is known."""
        self.process(obj=identity, language=language)


class StartForm(NameFields, CreatingForm):
    """Begin an intake: who it is, and who sent them."""

    source = CodeField(
        _("Who sent them?"), [Filled(_("Choose who sent them."))], codes=ReferralSource,
        names=SOURCES,
    )  # fmt: skip
    agency = ChoiceField(_("Agency"))
    referred_on = DateField(_("Date of the referral"))
    # Empty until a likely record was shown; then `new`, or the number of the record.
    decision = ChoiceField(_("Is it one of these people?"))

    @staticmethod
    def new_key() -> str:
        """Return a key for what is another request from now on."""
        return secrets.token_urlsafe(18)


class ContactForm(Form):
    """How the person can be reached safely."""

    phone = PhoneField(_("Phone"))
    wording = CodeField(_("What may a text say?"), codes=Wording)
    from_hour = SelectField(_("From"), choices=choices(HOURS), coerce=int)
    until_hour = SelectField(_("To"), choices=choices(HOURS), coerce=int)
    no_voicemail = BooleanField(_("No voicemail"))
    watched = BooleanField(_("Someone else may look at this phone"))
    letters = BooleanField(_("Letters may go to the address"))
    address = TextField(_("Postal address"), [AtMost(200)])
    email = TextField(_("Email"), [AtMost(254)])


class CaseForm(Form):
    """The numbers by which court and police know the case; they go into the envelope."""

    case_numbers = TextField(_("Court case numbers"), [AtMost(200)])
    police_numbers = TextField(_("Police report numbers"), [AtMost(200)])


class CheckForm(CreatingForm):
    """What the state answered about an earlier diversion: a code, never the record."""

    result = CodeField(_("What did the state answer?"), codes=CheckResult, names=RESULTS)
    on = DateField(_("Date of the answer"))


def _factor(name: Sentence | str) -> CodeField:
    return CodeField(name, codes=Answer, names=ANSWERS, default=Answer.UNKNOWN)


class ReviewForm(CreatingForm):
    """What is weighed before an offer, and the decision."""

    weighed: ClassVar[tuple[str, ...]] = ()
    decision = ChoiceField(
        _("The decision"), [Filled(_("Choose the decision."))],
        choices=choices({"yes": _("Eligible"), "no": _("Not eligible")}),
    )  # fmt: skip
    override = ChoiceField(
        _("Reason to go on in spite of an earlier diversion"),
        choices=choices(OVERRIDES),
    )
    on = DateField(_("Date of the decision"))

    def answers(self) -> dict[str, Answer]:
        """Return every factor with its answer; what was left out is unknown."""
        return {each: self[each].data or Answer.UNKNOWN for each in self.weighed}


def with_factors(form: type[ReviewForm], track: Track) -> Callable[..., ReviewForm]:
    """Return what makes such a form with a question for every factor the county weighs."""

    def made(**values: Any) -> ReviewForm:
        words = listed(ELIGIBILITY_FACTORS, track, court_today())
        fields: dict[str, Any] = {each.word: _factor(each.label) for each in words}
        fields["weighed"] = tuple(fields)
        county: type[ReviewForm] = type("CountyReviewForm", (form,), fields)
        return county(**values)

    return made


class OfferForm(CreatingForm):
    """What the person says to the offer."""

    answer = ChoiceField(
        _("What do they say?"), [Filled(_("Choose what they say."))],
        choices=choices(
            {
                "accepted": _("They want to take part"),
                "thinking": _("They want to think about it"),
                "declined": _("They do not want to take part"),
                "no_response": _("They did not answer"),
                "withdrawn": _("The District Attorney withdrew the offer"),
            }
        ),
    )  # fmt: skip
    on = DateField(_("Date"))


class AgreementForm(CreatingForm):
    """The signature: when, under which wording of the waiver, after a talk with counsel."""

    counsel = BooleanField(_("They talked with a lawyer before signing"))
    waiver_text = TextField(
        _("Version of the waiver text"),
        [Filled(_("Write the version printed at the foot of the paper.")), AtMost(40)],
    )
    legal_basis = CodeField(_("Legal basis"), codes=LegalBasis, choices=choices(LegalBasis))
    signed_on = DateField(_("Date of the signature"))


class AgainForm(Form):
    """Why a decision is looked at again."""

    reason = CodeField(_("Why look again?"), [Filled(_("Choose a reason."))], codes=WhyReopened)
