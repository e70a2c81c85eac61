"""Find requests and answers that are not what the log was told of them."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.audit.queries import Told, told
from diversion.core.database import db
from diversion.staff.approvals.models import ApprovalDecision, ApprovalRequest

# The log is written as the last act of a transaction, the request at its beginning.
AT_ONCE = timedelta(hours=1)


def untold() -> Iterator[tuple[int, str]]:
    """Yield each request by its number and paper that the log knows otherwise, or not at all.

    Compared are who asked, for which money, when, and bound to what; who decided, and how.
    What the log was told of a request that is gone comes as number 0.
    """
    asked, decided = _by_request(Act.APPROVAL_ASKED), _by_request(Act.APPROVAL_DECIDED)
    columns = (
        ApprovalRequest.id, ApprovalRequest.handle, ApprovalRequest.matter,
        ApprovalRequest.subject, ApprovalRequest.amount, ApprovalRequest.request_hash,
        ApprovalRequest.asked_by_id, ApprovalRequest.asked_at, ApprovalDecision.decision,
        ApprovalDecision.decided_by_id,
    )  # fmt: skip
    query = select(*columns).outerjoin(
        ApprovalDecision, ApprovalDecision.request_id == ApprovalRequest.id
    )
    for row in db.session.execute(query.order_by(ApprovalRequest.id)):
        name = f"approval:{row.handle}"
        if not (_asked_so(row, asked.pop(name, None)) and _decided_so(row, decided.get(name))):
            yield row.id, f"{row.matter} {row.subject}"
    for name in asked:
        yield 0, name


def _by_request(act: Act) -> dict[str, Told]:
    return {each.object: each for each in told(act)}


def _asked_so(row: Any, log: Told | None) -> bool:
    if log is None or abs(log.at - row.asked_at) > AT_ONCE:
        return False
    bound = log.facts.get("bound", row.request_hash)  # older releases told the amount alone
    said = (log.actor, log.facts.get("cents"), bound)
    return said == (row.asked_by_id, row.amount.cents, row.request_hash)


def _decided_so(row: Any, log: Told | None) -> bool:
    facts: Mapping[str, Any] = log.facts if log else {}
    actor = log.actor if log else None
    return (actor, facts.get("decision")) == (row.decided_by_id, row.decision)
