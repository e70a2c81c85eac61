"""Say in words what each role is and may do."""

from diversion.core.words import Sentence, _
from diversion.staff.permissions import Role

ROLE_NAMES: dict[Role, Sentence] = {
    Role.ADMINISTRATOR: _("System administrator"),
    Role.AUDITOR: _("Auditor"),
    Role.COMMUNITY_ADVOCATE: _("Community advocate"),
    Role.COURT_COORDINATOR: _("Community Court coordinator"),
    Role.DEPUTY_DA: _("Deputy district attorney"),
    Role.FINANCE_APPROVER: _("Finance approver"),
    Role.FINANCE_CLERK: _("Finance clerk"),
    Role.INSTRUCTOR: _("Class instructor"),
    Role.MENTOR: _("Mentor or counselor"),
    Role.PRIVACY_OFFICER: _("Privacy and records officer"),
    Role.SBAD_COORDINATOR: _("SBAD coordinator"),
    Role.SYSTEM_ADVOCATE: _("Advocate of the office"),
    Role.TEAM_ANALYST: _("Team analyst"),
}

ROLE_WORDS: dict[Role, Sentence] = {
    Role.ADMINISTRATOR: _("Invites people, gives roles, releases locks. Sees no participant."),
    Role.AUDITOR: _("Reads the log, the ledger and its exports. Changes nothing."),
    Role.COMMUNITY_ADVOCATE: _("Reads the directory and records contacts as facts."),
    Role.COURT_COORDINATOR: _("Runs Community Court: people, dockets, outcomes, mentors."),
    Role.DEPUTY_DA: _("Reads assigned people of one program at a time; decides eligibility."),
    Role.FINANCE_APPROVER: _("Voids receipts, reverses entries, prepares deposits."),
    Role.FINANCE_CLERK: _("Takes payments of the class and reads its ledger."),
    Role.INSTRUCTOR: _("Takes the roll of own classes."),
    Role.MENTOR: _("Sees the people they are matched with and records contacts."),
    Role.PRIVACY_OFFICER: _("Reviews who opened what."),
    Role.SBAD_COORDINATOR: _("Runs the class: referrals, registrations, rolls, fees owed."),
    Role.SYSTEM_ADVOCATE: _("Helps assigned people of Community Court."),
    Role.TEAM_ANALYST: _("Sees suppressed counts only."),
}
