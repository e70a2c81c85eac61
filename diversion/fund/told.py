"""Prove that awards, vouchers, payments and requests are what the log was told of them.

The log is chained under a key that is not in the database; a row that was changed in the
database alone no longer fits what it says.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.audit.queries import Told, told
from diversion.core import once
from diversion.core.database import db
from diversion.fund.awards import models as awards
from diversion.fund.orders.models import PAID, Payment
from diversion.fund.vouchers import models as vouchers
from diversion.ledger.proofs import Fault
from diversion.ledger.verify import Finding
from diversion.staff.approvals.told import untold


def findings() -> list[Finding]:
    """Return what the log knows otherwise, each by its name."""
    return [Finding(Fault.TOLD, place, name) for place, name in [*untold(), *_papers()]]


def _papers() -> Iterator[tuple[int, str]]:
    yield from _kind(
        "award", awards.Award, awards.TOLD,
        {each.object: each for each in told(Act.AWARD_ASKED)}, lambda row: f"award:{row.number}",
    )  # fmt: skip
    yield from _kind(
        "voucher", vouchers.Voucher, vouchers.TOLD,
        {each.object: each for each in told(Act.VOUCHER_ASKED)},
        lambda row: f"voucher:{row.number}",
    )  # fmt: skip
    paid = {e.facts.get("entry"): e for e in told(Act.PAYMENT_MADE, Act.ORDER_POSTED)}
    yield from _kind("payment", Payment, PAID, paid, lambda row: row.entry, may_be_older=True)


def _kind(
    word: str, model: Any, names: Iterable[str], log: Mapping[Any, Told], key: Any,
    *, may_be_older: bool = False,
) -> Iterator[tuple[int, str]]:  # fmt: skip
    """Yield the rows of a kind that differ; older releases told no hash."""
    query = select(model).execution_options(populate_existing=True).order_by(model.id)
    seen = set()
    for row in db.session.scalars(query):
        seen.add(key(row))
        said = log.get(key(row))
        paper = said.facts.get("paper") if said else None
        if (said is None and not may_be_older) or paper not in (None, once.row_hash(row, names)):
            yield row.id, f"{word} {getattr(row, 'number', row.id)}"
    for name, said in log.items():
        if said.facts.get("paper") and name not in seen:
            yield 0, f"{word} {name}"
