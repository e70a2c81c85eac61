"""For each clause of the ledger's triggers: what it alone must refuse.

The books stand at six entries of 21 November 2026, which `begin` posts: two charges, a
cash receipt, a card receipt, and a charge to a third obligation that was turned back.
"""

from datetime import date
from typing import Any

from sqlalchemy import Connection

from diversion.ledger.commands import OWN_RECEIPT, Line, Mode
from diversion.ledger.events import Event
from tests.ledger import books
from tests.ledger.forged import HASH, NEXT, Attempt, Sealed, sealed

TURNED, CASHIER, OTHER = 5, books.CASHIER, books.APPROVER


def begin() -> None:
    """Post the six entries, inside an open transaction."""
    books.assess(31, 100_000, key="attempt-1")
    books.receipt(31, 40_000)
    card = Line(1030, 1_000, OWN_RECEIPT)
    rest = Line(2500, 1_000, 31), Line(1200, -1_000, 31), Line(4010, -1_000)
    books.post(
        Event.RECEIPT_CARD, card, *rest, tender=books.tender(1_000, mode=Mode.CARD, ref="77")
    )
    books.assess(32, 60_000)
    books.reverse(books.assess(33, 500))


def receipt(id: int = 3, number: int = 3, entry: int = NEXT, ref: str = "", mode: str = "cash",
            cents: int = 5, imported: str = "false", series: str = "M-2026-") -> str:  # fmt: skip
    return f"({id}, '{series}', {number}, {entry}, '{mode}', {cents}, '{ref}', {imported})"


def number(**other: Any) -> str:
    return f"INSERT INTO receipt_number VALUES {receipt(**other)}"


def line(*values: int) -> str:
    return f"INSERT INTO posting VALUES {values}"


def moved(state: str, month: int = 202611, approver: str = "8", last: int = NEXT - 1) -> str:
    return (
        "INSERT INTO period_event (period_id, state, actor, approver, reason, last_entry,"
        f" happened_at) VALUES ({month}, '{state}', 9, {approver}, 'by hand', {last},"
        " '2026-11-21 10:00:00+00:00')"
    )


def to(state: str, month: int = 202611) -> str:
    return f"UPDATE period SET state = '{state}' WHERE id = {month}"


def month(number: int, state: str = "open") -> str:
    day = f"{number // 100}-{number % 100:02d}"
    return f"INSERT INTO period VALUES ({number}, '{day}-01', '{day}-28', '{state}')"


def office(is_on: bool, id: int = 1, after: int = NEXT - 1) -> str:
    return (
        f"INSERT INTO office_switch VALUES ({id}, {str(is_on).lower()}, {after}, 'by hand', 9,"
        " '2026-11-21', '2026-11-21 10:00:00+00:00')"
    )


OWN = sealed("DEPOSIT", Line(1015, 40_000, 5), Line(1010, -40_000, 1), actor=CASHIER)
EARNED = Line(1020, 5), Line(4200, -5)
CHARGED = Line(1200, 5, 31), Line(2500, -5, 31)
TAKEN = Line(1010, 5, 3), Line(4300, -5)
CLOSED = moved("closed"), to("closed")


def earned(**false: Any) -> Sealed:
    return sealed("INTEREST", *EARNED, **false)


def back(*lines: Line, of: int = 1, by: str = "REVERSE", **false: Any) -> Sealed:
    given = {"approver": OTHER, **false}
    return sealed(by, *lines, reverses=of, **given)


def from_below(statement: str) -> tuple[str, ...]:
    """Let a trigger on PostgreSQL send a statement, as only the seal's own does."""
    return (
        f"CREATE FUNCTION below() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {statement};"
        " RETURN NULL; END $$",
        "CREATE TRIGGER below AFTER INSERT ON earmark FOR EACH ROW EXECUTE FUNCTION below()",
        "ALTER TABLE earmark ENABLE ALWAYS TRIGGER below",
        "INSERT INTO earmark VALUES (99, 'Below')",
    )


UNDONE = Line(1200, -100_000, 31), Line(2500, 100_000, 31)
ATTEMPTS: dict[str, tuple[Attempt, ...]] = {
    "posting: entry is sealed": (line(1, 3, 4090, 0, 0, 5),),
    "posting: line is not of the next entry": (line(9, 1, 4090, 0, 0, 5),),
    "posting: posting is append-only": ("UPDATE posting SET cents = 1", "DELETE FROM posting"),
    "receipt_number: receipt: entry is sealed": (number(entry=1),),
    "receipt_number: receipt is not of the next entry": (number(entry=9),),
    "receipt_number: receipt id not next": (number(id=9),),
    "receipt_number: receipt number not next": (number(number=9), number(series="new")),
    "receipt_number: control character": (number(ref="a\tb"),
         ("INSERT INTO series VALUES ('N\t', 0)", number(number=1, series="N\t"))),
    "receipt_number: receipt_number is append-only":
        ("UPDATE receipt_number SET cents = 1", "DELETE FROM receipt_number"),
    "entry: entry is append-only": ("UPDATE entry SET actor = 1", "DELETE FROM entry"),
    "entry: id not next": (sealed("INTEREST", id=9), sealed("INTEREST", id=NEXT - 1)),
    "entry: chain broken": (earned(prev=HASH),),
    "entry: control character":
        (earned(key="a\tb"), earned(doc="a\tb"), earned(request_hash="x" * 64),
         earned(memo_hash="x" * 64), earned(request_hash="A"), earned(memo_hash="A")),
    "entry: line count or total":
        (earned(lines=3), earned(total=6), sealed("INTEREST", Line(1020, 5), lines=1),
         lambda raw: _gap(raw, lines=2), lambda raw: _gap(raw, lines=3)),
    "entry: unbalanced":
        (sealed("ASSESS", Line(1200, 5, 31), Line(2500, -4, 31)),
         sealed("VOUCHER", Line(5010, 5, 1), Line(9030, -5, 1), approver=OTHER)),
    "entry: account inactive":
        (sealed("STF_REMIT", Line(7300, 5, 1), Line(7020, -5), approver=OTHER),),
    "entry: sub-ledger key":
        (sealed("ASSESS", Line(1200, 5), Line(2500, -5)),
         sealed("BANK_CHARGE", Line(5040, 5, 3), Line(1020, -5)),
         sealed("ASSESS", Line(1200, 5, -1), Line(2500, -5, -1)),
         sealed("ASSESS", Line(1200, 5, 31, 1), Line(2500, -5, 31))),
    "entry: group not for this event": (sealed("STF_REMIT", *EARNED, approver=OTHER),),
    "entry: account not for this event": (sealed("ASSESS", Line(1020, 5), Line(3000, -5)),),
    "entry: period":
        (earned(period=0), earned(effective_on=date(2026, 10, 31)),
         earned(effective_on=date(2026, 11, 25)), earned(period=202612),
         lambda raw: (*CLOSED, *earned()(raw)),
         lambda raw: (moved("closing"), to("closing"), *earned()(raw))),
    "entry: second person":
        (sealed("WAIVE", Line(2500, 5, 31), Line(1200, -5, 31)), earned(approver=9)),
    "entry: not kept apart":
        (OWN, lambda raw: (office(True), office(False, 2), *OWN(raw)),
         lambda raw: (office(True), *sealed(  # whoever took it does not void it, mode or not
             "VOID_RECEIPT", Line(1010, -40_000, 1), Line(2500, -40_000, 31),
             Line(1200, 40_000, 31), Line(4010, 40_000), actor=CASHIER, approver=OTHER,
             reverses=2)(raw)),
         sealed("DEPOSIT", Line(1015, 40_000, 5), Line(1010, -40_000, 1), approver=CASHIER)),
    "entry: reversal":
        (sealed("ASSESS", *CHARGED, reverses=1), back(*UNDONE, by="CHARGEBACK_WON"),
         back(Line(1010, -40_000, 1), Line(2500, -40_000, 31), Line(1200, 40_000, 31),
              Line(4010, 40_000), of=2, by="VOID_RECEIPT", approver=None,
              effective_on=date(2026, 11, 20))),
    "entry: reversed already": (back(Line(1200, -500, 33), Line(2500, 500, 33), of=TURNED),),
    "entry: reversal is not exact":
        (back(Line(1200, -100_000, 32), Line(2500, 100_000, 32)),
         back(Line(1010, -40_000, 1), Line(4010, 40_000), of=2, by="VOID_RECEIPT", approver=None),
         back(*UNDONE, Line(1020, 5), Line(4200, -5)),
         back(Line(1200, -100_000, 31), Line(2500, 60_000, 31), Line(2500, 40_000, 32))),
    "entry: receipt and event":
        (sealed("DONATION_RECEIPT", *TAKEN), sealed("INTEREST", *EARNED, receipt=receipt())),
    "entry: receipt total":
        (sealed("DONATION_RECEIPT", *TAKEN, receipt=receipt(cents=6)),
         sealed("DONATION_RECEIPT", *TAKEN, receipt=receipt(imported="true")),
         sealed("DONATION_RECEIPT", Line(1010, 5, 3), Line(1010, 5, 1), Line(4300, -10),
                receipt=receipt())),
    "entry: receivable is not deferred":
        (sealed("ASSESS", Line(1200, 5, 31), Line(2500, -5, 32)),),
    "entry: receipt is not whole":
        (sealed("DEPOSIT", Line(1015, 10, 5), Line(1010, -10, 1)),
         sealed("OPENING", Line(1010, 10, 77), Line(3000, -10), approver=OTHER, period=0)),
    "balance: balances start at zero":
        ("INSERT INTO balance VALUES (5040, 0, 0, 0, 7, 0)",
         "INSERT INTO balance VALUES (5040, 0, 0, 0, 0, 7)",
         "INSERT INTO balance VALUES (1040, 1, 0, 0, 0, 0)"),
    "chain_head: head moves with an entry":
        ("UPDATE chain_head SET seq = 1", f"UPDATE chain_head SET seq = seq + 1, hash = '{HASH}'"),
    "series: series start at zero": ("INSERT INTO series VALUES ('X-', 5)",),
    "series: series moves with a receipt":
        ("UPDATE series SET last = last + 1", "UPDATE series SET last = 1",
         "UPDATE series SET prefix = 'Y-', last = 3",
         (number(), "UPDATE series SET last = last + 2"),
         "INSERT INTO series VALUES ('N-', 0); UPDATE series SET last = 1 WHERE prefix = 'N-'"),
    "account: the chart is fixed":
        ("UPDATE account SET sgn = 0 WHERE code = 1010",
         "UPDATE account SET code = 1 WHERE code = 1040",
         "UPDATE account SET kind = 'x'",
         "UPDATE account SET grp = 'x'", "UPDATE account SET sub = 'x'",
         "UPDATE account SET earmarked = NOT earmarked"),
    "account: money stands on this account":
        ("UPDATE account SET active = false WHERE code = 1010",),
    "period_event: period_event is append-only":
        ("UPDATE period_event SET actor = 1", "DELETE FROM period_event"),
    "office_switch: switched so already": (office(False), f"{office(True)}; {office(True, 2)}"),
    "office_switch: switched for what follows": (office(True, after=1), office(True, 9)),
    "office_switch: office_switch is append-only":
        (f"{office(True)}; UPDATE office_switch SET actor = 1",
         f"{office(True)}; DELETE FROM office_switch"),
    "period: periods begin open": (month(202612, "closed"),),
    "period: a later period is closed":
        ((*CLOSED, month(202610)),
         (*CLOSED, month(202612), moved("closed", 202612), to("closed", 202612), moved("open"),
          to("open"))),
    "period: period":
        ("UPDATE period SET starts_on = '2026-11-02'", "UPDATE period SET ends_on = '2026-11-02'",
         "UPDATE period SET id = 3 WHERE id = 202611",
         (*CLOSED, moved("locked"), to("locked"), moved("open"), to("open")),
         (moved("closed", 0), to("closed", 0), moved("open", 0), to("open", 0))),
    "period: period skips a state": ((moved("locked"), to("locked")),),
    "period: an earlier period is open":
        ((month(202612), moved("closed", 202612), to("closed", 202612)),),
    "period: period moves with its event":
        (to("closed"), (moved("closed", last=1), to("closed")),
         (moved("closed", approver="9"), to("closed")), (moved("closing"), to("closed")),
         (*CLOSED, moved("open", approver="NULL"), to("open"))),
}  # fmt: skip
ONLY: dict[str, dict[str, tuple[Attempt, ...]]] = {
    "sqlite": {
        "posting: line exists":
            ((line(NEXT, 1, 4090, 0, 0, 5), line(NEXT, 1, 5040, 0, 0, 5)),
             (line(NEXT, 1, 4090, 0, 0, 5), line(NEXT, 2, 4090, 0, 0, 5))),
        "receipt_number: receipt exists": (number(id=1), number(number=1)),
        "receipt_number: card reference used": (number(mode="card", ref="77"),),
        "entry: control character": (earned(hash="x" * 64), earned(hash="A")),
        "series: series start at zero": ("INSERT OR REPLACE INTO series VALUES ('M-2026-', 0)",),
        "account: the chart is fixed": ("DELETE FROM account WHERE code = 1040",),
        "entry: key used": (earned(key="attempt-1"),),
        "balance: balances only grow":
            ("UPDATE balance SET debits = 0 WHERE account = 1010",
             "UPDATE balance SET credits = 0 WHERE account = 2500",
             "UPDATE balance SET account = 1015 WHERE account = 1010",
             "UPDATE balance SET sub = 2 WHERE account = 1010",
             "UPDATE balance SET earmark = 2 WHERE account = 1010",
             "UPDATE balance SET sgn = 0 WHERE account = 1010"),
        "balance: balance exists": ("INSERT INTO balance VALUES (1010, 1, 0, 1, 0, 0)",),
        "balance: balances stay": ("DELETE FROM balance",),
        "chain_head: one head": ("INSERT OR REPLACE INTO chain_head VALUES (1, 0, '')",),
        "chain_head: head stays": ("DELETE FROM chain_head",),
        "series: series stay": ("DELETE FROM series",),
        "period: period exists": ("INSERT OR REPLACE " + month(202611)[7:],),
        "period: periods stay": ("DELETE FROM period WHERE id = 202611",),
    },
    "postgresql": {
        "entry: hash is wrong": (earned(hash=HASH),),
        "balance: balances only grow": tuple(
            from_below(f"UPDATE balance SET {change} WHERE account = 1010")
            for change in ("debits = 0", "credits = credits - 1", "sub = 2", "sgn = 0")
        ),
        "balance: only an entry moves a balance": ("UPDATE balance SET debits = debits + 5",),
        "period: period is append-only": ("DELETE FROM period WHERE id = 202611",),
        **{
            f"{table}: {table} is append-only": (f"DELETE FROM {table}",)
            for table in ("balance", "chain_head", "series", "account")
        },
        **{
            f"{table}: truncated": (f"TRUNCATE {table} CASCADE",)
            for table in ("posting", "receipt_number", "entry", "balance", "chain_head",
                          "period_event", "office_switch")
        },
    },
}  # fmt: skip


def _gap(raw: Connection, lines: int) -> tuple[str, ...]:
    """Number the lines of an entry with a gap; its hash is of lines without one."""
    told = earned(lines=lines)(raw)
    return tuple(each.replace(f"({NEXT}, 2,", f"({NEXT}, 3,") for each in told)


def of_engine(name: str) -> dict[str, tuple[Attempt, ...]]:
    """Return what is attempted on an engine, by table and reason."""
    own = ONLY[name]
    keys = [*ATTEMPTS, *(key for key in own if key not in ATTEMPTS)]
    return {key: ATTEMPTS.get(key, ()) + own.get(key, ()) for key in keys}


# Three balances that stand already are moved, and two more are made.
PAID = sealed("RECEIPT", Line(1010, 7, 3), Line(2500, 5, 31), Line(1200, -5, 31), Line(4010, -5),
              Line(2100, -2, 9), receipt=receipt(cents=7))  # fmt: skip
AFTERWARDS = """SELECT h.seq, s.last, a.debits, b.credits, c.credits FROM chain_head h
  JOIN series s ON s.prefix = 'M-2026-'
  JOIN balance a ON a.account = 1010 AND a.sub = 3
  JOIN balance b ON b.account = 4010 AND b.sub = 0
  JOIN balance c ON c.account = 2100 AND c.sub = 9"""


# What may be taken out of a guard unseen, and why.
NEEDLESS = {
    "id not next, part 1": "the head and the last entry can't differ, so each says it alone",
    "id not next, part 2": "the head and the last entry can't differ, so each says it alone",
    "reversal, all": "the other clause of this reason refuses what has an original, and an event "
    "that turns back has no account of its own",
    "head moves with an entry, part 1": "an entry that follows the head's hash is the next one",
    "series moves with a receipt, part 1": "receipts name their series, whose name is its key",
}
