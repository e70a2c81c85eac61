"""Write an entry's lines, then the entry as their seal, past the session, which is slower."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import insert

from diversion.core.database import db
from diversion.ledger.commands import Line
from diversion.ledger.models import Entry, Posting

# On PostgreSQL the lock that orders entries is held till the commit, so each answer that is
# waited for counts. The entry hangs on the count of its lines: it comes when all are written.
AT_ONCE = """WITH written AS (
  INSERT INTO posting (entry_id, line, account, sub, earmark, cents)
  SELECT %(id)s, line, account, sub, earmark, cents
  FROM unnest(%(accounts)s::integer[], %(subs)s::integer[], %(earmarks)s::integer[],
    %(cents)s::bigint[]) WITH ORDINALITY AS told (account, sub, earmark, cents, line)
  RETURNING line)
INSERT INTO entry (id, key, request_hash, event, doc, effective_on, posted_at, period, actor,
  approver, reverses, memo_hash, lines, total, prev, hash)
SELECT %(id)s, %(key)s, %(request_hash)s, %(event)s, %(doc)s, %(effective_on)s, %(posted_at)s,
  %(period)s, %(actor)s, %(approver)s::integer, %(reverses)s::integer, %(memo_hash)s, %(lines)s,
  %(total)s, %(prev)s, %(hash)s
FROM (SELECT count(*) FROM written) AS told"""


def write(entry: Mapping[str, Any], lines: Sequence[Line]) -> None:
    """Write rows that no session ever changes; `entry` has a value for every column."""
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(AT_ONCE, at_once(entry, lines))
        return
    rows = [
        {"entry_id": entry["id"], "line": number, "account": x.account, "sub": x.sub,
         "earmark": x.earmark, "cents": x.cents}
        for number, x in enumerate(lines, 1)
    ]  # fmt: skip
    connection.execute(insert(Posting), rows)
    connection.execute(insert(Entry), entry)


def at_once(entry: Mapping[str, Any], lines: Sequence[Line]) -> dict[str, Any]:
    """Return the values of the statement `AT_ONCE`."""
    return {
        **entry,
        "accounts": _array(x.account for x in lines),
        "subs": _array(x.sub for x in lines),
        "earmarks": _array(x.earmark for x in lines),
        "cents": _array(x.cents for x in lines),
    }


def _array(numbers: Iterable[int]) -> str:
    """Return what PostgreSQL reads as an array; the driver takes eight times as long for a list."""
    return f"{{{','.join(map(str, numbers))}}}"
