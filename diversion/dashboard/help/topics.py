"""Name the help pages and whose work each one is about."""

from dataclasses import dataclass

from diversion.core.words import Sentence, _
from diversion.staff.permissions import Role


@dataclass(frozen=True)
class Topic:
    """One page of help; `roles` are those whose day it describes."""

    slug: str
    title: Sentence
    about: Sentence
    roles: frozenset[Role]


TOPICS = (
    Topic(
        "roll-call",
        _("Take a roll call"),
        _("For instructors: mark a class, on a phone or at a desk."),
        frozenset({Role.INSTRUCTOR, Role.SBAD_COORDINATOR}),
    ),
    Topic(
        "classes",
        _("From referral to class"),
        _("For class coordinators: refer, decide, sign, enroll, register."),
        frozenset({Role.SBAD_COORDINATOR, Role.DEPUTY_DA}),
    ),
    Topic(
        "endings",
        _("To the end of a case"),
        _("For class coordinators and deputies: pause, excuse, notice, sign off, papers, seal."),
        frozenset({Role.SBAD_COORDINATOR, Role.DEPUTY_DA}),
    ),
    Topic(
        "payments",
        _("Take a payment"),
        _("For finance staff: who owes what, receipts, the ledger, the month as a workbook."),
        frozenset({Role.FINANCE_CLERK, Role.FINANCE_APPROVER, Role.AUDITOR}),
    ),
    Topic(
        "owed",
        _("When someone can't pay"),
        _("For program and finance staff: worksheets, waivers, plans, credits, letters, aging."),
        frozenset(
            {Role.SBAD_COORDINATOR, Role.DEPUTY_DA, Role.FINANCE_CLERK, Role.FINANCE_APPROVER}
        ),
    ),
    Topic(
        "counter",
        _("A day at the counter"),
        _("For finance staff: drawer, voids, returned checks, refunds, cards, the daily close."),
        frozenset({Role.FINANCE_CLERK, Role.FINANCE_APPROVER, Role.AUDITOR}),
    ),
    Topic(
        "state-fee",
        _("The state's fee"),
        _("For finance staff: noted or taken, deposited and sent on, apart from the fund."),
        frozenset({Role.FINANCE_CLERK, Role.FINANCE_APPROVER, Role.AUDITOR}),
    ),
    Topic(
        "bank",
        _("Deposits and the bank"),
        _("For finance staff: count, deposit, confirm, and match the treasurer's statement."),
        frozenset({Role.FINANCE_CLERK, Role.FINANCE_APPROVER, Role.AUDITOR}),
    ),
    Topic(
        "money-out",
        _("Pay out of the fund"),
        _("For finance and program staff: budget, awards, vouchers, what a receipt paid for."),
        frozenset(
            {
                Role.FINANCE_APPROVER,
                Role.FINANCE_CLERK,
                Role.AUDITOR,
                Role.DEPUTY_DA,
                Role.COURT_COORDINATOR,
                Role.SBAD_COORDINATOR,
                Role.SYSTEM_ADVOCATE,
            }
        ),
    ),
    Topic(
        "exports",
        _("Let the books out"),
        _("For finance staff and auditors: files of a month, and how others check them."),
        frozenset({Role.FINANCE_APPROVER, Role.FINANCE_CLERK, Role.AUDITOR}),
    ),
    Topic(
        "months",
        _("Close a month"),
        _("For finance approvers: the checklist, the seal, opening again, the year, reports."),
        frozenset({Role.FINANCE_APPROVER, Role.AUDITOR}),
    ),
    Topic(
        "corrections",
        _("Correct the books"),
        _("For finance approvers: adjustments and reversals, always with a second person."),
        frozenset({Role.FINANCE_APPROVER, Role.AUDITOR}),
    ),
    Topic(
        "dockets",
        _("A docket day"),
        _("For court coordinators: put people on a day, record what happened, set the next date."),
        frozenset({Role.COURT_COORDINATOR, Role.DEPUTY_DA, Role.SYSTEM_ADVOCATE}),
    ),
    Topic(
        "imports",
        _("Bring in a workbook"),
        _("For coordinators: check a file before anything is saved, and undo it."),
        frozenset({Role.COURT_COORDINATOR, Role.SBAD_COORDINATOR}),
    ),
    Topic(
        "staff",
        _("People who sign in"),
        _("For administrators: invite, give roles, release a lock, end a session."),
        frozenset({Role.ADMINISTRATOR}),
    ),
    Topic(
        "log",
        _("Who opened what"),
        _("For auditors and the privacy officer: read the log of views and changes."),
        frozenset({Role.AUDITOR, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR}),
    ),
)
BY_SLUG = {topic.slug: topic for topic in TOPICS}


def sorted_for(roles: frozenset[Role]) -> tuple[list[Topic], list[Topic]]:
    """Return the topics of one's own work, then the others."""
    own = [topic for topic in TOPICS if topic.roles & roles]
    return own, [topic for topic in TOPICS if topic not in own]
