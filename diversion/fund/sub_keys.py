"""Say what the keys stand for by which accounts are kept: numbers of people and papers."""

from collections.abc import Iterable
from typing import Any

from diversion.core.tracks import Track
from diversion.fees import queries as fees
from diversion.ledger import extracts
from diversion.ledger.accounts import BY_CODE
from diversion.participants.queries import numbers_of

Key = tuple[str, int]
_OBLIGATION, _PARTICIPANT, _RECEIPT = "obligation", "participant", "receipt"


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
    """Return the numbers of the receipts behind keys."""
    found = extracts.numbers_of(sorted(_subs(lines)[_RECEIPT]))
    return {(_RECEIPT, key): number for key, number in found.items()}


def key_of(line: Any) -> Key:
    return BY_CODE[line.account].sub, line.sub


def _subs(lines: Iterable[Any]) -> dict[str, set[int]]:
    subs: dict[str, set[int]] = {_OBLIGATION: set(), _PARTICIPANT: set(), _RECEIPT: set()}
    for line in lines:
        kind, sub = key_of(line)
        subs.get(kind, set()).add(sub)
    return subs
