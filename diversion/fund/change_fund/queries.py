"""Find what was asked about the change of the drawers."""

from typing import Any

from sqlalchemy import Select, select

from diversion.fund.corrections.models import Correction, CorrectionLine, CorrectionPosted
from diversion.fund.drawers.models import Till
from diversion.ledger.accounts import CHANGE_FUND
from diversion.staff.approvals.models import ApprovalDecision, ApprovalRequest, Matter
from diversion.staff.models import Staff


def asked() -> Select[*tuple[Any, ...]]:
    """Return what was asked, newest first: number, till, cents, asker, decision, entry."""
    about = (ApprovalRequest.matter == Matter.ADJUSTMENT) & (
        ApprovalRequest.subject == Correction.number
    )
    return (
        select(
            Correction.number, Correction.asked_at, Till.name.label("till"),
            CorrectionLine.cents, Staff.name.label("asker"), ApprovalDecision.decision,
            CorrectionPosted.entry,
        )
        .join(CorrectionLine, CorrectionLine.correction_id == Correction.id)
        .join(Till, Till.id == CorrectionLine.sub)
        .join(Staff, Staff.id == Correction.asked_by_id)
        .join(ApprovalRequest, about)
        .outerjoin(ApprovalDecision, ApprovalDecision.request_id == ApprovalRequest.id)
        .outerjoin(CorrectionPosted, CorrectionPosted.correction_id == Correction.id)
        .where(CorrectionLine.account == CHANGE_FUND)
        .order_by(Correction.id.desc())
    )  # fmt: skip
