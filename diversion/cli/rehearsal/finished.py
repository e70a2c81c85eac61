"""Bring people of an earlier record to their checks, sign-offs, dismissals and set-asides."""

from collections.abc import Sequence
from datetime import date, timedelta

from diversion.cli.rehearsal import names
from diversion.cli.rehearsal.stage import Stage
from diversion.core.tracks import Track
from diversion.enrollments.codes import ConditionKind, LegalBasis, RecordResult
from diversion.enrollments.conditions.services import add_evidence
from diversion.enrollments.dismissal import services as dismissal
from diversion.enrollments.dismissal.services import Sealing
from diversion.enrollments.lifecycle import services
from diversion.enrollments.models import Enrollment
from diversion.enrollments.texts import services as texts
from diversion.enrollments.texts.models import Paper
from diversion.enrollments.texts.queries import LANGUAGES, shipped
from diversion.participants.identity import Identity
from diversion.participants.services import register
from diversion.staff.models import Staff

PEOPLE = 8
BEGAN = timedelta(days=240)
SURNAMES_FROM = 900


class Finished:
    """Those whose period without arrest is over."""

    def __init__(self, stage: Stage, by: Staff, deputy: Staff) -> None:
        self.stage, self.by, self.deputy = stage, by, deputy

    def walk(self) -> None:
        """Leave two at every step of the way."""
        self._settle_words()
        everybody = self._everybody()
        for one in everybody[1:]:
            services.begin_monitoring(one, by=self.by, on=self._ago(8))
        for one in everybody[2:]:
            dismissal.look(one, RecordResult.CLEAR, by=self.by, on=self._ago(4))
        for one in everybody[4:]:
            dismissal.sign_off(one, by=self.deputy, on=self._ago(3))
        for one in everybody[6:]:
            made = dismissal.dismiss(one, by=self.by, on=self._ago(2))
            if made is not None and one is everybody[-1]:
                dismissal.follow_sealing(made, Sealing.FILED, by=self.by, on=self._ago(1))

    def _settle_words(self) -> None:
        """Let the deputy approve what the coordinator wrote, but for one paper."""
        for paper in Paper:
            for language in LANGUAGES:
                title, _line, body = shipped(paper, language).partition("\n")
                text = texts.write(paper, language, title.strip(), body.strip(), by=self.by)
                if paper is not Paper.NOTICE:
                    texts.approve(text, by=self.deputy)
        dismissal.set_clock(
            Track.SBAD, LegalBasis.PRE_FILING, days=0, citation="ORS 137.225 (practice)",
            in_force_on=self.stage.first_day, by=self.deputy,
        )  # fmt: skip

    def _everybody(self) -> Sequence[Enrollment]:
        began = self.stage.today - BEGAN
        return [self._one(place, began + timedelta(days=place)) for place in range(PEOPLE)]

    def _one(self, place: int, began: date) -> Enrollment:
        identity = Identity(
            first=names.ATTENDEES[place], last=names.surname(SURNAMES_FROM + place),
            birth_date=names.birth_date(self.stage.random, began),
            case_numbers=(f"{began:%y}CR{59000 + place:05d}",),
        )  # fmt: skip
        person = register(
            Track.SBAD, identity, language="es" if place % 3 == 0 else "en", by=self.by,
            on=self._ago(9),
        )  # fmt: skip
        made = services.take_over(person, entered_on=began, by=self.by, on=self._ago(9))
        for kind in (ConditionKind.CLASS, ConditionKind.FEE):
            add_evidence(
                made.id, kind, source="earlier:record", happened_on=began + timedelta(days=60),
                by=self.by,
            )  # fmt: skip
        return made

    def _ago(self, days: int) -> date:
        return self.stage.today - timedelta(days=days)
