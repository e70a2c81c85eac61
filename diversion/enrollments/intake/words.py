"""Say the codes of an intake in plain words."""

from diversion.core.words import Sentence, _
from diversion.enrollments.codes import (
    Answer,
    CheckResult,
    Factor,
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
FACTORS: dict[Factor, Sentence] = {
    Factor.NATURE_OF_ACT: _("Nature of the act and any injury"),
    Factor.SPECIAL_CHARACTERISTICS: _("Special circumstances of the person"),
    Factor.FIRST_TIME: _("First time"),
    Factor.LIKELY_COOPERATION: _("Likely to take part"),
    Factor.FIT_OF_PROGRAM: _("The program fits"),
    Factor.EFFECT_ON_COMMUNITY: _("Effect on the community"),
    Factor.POLICE_VIEW: _("View of the police"),
    Factor.VICTIM_VIEW: _("View of the victim"),
    Factor.RESTITUTION: _("Restitution"),
    Factor.MITIGATION: _("Anything in mitigation"),
}
