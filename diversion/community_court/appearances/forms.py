"""Read what is said at the bench and who is put on a docket."""

from datetime import time

from wtforms import BooleanField, HiddenField
from wtforms.fields import SelectMultipleField
from wtforms.validators import ValidationError

from diversion.community_court.appearances.models import (
    Decision,
    Presence,
    Response,
    Result,
    SettingKind,
    Withdrawal,
)
from diversion.community_court.appearances.rules import MAY_HAVE_DATE, Said
from diversion.community_court.appearances.words import (
    DECISIONS,
    KINDS,
    PRESENCES,
    RESPONSES,
    RESULTS,
    WITHDRAWALS,
)
from diversion.community_court.dockets.models import Docket
from diversion.core.words import _
from diversion.web.fields import PICK_ONE, ChoiceField, CodeField, DateField, Filled
from diversion.web.forms import CreatingForm, Form, choices


class OutcomeForm(CreatingForm):
    """What came of a setting. `seen` is the outcome that was on record when the page was made."""

    result = CodeField(
        _("Outcome"), [Filled(_("Choose an outcome."))], codes=Result,
        choices=choices(RESULTS, names=RESULTS),
    )  # fmt: skip
    presence = CodeField(_("How"), codes=Presence, names=PRESENCES)
    next_day = ChoiceField(_("Next date"), choices=[], validate_choice=False)
    next_on = DateField(_("Another date"))
    response = CodeField(_("Response"), codes=Response, names=RESPONSES)
    seen = HiddenField()

    def said(self, next_docket: Docket | None) -> Said:
        """Return what was said; a date offered beside an outcome without one is passed over."""
        fits = self.result.data in MAY_HAVE_DATE or self.next_on.data is not None
        return Said(
            self.result.data, self._presence(), next_docket if fits else None,
            response=self.response.data,
        )  # fmt: skip

    def _presence(self) -> Presence | None:
        if self.presence.data is not None:
            return Presence(self.presence.data)
        if self.result.data is Result.NOT_HERE:
            return Presence.ABSENT_UNEXCUSED
        return None if self.result.data is Result.NOT_REACHED else Presence.IN_PERSON


class PeopleForm(CreatingForm):
    """Who is put on a docket day, when they are called, and why."""

    people = SelectMultipleField(_("People"), choices=[], validate_choice=False)
    kind = CodeField(
        _("Why"), [Filled()], codes=SettingKind, names=KINDS, default=SettingKind.STATUS_REVIEW
    )
    starts = ChoiceField(_("Called at"), [Filled()])

    def validate_people(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(PICK_ONE)

    def offer_hours(self, docket: Docket) -> None:
        """Offer the quarters of an hour between start and end."""
        first, last = docket.starts, docket.ends
        quarters = (time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45))
        hours = {f"{each:%H:%M}": f"{each:%I:%M %p}".lstrip("0")
                 for each in quarters if first <= each < last}  # fmt: skip
        hours.setdefault(f"{first:%H:%M}", f"{first:%I:%M %p}".lstrip("0"))
        self.starts.choices = choices(hours)
        self.starts.data = self.starts.data or f"{first:%H:%M}"


class DecisionForm(CreatingForm):
    """What the judge decided about someone who did not appear."""

    decision = CodeField(
        _("Decision"), [Filled(_("Choose the judge's decision."))], codes=Decision,
        choices=choices(DECISIONS, names=DECISIONS),
    )  # fmt: skip
    notice_arrived = BooleanField(_("Notice was sent and arrived"))


class WithdrawalForm(Form):
    """Why a decision does not hold."""

    why = CodeField(
        _("Why does it not hold?"), [Filled(_("Choose why."))], codes=Withdrawal, names=WITHDRAWALS
    )

    def offer(self, standing: Decision) -> None:
        """Offer the court's recall for a warrant alone."""
        if standing is not Decision.WARRANT_ISSUED:
            self.why.choices = choices([Withdrawal.RECORDED_IN_ERROR], names=WITHDRAWALS)
