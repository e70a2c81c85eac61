"""Prove by the database's own sums what the chain alone can't show: balances, receipts, people.

Each proof is a query that finds nothing in a sound ledger, else the place of the damage.
"""

from collections.abc import Iterator
from enum import IntEnum

from sqlalchemy import text

from diversion.core.database import db
from diversion.ledger import schema


class Fault(IntEnum):
    """What can be wrong with the money; the number is the exit code of `diversion verify`."""

    SEQUENCE = 10
    UNBALANCED = 11
    HASH = 12
    LINK = 13
    ORPHAN = 14
    BALANCE = 15
    FLOOR = 16
    HEAD = 17
    RECEIPT_GAP = 18
    RECEIPT = 19
    NOT_WHOLE = 20
    MIRROR = 21
    PEOPLE = 22
    GROUP = 23
    REVERSAL = 24
    GUARDS = 25
    FOREIGN_KEY = 26
    INTEGRITY = 27
    ANCHOR = 28
    FEES = 29
    DEPOSITS = 30
    ACCOUNTS = 31
    CASHIER = 32
    MONEY_OUT = 34
    PERIODS = 41
    CORRECTIONS = 42
    OFFICE = 43
    PAPERS = 44
    WEEKS = 45
    TOLD = 46
    BANK = 33
    EXPORTS = 36


PROOFS: tuple[tuple[Fault, str], ...] = (
    (
        Fault.ORPHAN,
        "SELECT DISTINCT entry_id FROM posting WHERE entry_id NOT IN (SELECT id FROM entry)",
    ),
    (
        Fault.BALANCE,
        """SELECT account FROM (
          SELECT account, sub, earmark, debits, credits FROM balance
          UNION ALL SELECT account, sub, earmark, CASE WHEN cents > 0 THEN -cents ELSE 0 END,
            CASE WHEN cents < 0 THEN cents ELSE 0 END FROM posting
            WHERE entry_id IN (SELECT id FROM entry)) AS both_sides
        GROUP BY account, sub, earmark HAVING sum(debits) <> 0 OR sum(credits) <> 0""",
    ),
    (
        Fault.FLOOR,
        """SELECT b.account FROM balance b JOIN account a ON a.code = b.account
        WHERE a.sgn <> b.sgn OR a.sgn * (b.debits - b.credits) < 0""",
    ),
    (
        Fault.RECEIPT_GAP,
        """SELECT max(n.number) FROM receipt_number n JOIN series s ON s.prefix = n.series
        GROUP BY n.series, s.last HAVING count(*) <> max(n.number) OR max(n.number) <> s.last
        UNION ALL SELECT last FROM series
        WHERE last <> 0 AND prefix NOT IN (SELECT series FROM receipt_number)""",
    ),
    (
        Fault.RECEIPT,
        """SELECT n.entry_id FROM receipt_number n WHERE NOT EXISTS (SELECT 1 FROM entry e
          JOIN event_type t ON t.code = e.event JOIN posting p ON p.entry_id = e.id
          WHERE e.id = n.entry_id AND t.receipt AND p.account IN (1010, 1030, 7010)
          AND p.sub = n.id AND p.cents = n.cents)
        UNION ALL SELECT e.id FROM entry e JOIN event_type t ON t.code = e.event
        WHERE t.receipt AND e.id NOT IN (SELECT entry_id FROM receipt_number)""",
    ),
    (
        Fault.NOT_WHOLE,
        """SELECT n.number FROM receipt_number n
        JOIN posting p ON p.sub = n.id AND p.account IN (1010, 7010)
        GROUP BY n.id, n.number, n.cents HAVING sum(p.cents) NOT IN (0, n.cents)""",
    ),
    (
        Fault.MIRROR,
        "SELECT sub FROM posting WHERE account IN (1200, 2500) GROUP BY sub HAVING sum(cents) <> 0",
    ),
    (
        Fault.PEOPLE,
        """SELECT e.id FROM entry e JOIN event_type t ON t.code = e.event
        WHERE e.approver = e.actor OR (t.second AND e.approver IS NULL)
        UNION SELECT e.id FROM entry e CROSS JOIN posting p CROSS JOIN posting q CROSS JOIN entry o
        WHERE e.event IN (SELECT event FROM event_apart) AND p.entry_id = e.id AND p.sub <> 0
          AND q.account = p.account AND q.sub = p.sub AND q.entry_id < p.entry_id
          AND (q.cents > 0) <> (p.cents > 0) AND o.id = q.entry_id
          AND o.event IN (SELECT of_event FROM event_apart WHERE event = e.event)
          AND (e.reverses IS NULL OR o.id = e.reverses)
          AND (o.actor IN (e.actor, e.approver) OR o.approver IN (e.actor, e.approver))
          AND NOT (e.event IN ('DEPOSIT', 'STF_DEPOSIT') AND coalesce((SELECT s.is_on
          FROM office_switch s WHERE s.after_entry < e.id ORDER BY s.id DESC LIMIT 1), false))""",
    ),
    (
        Fault.GROUP,
        """SELECT DISTINCT e.id FROM entry e JOIN posting p ON p.entry_id = e.id
        JOIN account a ON a.code = p.account LEFT JOIN event_group g
          ON g.event = e.event AND g.grp = a.grp WHERE g.grp IS NULL""",
    ),
    (
        Fault.ANCHOR,
        """SELECT c.entry_id FROM checkpoint c LEFT JOIN entry e ON e.id = c.entry_id
        WHERE e.hash IS NULL OR e.hash <> c.hash""",
    ),
    (
        Fault.REVERSAL,
        """SELECT e.id FROM entry e CROSS JOIN posting p
        LEFT JOIN posting q ON q.entry_id = e.reverses AND q.account = p.account
          AND q.sub = p.sub AND q.earmark = p.earmark AND q.cents = -p.cents
        WHERE e.reverses IS NOT NULL AND p.entry_id = e.id AND q.entry_id IS NULL
        UNION SELECT e.id FROM entry e JOIN entry o ON o.id = e.reverses
        WHERE o.lines <> e.lines OR NOT EXISTS (SELECT 1 FROM event_reverses x
          WHERE x.event = e.event AND x.of_event = o.event)""",
    ),
)  # fmt: skip


def prove() -> Iterator[tuple[Fault, int]]:
    """Yield the place of each damage: an entry, an account, a receipt or an obligation."""
    for fault, query in PROOFS:
        for row in db.session.execute(text(query)):
            yield fault, int(row[0] or 0)
    yield from _guards()
    if db.engine.dialect.name == "sqlite":
        yield from _sqlite()


def _guards() -> Iterator[tuple[Fault, int]]:
    """Compare the guards in the database with the released text."""
    sqlite = db.engine.dialect.name == "sqlite"
    found = _sqlite_guards() if sqlite else _postgresql_guards()
    dialect = "sqlite" if sqlite else "postgresql"
    wanted = {name: text_ for name, (_, text_) in schema.triggers(dialect).items()}
    if not sqlite:
        wanted = {**dict.fromkeys(wanted, "A"), **schema.functions(dialect)}
    for place, name in enumerate(wanted, 1):
        if found.get(name) != wanted[name]:
            yield Fault.GUARDS, place


def _sqlite_guards() -> dict[str, str]:
    query = "SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger'"
    return {name: body.strip() for name, body in db.session.execute(text(query))}


def _postgresql_guards() -> dict[str, str]:
    """Return how each trigger is switched (`A`: always) and what each function says."""
    triggers = "SELECT tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal"
    functions = "SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'ledger!_%' ESCAPE '!'"
    return {
        name: body
        for query in (triggers, functions)
        for name, body in db.session.execute(text(query))
    }


def _sqlite() -> Iterator[tuple[Fault, int]]:
    for row in db.session.execute(text("PRAGMA foreign_key_check")):
        yield Fault.FOREIGN_KEY, int(row[1] or 0)
    answer = [row[0] for row in db.session.execute(text("PRAGMA integrity_check"))]
    if answer != ["ok"]:
        yield Fault.INTEGRITY, len(answer)
