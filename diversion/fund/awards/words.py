"""Name what money is for."""

from collections.abc import Mapping

from diversion.core.words import Sentence, _
from diversion.fund.awards.models import Aim

AIMS: Mapping[Aim, Sentence] = {
    Aim.COUNSELING: _("Counseling"),
    Aim.EDUCATION: _("Education"),
    Aim.EMPLOYMENT: _("Work and employment"),
    Aim.FOOD: _("Food and clothing"),
    Aim.HEALTH: _("Health care"),
    Aim.HOUSING: _("Housing and shelter"),
    Aim.INVESTIGATION: _("Investigation"),
    Aim.LEGAL_HELP: _("Legal help"),
    Aim.MENTORING: _("Mentoring"),
    Aim.OUTREACH: _("Outreach"),
    Aim.TRAINING: _("Training"),
    Aim.TRANSPORT: _("Transport"),
}
