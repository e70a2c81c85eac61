"""Try at the start whether the database still refuses a false entry."""

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from diversion.core import clock
from diversion.core.database import db
from diversion.ledger import chain, facts, services
from diversion.ledger.events import Event
from diversion.ledger.models import ChainHead, Entry, Posting


class GuardsDown(RuntimeError):
    """The database took an entry with a false hash; nothing may be served on it."""


def refuse_a_false_hash() -> None:
    """Append an entry with a false hash in a savepoint, and expect to be refused.

    Nothing of it stays. Raises GuardsDown.
    """
    number = facts.lock_head().seq + 1
    attempt = db.session.begin_nested()
    try:
        _append(number)
    except IntegrityError:
        attempt.rollback()
        return
    attempt.rollback()
    raise GuardsDown


def _append(number: int) -> None:
    now = facts.whole_second(clock.now())
    head = db.session.get_one(ChainHead, 1)
    period = services.period_of(now.date(), by=0, now=now, head=head)
    rows = [
        {"entry_id": number, "line": n, "account": account, "sub": 1, "earmark": 0, "cents": cents}
        for n, account, cents in ((1, 1200, 1), (2, 2500, -1))
    ]
    db.session.execute(insert(Posting), rows)
    row = {
        "id": number, "key": "trial of the guards", "request_hash": chain.NO_MEMO,
        "event": Event.ASSESS, "doc": "", "effective_on": now.date(), "posted_at": now,
        "period": period.id, "actor": 0, "approver": None, "reverses": None,
        "memo_hash": chain.NO_MEMO, "lines": 2, "total": 1, "prev": head.hash, "hash": "F" * 64,
    }  # fmt: skip
    db.session.execute(insert(Entry).values(row))
