"""Say what the keys stand for by which accounts are kept: numbers of people and papers."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.fees import queries as fees
from diversion.fees.remittees.models import Remittee
from diversion.fund.awards.models import Award
from diversion.fund.budget.models import BudgetLine
from diversion.fund.deposits.models import Deposit
from diversion.fund.drawers.models import Till
from diversion.fund.state_deposits.models import StateDeposit
from diversion.fund.vouchers.models import Voucher
from diversion.ledger import extracts
from diversion.ledger.accounts import BY_CODE, STATUTORY_IN_TRANSIT
from diversion.participants.queries import numbers_of

Key = tuple[str, int]
_IN = _OBLIGATION, _PARTICIPANT, _RECEIPT = "obligation", "participant", "receipt"
# By which column the papers of money out are called.
_OUT: Mapping[str, Any] = {
    "deposit": Deposit.number,
    "drawer": Till.name,
    "state deposit": StateDeposit.number,
    "remittee": Remittee.name,
    "grant": Award.number,
    "line": BudgetLine.name,
    "voucher": Voucher.number,
}


def participants(lines: Iterable[Any]) -> dict[Key, str]:
    """Return the participants' numbers behind keys of the class program: three statements.

    `lines` have `account` and `sub`; a key here is what the account is kept by, and the sub.
    """
    subs = _subs(lines)
    obligations = fees.numbers_by_obligation(subs[_OBLIGATION])
    people = numbers_of(Track.SBAD, subs[_PARTICIPANT])
    receipts = {key: who for key, (who, _payor) in fees.payors_of(subs[_RECEIPT]).items()}
    named = ((_OBLIGATION, obligations), (_PARTICIPANT, people), (_RECEIPT, receipts))
    return {(kind, key): number for kind, found in named for key, number in found.items()}


def papers(lines: Iterable[Any]) -> dict[Key, str]:
    """Return the numbers of the receipts, awards and vouchers behind keys, and budget lines."""
    subs = _subs(lines)
    found = extracts.numbers_of(sorted(subs[_RECEIPT]))
    receipts = {(_RECEIPT, key): number for key, number in found.items()}
    return receipts | {
        (kind, key): number
        for kind, column in _OUT.items()
        for key, number in _numbers(column, subs[kind]).items()
    }


def key_of(line: Any) -> Key:
    """Return what an account is kept by, and the key; bags of the state have slips of their own."""
    kind = BY_CODE[line.account].sub
    return "state deposit" if line.account == STATUTORY_IN_TRANSIT else kind, line.sub


def _subs(lines: Iterable[Any]) -> dict[str, set[int]]:
    subs: dict[str, set[int]] = {kind: set() for kind in (*_IN, *_OUT)}
    for line in lines:
        kind, sub = key_of(line)
        subs.get(kind, set()).add(sub)
    return subs


def _numbers(column: Any, ids: Collection[int]) -> dict[int, str]:
    if not ids:
        return {}
    query = select(column.class_.id, column).where(column.class_.id.in_(ids))
    return {key: str(number) for key, number in db.session.execute(query)}
