"""Answer who owes what; the amounts are the ledger's."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Subquery, bindparam, func, select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.core.money import ZERO, Money
from diversion.core.tracks import Track
from diversion.fees.due_days import due_day
from diversion.fees.models import Obligation, ObligationUndone, Payor, Receipt, ReceiptVoid
from diversion.fees.rules import Due
from diversion.fees.state_models import StateReceipt
from diversion.ledger import queries as ledger
from diversion.ledger.accounts import CREDITS, RECEIVABLE
from diversion.ledger.events import Event
from diversion.ledger.movements import counted, movements, sum_of
from diversion.participants.models import Participant

GIVEN_UP = (Event.WAIVE, Event.REDUCE, Event.WRITE_OFF)


@dataclass(frozen=True)
class Charge:
    """An obligation as its account shows it."""

    id: int
    handle: str
    label: str
    amount: Money
    open: Money
    assessed_on: date
    due_on: date
    entry: int
    imported: bool
    undone: bool
    raised: Money
    given_up: Money

    @property
    def paid(self) -> Money:
        """Return what was paid and stayed so."""
        return ZERO if self.undone else self.amount + self.raised - self.given_up - self.open


def dues(participant_id: int) -> list[Due]:
    """Return what is open, oldest due date first."""
    return [
        Due(o.id, due_on, Money(int(cents)), o.revenue_account, o.earmark)
        for o, cents, due_on in db.session.execute(_DUES, {"who": participant_id})
    ]


def by_key(participant_id: int, parts: Collection[tuple[str, Money]]) -> dict[int, Money]:
    """Return amounts by the key of a participant's fee, for its handle; 0 is left out."""
    wanted = dict(parts)
    if not wanted:
        return {}
    query = select(Obligation.handle, Obligation.id).where(
        Obligation.participant_id == participant_id, Obligation.handle.in_(wanted)
    )
    return {row.id: wanted[row.handle] for row in db.session.execute(query) if wanted[row.handle]}


def owed_by(participant_ids: Collection[int]) -> dict[int, Money]:
    """Return what each participant owes; nothing charged is nothing owed."""
    rows = db.session.execute(_OWED_BY, {"everybody": list(participant_ids)})
    found = {who: Money(int(cents)) for who, cents in rows}
    return {who: found.get(who, ZERO) for who in participant_ids}


def owed_on(enrollment_id: int) -> Money:
    """Return what is open on the obligations of one enrollment."""
    return Money(int(db.session.scalar(_OWED_ON, {"enrollment": enrollment_id}) or 0))


def is_assessed(enrollment_id: int) -> bool:
    """Say whether the fee of an enrollment was charged and still stands."""
    undone = select(ObligationUndone.obligation_id)
    query = select(Obligation.id).where(
        Obligation.enrollment_id == enrollment_id, Obligation.id.not_in(undone)
    )
    return db.session.scalar(query.limit(1)) is not None


def credit_of(participant_id: int) -> Money:
    """Return what stands to a participant's credit."""
    return -ledger.balance(CREDITS, participant_id)


def charges(
    participant_id: int, *, on: date | None = None, up_to: int | None = None
) -> list[Charge]:
    """Return all that a participant was charged by a day and an entry, oldest first.

    Three statements.
    """
    known_at = ledger.known_at(up_to) if up_to is not None else None
    query = (
        select(Obligation, ObligationUndone.entry_number, due_day(on, known_at))
        .outerjoin(ObligationUndone, ObligationUndone.obligation_id == Obligation.id)
        .where(Obligation.participant_id == participant_id)
        .order_by(Obligation.assessed_on, Obligation.id)
    )
    rows = db.session.execute(query).all()
    moved = movements(RECEIVABLE, [o.id for o, *_ in rows], on=on, up_to=up_to)
    undone_by = counted([undone for _, undone, _day in rows if undone], on=on, up_to=up_to)
    return [
        Charge(o.id, o.handle, o.label, o.amount, sum_of(found, *found), o.assessed_on, due_on,
               o.entry_number or 0, o.imported, undone in undone_by,
               sum_of(found, Event.ASSESS_UP), -sum_of(found, *GIVEN_UP))
        for o, undone, due_on in rows if (found := moved.get(o.id))
    ]  # fmt: skip


def receipts_of(participant_id: int) -> Sequence[tuple[Receipt, ReceiptVoid | None]]:
    """Return a participant's receipts with their voids, newest first."""
    query = (
        select(Receipt, ReceiptVoid)
        .outerjoin(ReceiptVoid, ReceiptVoid.receipt_id == Receipt.id)
        .where(Receipt.participant_id == participant_id)
        .order_by(Receipt.taken_on.desc(), Receipt.id.desc())
    )
    return [(receipt, void) for receipt, void in db.session.execute(query)]


def receipt(number: str, track: Track | None = None) -> Receipt:
    """Return a receipt by its number. Raises NotYours."""
    query = select(Receipt).where(Receipt.number == number)
    if track is not None:
        query = query.where(Receipt.track == track)
    return the_one(query)


def is_on_account(number: str) -> bool:
    """Say whether a receipt of this number belongs to an account."""
    return db.session.scalar(select(Receipt.id).where(Receipt.number == number)) is not None


def obligations_of(participant_id: int) -> list[int]:
    """Return the keys of all that a participant of the class program was charged."""
    query = select(Obligation.id).where(
        Obligation.participant_id == participant_id, Obligation.track == Track.SBAD
    )
    return list(db.session.scalars(query.order_by(Obligation.id)))


def numbers_by_obligation(ids: Collection[int]) -> dict[int, str]:
    """Return the participant's number of each obligation of the class program."""
    query = (
        select(Obligation.id, Participant.number)
        .join(Participant, Participant.id == Obligation.participant_id)
        .where(Obligation.id.in_(ids), Participant.track == Track.SBAD)
    )
    return {row.id: row.number for row in db.session.execute(query)}


def numbers_by_handle(handles: Collection[str]) -> dict[str, str]:
    """Return the participant's number of each charge of the class program, by its handle."""
    if not handles:
        return {}
    query = (
        select(Obligation.handle, Participant.number)
        .join(Participant, Participant.id == Obligation.participant_id)
        .where(Obligation.handle.in_(handles), Participant.track == Track.SBAD)
    )
    return {row.handle: row.number for row in db.session.execute(query)}


def payors_of(receipt_ids: Collection[int]) -> dict[int, tuple[str, Payor]]:
    """Return, by receipt, for whom of the class program it was given and who paid."""
    own, of_state = (
        select(kind.id, Participant.number, kind.payor)
        .join(Participant, Participant.id == kind.participant_id)
        .where(kind.id.in_(receipt_ids), Participant.track == Track.SBAD)
        for kind in (Receipt, StateReceipt)
    )
    rows = db.session.execute(own.union_all(of_state))
    return {key: (number, payor) for key, number, payor in rows}


def _open(theirs: ColumnElement[bool]) -> Subquery:
    return ledger.open_items(RECEIVABLE, select(Obligation.id).where(theirs)).subquery()


# Put together once: a receipt asks all of them while every other cashier waits for the lock.
_ONE = Obligation.participant_id == bindparam("who")
_OF_ONE = _open(_ONE)
_DUES = (
    select(Obligation, _OF_ONE.c.cents, due_day().label("day"))
    .join(_OF_ONE, _OF_ONE.c.sub == Obligation.id)
    .where(_ONE)
    .order_by("day", Obligation.id)
)
_SOME = Obligation.participant_id.in_(bindparam("everybody", expanding=True))
_OF_SOME = _open(_SOME)
_OWED_BY = (
    select(Obligation.participant_id, func.sum(_OF_SOME.c.cents))
    .join(_OF_SOME, _OF_SOME.c.sub == Obligation.id)
    .where(_SOME)
    .group_by(Obligation.participant_id)
)
_OF_ENROLLMENT = _open(Obligation.enrollment_id == bindparam("enrollment"))
_OWED_ON = select(func.sum(_OF_ENROLLMENT.c.cents))
