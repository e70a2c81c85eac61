"""Find what waits for a second person."""

from collections.abc import Collection

from sqlalchemy import Select, select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.staff.approvals.models import ApprovalDecision, ApprovalRequest, Matter
from diversion.staff.approvals.rules import DECIDED_BY
from diversion.staff.models import Staff


def request(handle: str) -> ApprovalRequest:
    """Return a request by its handle. Raises NotYours."""
    return the_one(select(ApprovalRequest).where(ApprovalRequest.handle == handle))


def waiting() -> Select[ApprovalRequest]:
    """Return the requests without a decision, oldest first."""
    decided = select(ApprovalDecision.request_id)
    query = select(ApprovalRequest).where(ApprovalRequest.id.not_in(decided))
    return query.order_by(ApprovalRequest.id)


def waiting_for(staff: Staff) -> list[ApprovalRequest]:
    """Return what this person may decide: of the matters open to them, asked by others."""
    matters = [matter for matter, permission in DECIDED_BY.items() if staff.may(permission)]
    query = waiting().where(
        ApprovalRequest.matter.in_(matters), ApprovalRequest.asked_by_id != staff.id
    )
    return list(db.session.scalars(query))


def asked_by(staff: Staff) -> list[ApprovalRequest]:
    """Return what this person asked for and nobody decided yet."""
    return list(db.session.scalars(waiting().where(ApprovalRequest.asked_by_id == staff.id)))


def about(matter: Matter, subject: str) -> list[ApprovalRequest]:
    """Return every request about a paper, newest first."""
    query = select(ApprovalRequest).where(
        ApprovalRequest.matter == matter, ApprovalRequest.subject == subject
    )
    return list(db.session.scalars(query.order_by(ApprovalRequest.turn.desc())))


def latest_about(matter: Matter, subject: str) -> ApprovalRequest | None:
    return next(iter(about(matter, subject)), None)


def waiting_about(matter: Matter, subject: str) -> ApprovalRequest | None:
    latest = latest_about(matter, subject)
    return latest if latest is not None and latest.is_waiting else None


def subjects_waiting(matters: Collection[Matter]) -> set[str]:
    """Return the papers of some matters that wait for a decision."""
    query = waiting().where(ApprovalRequest.matter.in_(matters))
    return {each.subject for each in db.session.scalars(query)}
