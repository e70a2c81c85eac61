"""Say the codes of leaving and of grounds in plain words."""

from diversion.core.words import Sentence, _
from diversion.enrollments.codes import ConditionKind, ExitCode

# Nobody's failure: what somebody may simply write down.
LEAVING: dict[ExitCode, Sentence] = {
    ExitCode.OPTED_OUT: _("They do not want to go on"),
    ExitCode.MOVED: _("They moved away"),
    ExitCode.PROGRAM_TRANSFER: _("They go on in another program"),
    ExitCode.IN_CUSTODY: _("In custody for a longer time"),
    ExitCode.DISMISSED_OTHERWISE: _("The case was dismissed otherwise"),
    ExitCode.DECEASED: _("They died"),
    ExitCode.PROGRAM_ERROR: _("It was our error"),
}
EXITS: dict[ExitCode, Sentence] = {
    **LEAVING,
    ExitCode.COMPLETED: _("Completed"),
    ExitCode.ABSCONDED: _("Can't be reached any more"),
    ExitCode.ADVERSE_TERMINATION: _("Returned to court"),
}
KINDS: dict[ConditionKind, Sentence] = {
    ConditionKind.CLASS: _("The class"),
    ConditionKind.COUNSELING: _("Counseling"),
    ConditionKind.MENTOR_CONTACT: _("Mentor meetings"),
    ConditionKind.COMMUNITY_SERVICE: _("Community service"),
    ConditionKind.APPEARANCE: _("Returns to court"),
    ConditionKind.ESSAY: _("The essay"),
    ConditionKind.RESTORATIVE_ACT: _("The restorative act"),
    ConditionKind.HEALTH_EDUCATION: _("Health education"),
    ConditionKind.NO_NEW_ARREST: _("A new arrest"),
    ConditionKind.FEE: _("The fee"),
    ConditionKind.RESTITUTION: _("Restitution"),
    ConditionKind.TREATMENT_EVALUATION: _("The evaluation for treatment"),
    ConditionKind.GOAL: _("The goal agreed on"),
    ConditionKind.NO_CONTACT: _("No contact"),
    ConditionKind.STATE_FEE: _("The state's fee"),
}
