"""Say what outcomes and the other codes of a docket are called, in words for people."""

from collections.abc import Mapping

from diversion.community_court.appearances.models import (
    Decision,
    Presence,
    Response,
    Result,
    SettingKind,
    Withdrawal,
)
from diversion.core.words import Sentence, _

R = Result
RESULTS: Mapping[Result, Sentence] = {
    R.CONTINUED: _("Continue"),
    R.COMPLETED: _("Complete"),
    R.NEW_TERMS: _("New terms"),
    R.NOT_HERE: _("Not here"),
    R.DISMISSED: _("Dismiss"),
    R.NOT_REACHED: _("Not reached"),
}
TONES: Mapping[Result, str] = {
    R.COMPLETED: "ok", R.DISMISSED: "ok", R.NOT_HERE: "absent", R.NOT_REACHED: "plain",
}  # fmt: skip
DONE: Mapping[Result, Sentence] = {
    R.CONTINUED: _("continued"),
    R.COMPLETED: _("completed"),
    R.NEW_TERMS: _("new terms"),
    R.NOT_HERE: _("not here"),
    R.DISMISSED: _("dismissed"),
    R.NOT_REACHED: _("not reached"),
}
PRESENCES: Mapping[Presence, Sentence] = {
    Presence.IN_PERSON: _("In person"),
    Presence.REMOTE: _("By video or phone"),
    Presence.THROUGH_COUNSEL: _("Through counsel"),
    Presence.IN_CUSTODY: _("In custody"),
    Presence.LATE: _("Late"),
    Presence.ABSENT_EXCUSED: _("Absent, excused"),
    Presence.ABSENT_UNEXCUSED: _("Absent"),
}
RESPONSES: Mapping[Response, Sentence] = {
    Response.PRAISE: _("Praise"),
    Response.APPLAUSE: _("Applause"),
    Response.CALLED_FIRST: _("Called first next time"),
    Response.CERTIFICATE: _("Certificate"),
    Response.FEWER_APPEARANCES: _("Fewer appearances"),
    Response.TALK: _("A talk"),
    Response.EXTRA_CONTACT: _("Extra contact"),
    Response.EXTRA_SERVICE: _("Extra service"),
    Response.MORE_FREQUENT_REVIEW: _("More frequent review"),
}
DECISIONS: Mapping[Decision, Sentence] = {
    Decision.WARRANT_ISSUED: _("Warrant issued"),
    Decision.WARRANT_HELD: _("Warrant held back"),
    Decision.EXCUSED: _("Excused"),
    Decision.RESET: _("New date, no warrant"),
}
WITHDRAWALS: Mapping[Withdrawal, Sentence] = {
    Withdrawal.RECORDED_IN_ERROR: _("Recorded in error"),
    Withdrawal.RECALLED_BY_COURT: _("Recalled by the court"),
}
KINDS: Mapping[SettingKind, Sentence] = {
    SettingKind.ENTRY: _("Entry"),
    SettingKind.STATUS_REVIEW: _("Status review"),
    SettingKind.GRADUATION: _("Graduation"),
}
