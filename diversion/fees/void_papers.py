"""Keep what somebody asked about a void, and let it wait for somebody else."""

from datetime import date, datetime

from sqlalchemy import select

from diversion.core import once
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.finding import the_one
from diversion.core.words import _
from diversion.fees.models import Numbered, VoidReason
from diversion.fees.void_models import PayersCopy, VoidPaper
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.models import Matter
from diversion.staff.approvals.queries import waiting_about
from diversion.staff.models import Staff


class AlreadyAsked(Refused):
    """One request about a receipt at a time."""

    sentence = _("Somebody asked for this void already. It waits for a decision.")


def put_to_another(
    receipt: Numbered, reason: VoidReason, copy: PayersCopy, *, by: Staff, on: date, now: datetime
) -> VoidPaper:
    """Let a void that may be asked for wait for somebody else. Raises AlreadyAsked."""
    if waiting(receipt.id) is not None:
        raise AlreadyAsked
    paper = keep(receipt, reason, copy, by=by, on=on, now=now)
    approvals.ask(
        Matter.VOID, paper.handle, amount=receipt.amount, request_hash=request_hash(paper), by=by,
        now=now,
    )  # fmt: skip
    return paper


def request_hash(paper: VoidPaper) -> str:
    """Return what an approval of it is bound to."""
    asked = {n: getattr(paper, n) for n in ("handle", "receipt_id", "reason", "copy")}
    return once.request_hash("void", asked)


def paper(handle: str) -> VoidPaper:
    """Return a request by its handle. Raises NotYours."""
    return the_one(select(VoidPaper).where(VoidPaper.handle == handle))


def papers_of(receipt_id: int) -> list[VoidPaper]:
    """Return what was asked about a receipt, newest first."""
    query = select(VoidPaper).where(VoidPaper.receipt_id == receipt_id)
    return list(db.session.scalars(query.order_by(VoidPaper.id.desc())))


def waiting(receipt_id: int) -> VoidPaper | None:
    """Return what was asked about a receipt and waits for somebody."""
    found = papers_of(receipt_id)
    return next((p for p in found if waiting_about(Matter.VOID, p.handle)), None)


def keep(
    receipt: Numbered, reason: VoidReason, copy: PayersCopy, *, by: Staff, on: date, now: datetime
) -> VoidPaper:
    paper = VoidPaper(
        receipt_id=receipt.id, reason=reason, copy=copy, asked_on=on, asked_at=now,
        asked_by_id=by.id,
    )  # fmt: skip
    db.session.add(paper)
    db.session.flush()
    return paper
