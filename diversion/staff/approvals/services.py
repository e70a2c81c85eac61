"""Ask a second person, and keep the decision; always inside the caller's transaction."""

from datetime import datetime

from sqlalchemy import func, select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.errors import NotYours, Refused
from diversion.core.money import Money
from diversion.core.words import _
from diversion.staff.approvals import queries, rules
from diversion.staff.approvals.models import ApprovalDecision, ApprovalRequest, Decision, Matter
from diversion.staff.models import Staff


class Asked(Refused):
    """One request about one paper at a time."""

    sentence = _("Somebody has asked for this already. It waits for a decision.")


class NotApproved(Refused):
    """Nothing is carried out that a second person has not approved as it is."""

    sentence = _("This is not approved as it stands. Ask for it again.")


def ask(
    matter: Matter, subject: str, *, amount: Money, request_hash: str, by: Staff, now: datetime
) -> ApprovalRequest:
    """Ask a second person to decide on a paper. Raises Asked while one request waits."""
    about = (ApprovalRequest.matter == matter, ApprovalRequest.subject == subject)
    if queries.waiting_about(matter, subject) is not None:
        raise Asked
    turn = db.session.scalar(select(func.coalesce(func.max(ApprovalRequest.turn), 0)).where(*about))
    request = ApprovalRequest(
        matter=matter, subject=subject, turn=(turn or 0) + 1, amount=amount,
        request_hash=request_hash, asked_by_id=by.id, asked_at=now,
    )  # fmt: skip
    db.session.add(request)
    db.session.flush()
    record(Act.APPROVAL_ASKED, f"approval:{request.handle}", f"{matter}:{subject}", by=by,
           cents=amount.cents, bound=request_hash)  # fmt: skip
    return request


def decide(
    request: ApprovalRequest, decision: Decision, *, seen: str, by: Staff, limit: Money,
    now: datetime,
) -> ApprovalDecision:  # fmt: skip
    """Keep the one answer to a request.

    `seen` is the part of the hash that the page showed, `limit` the amount up to which a
    supervisor decides. Raises Decided, Changed, SamePerson,
    NotTheirs, AboveLimit, and NotYours for who has no right to the matter.
    """
    if decision is not Decision.WITHDRAWN and not by.may(rules.DECIDED_BY[request.matter]):
        raise NotYours
    # Of two who decide at once, the second one reads what the first one did.
    db.session.refresh(request, with_for_update=True)
    if not request.is_waiting:
        raise rules.Decided
    if seen != request.hash16:
        raise rules.Changed
    rules.check(decision, request.amount, request.asked_by_id, by, limit)
    made = ApprovalDecision(
        request_id=request.id, asked_by_id=request.asked_by_id, decision=decision,
        decided_by_id=by.id, decided_at=now,
    )  # fmt: skip
    request.decided = made
    db.session.flush()
    record(Act.APPROVAL_DECIDED, f"approval:{request.handle}",
           f"{request.matter}:{request.subject}", by=by, decision=decision.value)  # fmt: skip
    return made


def approver_of(matter: Matter, subject: str, request_hash: str) -> int:
    """Return who approved a paper as it stands. Raises NotApproved: a changed amount voids it."""
    latest = queries.latest_about(matter, subject)
    if latest is None or latest.request_hash != request_hash or latest.approved_by is None:
        raise NotApproved
    return latest.approved_by
