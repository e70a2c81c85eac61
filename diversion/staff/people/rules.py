"""Decide which roles one person may hold together."""

from collections.abc import Collection

from diversion.core.errors import Refused
from diversion.core.words import Sentence, _
from diversion.staff.permissions import Role, Side, side_of

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

OFFERED = (
    Role.COURT_COORDINATOR, Role.SBAD_COORDINATOR, Role.DEPUTY_DA, Role.INSTRUCTOR,
    Role.FINANCE_CLERK, Role.FINANCE_APPROVER, Role.MENTOR, Role.ADMINISTRATOR,
)  # fmt: skip


class BothPrograms(Refused):
    """Whoever may read identities on one side of the wall is never given the other.

    Source: security.md 5, the wall.
    """


def check_wall(role: Role, held: Collection[Role]) -> None:
    """Refuse a role that would let one person read about people of both programs."""
    side = side_of(role)
    for other in sorted(held):
        theirs = side_of(other)
        if side is not None and theirs is not None and (side is not theirs or side is Side.BOTH):
            raise BothPrograms(
                _(
                    "This person already has the role “{role}”. Nobody may read about people of "
                    "both programs. Remove that role first, or give this one to somebody else.",
                    role=ROLE_NAMES[other],
                ),
                field="role",
            )
