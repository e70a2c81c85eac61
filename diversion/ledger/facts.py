"""Fetch the facts of a decision, under the lock that orders all entries."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select, tuple_

from diversion.core.database import db, known_here
from diversion.ledger import chain
from diversion.ledger.accounts import STATUTORY_UNDEPOSITED, UNDEPOSITED
from diversion.ledger.commands import Command, Line, Mode
from diversion.ledger.event_types import EventApart
from diversion.ledger.events import BY_EVENT, RELAXED
from diversion.ledger.models import (
    AccountRow,
    Balance,
    ChainHead,
    Entry,
    OfficeSwitch,
    Period,
    Posting,
    ReceiptNumber,
)
from diversion.ledger.rules import Key, Original, Snapshot


class ChainBroken(RuntimeError):
    """The last entry does not fit its hash: nothing may be appended before it is explained."""


def lock_head() -> ChainHead:
    """Take the lock that orders entries and check the last one again, once a transaction.

    Raises ChainBroken: a false hash written by another program is found here.
    """
    query = select(ChainHead).with_for_update().execution_options(populate_existing=True)
    head = db.session.scalars(query).one()
    known, last = known_here(), (head.seq, head.hash)
    if head.seq and known.get("head") != last:
        if _last_hash(head.seq) != {head.hash}:
            raise ChainBroken(f"entry {head.seq}")
        known["head"] = last
    return head


def _last_hash(number: int) -> set[str]:
    """Return the hash that an entry has and the one that it should have: one, if it is sound."""
    lines = (Posting.account, Posting.cents, Posting.sub, Posting.earmark)
    query = (
        select(*Entry.__table__.columns, *lines)
        .join(Posting, Posting.entry_id == Entry.id)
        .where(Entry.id == number)
        .order_by(Posting.line)
    )
    rows = db.session.execute(query).all()
    return {rows[0].hash, rehash(rows[0], [Line(*row[-4:]) for row in rows])} if rows else set()


def rehash(entry: Any, lines: list[Line]) -> str:
    """Return the hash that an entry should have; `entry` is any row with its columns."""
    sealed = chain.Sealed(
        entry.id, entry.key, entry.request_hash, entry.event, entry.doc, entry.effective_on,
        entry.posted_at, entry.period, entry.actor, entry.approver, entry.reverses,
        entry.memo_hash, entry.lines, entry.total,
    )  # fmt: skip
    return chain.link(entry.prev, chain.canonical(sealed, lines))


def lines_of(entry_id: int) -> list[Line]:
    columns = (Posting.account, Posting.cents, Posting.sub, Posting.earmark)
    query = select(*columns).where(Posting.entry_id == entry_id).order_by(Posting.line)
    return [Line(*row) for row in db.session.execute(query)]


def snapshot(command: Command, period: Period, posted_on: date, original: Entry | None) -> Snapshot:
    """Return the facts for `command`, all read under the lock."""
    lines = command.key_lines
    inactive = select(AccountRow.code).where(~AccountRow.active)
    return Snapshot(
        period=period.id,
        state=period.state,
        posted_on=posted_on,
        net=_net([(x.account, x.sub, x.earmark) for x in lines]),
        tenders=_tenders([x.sub for x in lines if x.account in _RECEIPTS and x.sub > 0]),
        inactive=frozenset(db.session.scalars(inactive)),
        apart=_apart(command),
        original=_original(original),
        card_reference_used=_card_reference_used(command),
    )


_RECEIPTS = (UNDEPOSITED, STATUTORY_UNDEPOSITED)


def _net(keys: list[Key]) -> dict[Key, int]:
    columns = (Balance.account, Balance.sub, Balance.earmark)
    query = select(*columns, Balance.debits - Balance.credits).where(tuple_(*columns).in_(keys))
    return {(a, s, e): net for a, s, e, net in db.session.execute(query)}


def _tenders(receipts: list[int]) -> dict[int, int]:
    query = select(ReceiptNumber.id, ReceiptNumber.cents).where(ReceiptNumber.id.in_(receipts))
    return {row.id: row.cents for row in db.session.execute(query)} if receipts else {}


def _apart(command: Command) -> frozenset[int]:
    """Return who had a hand in the items that this command clears, or in what it turns back."""
    if not BY_EVENT[command.event].apart or (command.event in RELAXED and is_small_office()):
        return frozenset()
    items = [(x.account, x.sub) for x in command.key_lines if x.sub > 0]
    query = (
        select(Entry.actor, Entry.approver)
        .join(Posting, Posting.entry_id == Entry.id)
        .join(EventApart, EventApart.of_event == Entry.event)
        .where(EventApart.event == command.event)
        .where(tuple_(Posting.account, Posting.sub).in_(items))
    )
    if command.reverses is not None:
        query = query.where(Entry.id == command.reverses)
    return frozenset(who for row in db.session.execute(query) for who in row if who is not None)


def is_small_office() -> bool:
    """Say whether an entry that is posted now is posted in small-office mode."""
    query = select(OfficeSwitch.is_on).order_by(OfficeSwitch.id.desc()).limit(1)
    return bool(db.session.scalar(query))


def _original(entry: Entry | None) -> Original | None:
    if entry is None:
        return None
    back = db.session.scalar(select(Entry.id).where(Entry.reverses == entry.id))
    lines = frozenset(lines_of(entry.id))
    before = entry.period == 0
    return Original(entry.event, entry.effective_on, before, lines, back is not None)


def _card_reference_used(command: Command) -> bool:
    tender = command.tender
    if tender is None or tender.mode != Mode.CARD or tender.imported:
        return False
    query = select(ReceiptNumber.id).where(
        ReceiptNumber.mode == Mode.CARD, ~ReceiptNumber.imported,
        ReceiptNumber.reference == tender.reference,
    )  # fmt: skip
    return db.session.scalar(query) is not None


def whole_second(now: datetime) -> datetime:
    """The canonical text knows no fractions of a second."""
    return now.replace(microsecond=0)
