"""Ask to change a fee, and carry out what a second person approved (E02 to E05)."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.handles import new_handle
from diversion.core.money import ZERO, Money
from diversion.fees import evidence
from diversion.fees.ability.models import AbilityWorksheet
from diversion.fees.codes import Change, Why
from diversion.fees.models import Obligation
from diversion.fees.refunds import services as refunds
from diversion.fees.refunds.models import RefundReason
from diversion.fees.refunds.services import Wish
from diversion.fees.waivers import queries, rules
from diversion.fees.waivers.models import FeeChange, FeeRequest
from diversion.ledger import services as books
from diversion.ledger.accounts import DEFERRED, RECEIVABLE
from diversion.ledger.codes import Code
from diversion.ledger.commands import Command, credit, debit
from diversion.ledger.refusals import LedgerRefused
from diversion.participants import texts
from diversion.participants.models import Participant
from diversion.staff.approvals import services as approvals
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission

PLACE = ("fee_request", "note")


@dataclass(frozen=True)
class Wanted:
    """What is asked about a fee: `amount` is missing where all that is open is meant."""

    change: Change
    why: Why
    note: str
    amount: Money | None = None
    document_hash: str = ""
    worksheet: AbilityWorksheet | None = None
    reinstates: FeeRequest | None = None


def ask(
    participant: Participant, obligation: Obligation, wanted: Wanted, *, key: str, by: Staff,
    on: date, now: datetime,
) -> FeeRequest:  # fmt: skip
    """Ask a second person to change a fee; the key counts once.

    Raises NoNote, MoreThanOpen, NothingOpen, NotThisWhy, NothingToReinstate, Asked.
    """
    earlier = once.claim(key, once.request_hash("fee_request", _asked(obligation, wanted)))
    if earlier is not None:
        return queries.request(earlier)
    books.hold()
    part = _part(obligation, wanted)
    if any(queries.is_waiting(each) for each in queries.not_carried_out(obligation.id)):
        raise rules.Asked
    handle = new_handle()
    made = FeeRequest(
        handle=handle, participant_id=participant.id, track=participant.track,
        obligation_id=obligation.id, change=wanted.change, amount=part.open, refund=part.paid,
        why=wanted.why, note=texts.seal(participant, *PLACE, handle, wanted.note),
        document_hash=wanted.document_hash,
        worksheet_id=wanted.worksheet.id if wanted.worksheet else None,
        reinstates_id=wanted.reinstates.id if wanted.reinstates else None,
        asked_by_id=by.id, asked_on=on, asked_at=now,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    approvals.ask(
        wanted.change.matter, handle, amount=part.open + part.paid, request_hash=hash_of(made),
        by=by, now=now,
    )  # fmt: skip
    once.settle(key, handle)
    record(Act.FEE_CHANGE_ASKED, f"fee_request:{handle}", f"obligation:{obligation.handle}",
           by=by, change=wanted.change.value, why=wanted.why.value)  # fmt: skip
    return made


def _asked(obligation: Obligation, wanted: Wanted) -> dict[str, object]:
    named = {
        "worksheet": wanted.worksheet.handle if wanted.worksheet else "",
        "reinstates": wanted.reinstates.handle if wanted.reinstates else "",
        "amount": wanted.amount.cents if wanted.amount else "",
    }
    return {**vars(wanted), **named, "obligation": obligation.handle}


def _part(obligation: Obligation, wanted: Wanted) -> rules.Part:
    rules.check_reason(wanted.change, wanted.why, wanted.note)
    if wanted.change is Change.REINSTATE:
        found = queries.can_be_reinstated(obligation.id)
        if wanted.reinstates is None or wanted.reinstates not in found:
            raise rules.NothingToReinstate
        return rules.Part(wanted.reinstates.amount, ZERO)
    open_ = queries.open_of(obligation.id)
    paid = refunds.most_of(obligation.participant_id, obligation.id)
    return rules.part(wanted.change, wanted.amount, open_, paid)


def hash_of(request: FeeRequest) -> str:
    """Return what an approval is bound to: the whole of what is asked."""
    names = (
        "handle", "participant_id", "obligation_id", "change", "why",
        "document_hash", "worksheet_id", "reinstates_id", "asked_by_id",
    )  # fmt: skip
    values: dict[str, object] = {name: getattr(request, name) for name in names}
    more = {
        "amount": request.amount.cents, "refund": request.refund.cents,
        "note": hashlib.sha256(request.note).hexdigest(),
    }  # fmt: skip
    return once.request_hash("fee_request", {**values, **more})


def carry_out(request: FeeRequest, *, hold_days: int, on: date, now: datetime) -> FeeChange:
    """Post what a second person approved, in the transaction of the approval.

    What was paid of a fee that is reduced goes back with it; `hold_days` is how many
    business days a check is waited for. Raises NotApproved, MoneyGoesBack, ChangedSince
    where less is open by now, LedgerRefused.
    """
    books.hold()
    matter = request.change.matter
    approver = approvals.approver_of(matter, request.handle, hash_of(request))
    asker = db.session.get_one(Staff, request.asked_by_id)
    try:
        entry = _post(request, approver, on=on, now=now)
        _pay_back(request, asker, approver, hold_days=hold_days, on=on, now=now)
    except LedgerRefused as refusal:
        if refusal.code in (Code.BELOW_FLOOR, Code.ALREADY_REVERSED):
            raise rules.ChangedSince from refusal
        raise
    made = FeeChange(
        request_id=request.id, entry_number=entry, changed_on=on, approved_by_id=approver
    )
    request.carried_out = made
    db.session.flush()
    evidence.follow([request.obligation.enrollment_id], on=on, by=asker)
    record(Act.FEE_CHANGED, f"fee_request:{request.handle}",
           f"obligation:{request.obligation.handle}", by=approver, change=request.change.value,
           cents=request.amount.cents)  # fmt: skip
    return made


def _post(request: FeeRequest, approver: int, *, on: date, now: datetime) -> int | None:
    """Post for whoever asked: what is owed and what is not yet earned move together."""
    key, who = f"fee-change:{request.handle}", request.asked_by_id
    if request.reinstates_id is not None:
        given_up = db.session.get_one(FeeChange, request.reinstates_id)
        return books.reverse(
            given_up.entry_number or 0, event=request.change.event, key=key, by=who,
            approved_by=approver, on=on, now=now, doc=request.handle,
        ).number  # fmt: skip
    if not request.amount:
        return None
    up, down = (RECEIVABLE, DEFERRED) if request.change.raises else (DEFERRED, RECEIVABLE)
    sub = request.obligation_id
    lines = [debit(up, request.amount, sub), credit(down, request.amount, sub)]
    command = Command(request.change.event, lines, doc=request.handle)
    return books.post(
        command, key=key, by=who, approved_by=approver, on=on, now=now
    ).number  # fmt: skip


def _pay_back(
    request: FeeRequest, asker: Staff, approver: int, *, hold_days: int, on: date, now: datetime
) -> None:
    if not request.refund:
        return
    if not db.session.get_one(Staff, approver).may(Permission.REFUND_APPROVE):
        raise rules.MoneyGoesBack
    wish = Wish(
        request.refund, RefundReason.REDUCED, request.obligation, document=request.document_hash
    )
    person = db.session.get_one(Participant, request.participant_id)
    refunds.refund_at_once(
        person, wish, by=asker, approved_by=approver, hold_days=hold_days, on=on, now=now
    )


def note_of(request: FeeRequest, participant: Participant) -> str:
    """Open the reason as it was written."""
    return texts.open_text(participant, *PLACE, request.handle, request.note)
