"""Say the codes of an intake in plain words."""

from diversion.core.words import Sentence, _
from diversion.enrollments.codes import (
    Answer,
    CheckResult,
    ReferralSource,
)

SOURCES: dict[ReferralSource, Sentence] = {
    ReferralSource.POLICE: _("Police"),
    ReferralSource.CHARGING_REVIEW: _("Charging review"),
    ReferralSource.DEFENSE: _("Defense attorney"),
    ReferralSource.COURT: _("Court"),
    ReferralSource.JAIL: _("Jail"),
    ReferralSource.TEAM_PARTNER: _("A partner of the team"),
    ReferralSource.ADVOCATE: _("Advocate"),
    ReferralSource.SELF: _("They came by themselves"),
    ReferralSource.PROBATION: _("Probation"),
    ReferralSource.OTHER_COUNTY: _("Another county"),
}
RESULTS: dict[CheckResult, Sentence] = {
    CheckResult.CLEAR: _("No earlier diversion"),
    CheckResult.BAR: _("An earlier diversion bars the offer"),
    CheckResult.INCONCLUSIVE: _("No clear answer"),
    CheckResult.NOT_REQUIRED: _("Not required here"),
}
ANSWERS: dict[Answer, Sentence] = {
    Answer.YES: _("Speaks for it"),
    Answer.NO: _("Speaks against it"),
    Answer.UNKNOWN: _("Not known"),
}
OVERRIDES: dict[str, Sentence] = {
    "certificate_wrong": _("The answer was about someone else"),
    "long_ago": _("It lies far back"),
    "interest_of_justice": _("In the interest of justice"),
}
