"""Say who may do what: the whole answer on one page.

A permission opens a kind of page; assignment and track decide which rows are on it.
Source: security.md 5, roles by data.
"""

from collections.abc import Mapping
from enum import StrEnum

from diversion.core.tracks import Track


class Role(StrEnum):
    """What a person is here to do. A new role is given in `GRANTS`, or opens nothing."""

    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    COMMUNITY_ADVOCATE = "community_advocate"
    COURT_COORDINATOR = "court_coordinator"
    DEPUTY_DA = "deputy_da"
    FINANCE_APPROVER = "finance_approver"
    FINANCE_CLERK = "finance_clerk"
    INSTRUCTOR = "instructor"
    MENTOR = "mentor"
    PRIVACY_OFFICER = "privacy_officer"
    SBAD_COORDINATOR = "sbad_coordinator"
    SYSTEM_ADVOCATE = "system_advocate"
    TEAM_ANALYST = "team_analyst"


class Permission(StrEnum):
    """One kind of page or act, as `resource:action`, in alphabetical order."""

    APPEARANCE_RECORD = "appearance:record"
    ATTENDANCE_CORRECT = "attendance:correct"
    ATTENDANCE_MARK = "attendance:mark"
    AUDIT_READ = "audit:read"
    AUDIT_READ_SYSTEM = "audit:read-system"
    BANK_RECONCILE = "bank:reconcile"
    BATCH_MAKE = "batch:make"
    BOOKS_APPROVE = "books:approve"
    BOOKS_KEEP = "books:keep"
    BUDGET_APPROVE = "budget:approve"
    BUDGET_PROPOSE = "budget:propose"
    CLASS_MANAGE = "class:manage"
    CLASS_READ = "class:read"
    CONTACT_LOG = "contact:log"
    CONTACT_OWN = "contact:own"
    COURT_FILE_READ = "court:file-read"
    COURT_FILE_WRITE = "court:file-write"
    COURT_FIND = "court:find"
    COURT_IMPORT = "court:import"
    DEPOSIT_CONFIRM = "deposit:confirm"
    DEPOSIT_PREPARE = "deposit:prepare"
    DOCKET_MANAGE = "docket:manage"
    DOCKET_READ = "docket:read"
    ELIGIBILITY_DECIDE = "eligibility:decide"
    ENROLLMENT_DECIDE = "enrollment:decide"
    FEE_CHANGE = "fee:change"
    FEE_READ = "fee:read"
    FEE_SCHEDULE = "fee:schedule"
    HELP_ASK = "help:ask"
    LEDGER_EXPORT = "ledger:export"
    LEDGER_READ = "ledger:read"
    MENTOR_ASSIGN = "mentor:assign"
    PAYMENT_MAKE = "payment:make"
    RECEIPT_TAKE = "receipt:take"
    RECEIPT_VOID = "receipt:void"
    REFUND_APPROVE = "refund:approve"
    REGISTRATION_MANAGE = "registration:manage"
    RESOURCE_READ = "resource:read"
    RESOURCE_WRITE = "resource:write"
    ROLL_FINISH = "roll:finish"
    SBAD_FILE_READ = "sbad:file-read"
    SBAD_FILE_WRITE = "sbad:file-write"
    SBAD_FIND = "sbad:find"
    SBAD_IMPORT = "sbad:import"
    STAFF_MANAGE = "staff:manage"
    STAFF_READ = "staff:read"
    STYLEGUIDE_READ = "styleguide:read"
    VOUCHER_APPROVE = "voucher:approve"
    VOUCHER_REQUEST = "voucher:request"
    WAIVER_APPROVE = "waiver:approve"


P = Permission

GRANTS: Mapping[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(
        {P.AUDIT_READ_SYSTEM, P.STAFF_MANAGE, P.STAFF_READ, P.STYLEGUIDE_READ}
    ),
    Role.AUDITOR: frozenset({P.AUDIT_READ, P.LEDGER_EXPORT, P.LEDGER_READ, P.STAFF_READ}),
    Role.COMMUNITY_ADVOCATE: frozenset({P.RESOURCE_READ}),
    Role.COURT_COORDINATOR: frozenset(
        {
            P.APPEARANCE_RECORD, P.CONTACT_LOG, P.COURT_FILE_READ, P.COURT_FILE_WRITE, P.COURT_FIND,
            P.COURT_IMPORT, P.DOCKET_MANAGE, P.DOCKET_READ, P.HELP_ASK, P.MENTOR_ASSIGN,
            P.RESOURCE_READ, P.RESOURCE_WRITE, P.VOUCHER_REQUEST,
        }
    ),
    Role.DEPUTY_DA: frozenset(
        {
            P.CLASS_READ, P.COURT_FILE_READ, P.COURT_FIND, P.DOCKET_READ, P.ELIGIBILITY_DECIDE,
            P.ENROLLMENT_DECIDE, P.FEE_READ, P.RESOURCE_READ, P.SBAD_FILE_READ, P.SBAD_FIND,
            P.VOUCHER_APPROVE, P.WAIVER_APPROVE,
        }
    ),
    Role.FINANCE_APPROVER: frozenset(
        {
            P.BANK_RECONCILE, P.BATCH_MAKE, P.BOOKS_APPROVE, P.BOOKS_KEEP, P.BUDGET_APPROVE,
            P.BUDGET_PROPOSE,
            P.DEPOSIT_CONFIRM, P.DEPOSIT_PREPARE, P.FEE_CHANGE, P.FEE_READ, P.FEE_SCHEDULE,
            P.LEDGER_EXPORT, P.LEDGER_READ, P.PAYMENT_MAKE, P.RECEIPT_VOID, P.REFUND_APPROVE,
            P.VOUCHER_APPROVE, P.VOUCHER_REQUEST, P.WAIVER_APPROVE,
        }
    ),
    Role.FINANCE_CLERK: frozenset(
        {P.FEE_CHANGE, P.FEE_READ, P.LEDGER_EXPORT, P.LEDGER_READ, P.RECEIPT_TAKE}
    ),
    Role.INSTRUCTOR: frozenset({P.ATTENDANCE_MARK, P.CLASS_READ, P.ROLL_FINISH}),
    Role.MENTOR: frozenset({P.CONTACT_LOG, P.CONTACT_OWN, P.COURT_FILE_READ, P.RESOURCE_READ}),
    Role.PRIVACY_OFFICER: frozenset({P.AUDIT_READ, P.STAFF_READ}),
    Role.SBAD_COORDINATOR: frozenset(
        {
            P.ATTENDANCE_CORRECT, P.ATTENDANCE_MARK, P.CLASS_MANAGE, P.CLASS_READ,
            P.ELIGIBILITY_DECIDE, P.FEE_CHANGE, P.FEE_READ, P.REGISTRATION_MANAGE, P.ROLL_FINISH,
            P.SBAD_FILE_READ, P.SBAD_FILE_WRITE, P.SBAD_FIND, P.SBAD_IMPORT,
            P.VOUCHER_REQUEST,
        }
    ),
    Role.SYSTEM_ADVOCATE: frozenset(
        {
            P.COURT_FILE_READ, P.COURT_FIND, P.DOCKET_READ, P.HELP_ASK, P.RESOURCE_READ,
            P.VOUCHER_REQUEST,
        }
    ),
    Role.TEAM_ANALYST: frozenset(),
}  # fmt: skip

_COURT = frozenset({Track.COMMUNITY_COURT})
_SBAD = frozenset({Track.SBAD})

# On which side of the wall a role may read who a person is.
SIDES: Mapping[Role, frozenset[Track]] = {
    Role.ADMINISTRATOR: frozenset(),
    Role.AUDITOR: frozenset(),
    Role.COMMUNITY_ADVOCATE: _COURT,
    Role.COURT_COORDINATOR: _COURT,
    Role.DEPUTY_DA: _COURT | _SBAD,
    Role.FINANCE_APPROVER: _SBAD,
    Role.FINANCE_CLERK: _SBAD,
    Role.INSTRUCTOR: _SBAD,
    Role.MENTOR: _COURT,
    Role.PRIVACY_OFFICER: frozenset(),
    Role.SBAD_COORDINATOR: _SBAD,
    Role.SYSTEM_ADVOCATE: _COURT,
    Role.TEAM_ANALYST: frozenset(),
}


class Side(StrEnum):
    """What the database keeps of a role's place at the wall: one person, one side."""

    BOTH = "both"
    COMMUNITY_COURT = "community_court"
    SBAD = "sbad"


def side_of(role: Role) -> Side | None:
    """Return the side of a role; None if it never shows who a participant is."""
    tracks = SIDES[role]
    if len(tracks) > 1:
        return Side.BOTH
    return Side(next(iter(tracks)).value) if tracks else None


# The side of the wall on which a permission's pages lie; what is not here lies on neither.
TRACK_OF: Mapping[Permission, Track] = {
    **dict.fromkeys(
        (
            P.APPEARANCE_RECORD, P.CONTACT_LOG, P.CONTACT_OWN, P.COURT_FILE_READ,
            P.COURT_FILE_WRITE, P.COURT_FIND, P.COURT_IMPORT, P.DOCKET_MANAGE, P.DOCKET_READ,
            P.HELP_ASK, P.MENTOR_ASSIGN, P.RESOURCE_READ, P.RESOURCE_WRITE,
        ),
        Track.COMMUNITY_COURT,
    ),
    **dict.fromkeys(
        (
            P.ATTENDANCE_CORRECT, P.ATTENDANCE_MARK, P.CLASS_MANAGE, P.CLASS_READ,
            P.ELIGIBILITY_DECIDE, P.ENROLLMENT_DECIDE, P.FEE_CHANGE, P.FEE_READ,
            P.REGISTRATION_MANAGE, P.ROLL_FINISH, P.SBAD_FILE_READ,
            P.SBAD_FILE_WRITE, P.SBAD_FIND, P.SBAD_IMPORT, P.WAIVER_APPROVE,
        ),
        Track.SBAD,
    ),
}  # fmt: skip
