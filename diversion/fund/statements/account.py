"""Build the account of one participant: what was charged, paid and kept, entry by entry."""

from collections.abc import Mapping
from typing import Any

from diversion.core.errors import NotYours
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.core.workbooks.sheets import Kind
from diversion.fees import queries as fees
from diversion.fees.refunds.rules import REFUNDS_PAYABLE
from diversion.fund.kinds import event_words
from diversion.fund.statements.report import Column, Question, Report, Row
from diversion.ledger import by_key
from diversion.ledger.accounts import CREDITS, RECEIVABLE
from diversion.ledger.movements import movements
from diversion.participants import access
from diversion.participants.queries import numbers_of, with_number
from diversion.staff.models import Staff

M = Kind.MONEY
NO_NUMBER = _("Write the number of an account, such as 26-0125-8.")
KEPT_BY = (RECEIVABLE, CREDITS, REFUNDS_PAYABLE)
ACCOUNT = (
    Column(_("Date"), Kind.DAY, 12), Column(_("Entry"), Kind.WHOLE, 9),
    Column(_("Event"), width=28), Column(_("Document"), width=18), Column(_("Owed"), M),
    Column(_("Credit"), M), Column(_("To refund"), M), Column(_("Balance"), M),
)  # fmt: skip


def account_of(number: str, *, by: Staff) -> int:
    """Return the key of the participant whose account this is.

    Raises NotYours, the same for a number that nobody has and one that is kept from `by`.
    """
    found = with_number(number, Track.SBAD)
    if found is None or access.is_blocked(found, Track.SBAD, by=by):
        raise NotYours
    return found


def account(asked: Question) -> Report:
    """Return every entry on a participant's account, and what stood after it; no name."""
    wanted, who = asked.wanted, asked.participant
    if who is None:
        return Report(ACCOUNT, empty=NO_NUMBER)
    keys = {RECEIVABLE: fees.obligations_of(who), CREDITS: [who], REFUNDS_PAYABLE: [who]}
    before = by_key.opening(wanted, keys)
    balance = Money.total(before.values())
    rows = [_sum(wanted.first, _("Carried forward"), before, balance)]
    after = dict(before)
    for entry in by_key.moved(wanted, keys):
        balance += Money.total(entry.by_account.values())
        after = {code: after[code] + entry.by_account[code] for code in KEPT_BY}
        moved = (entry.by_account[code] or None for code in KEPT_BY)
        told = (entry.on, entry.number, event_words(entry.event), entry.doc)
        link = {"endpoint": "fund.register.entry", "number": entry.number}
        rows.append(Row((*told, *moved, balance), link=link))
    rows.append(_sum(wanted.last, _("Closing balance"), after, balance))
    proof = balance - _held(asked, keys)
    subject = numbers_of(Track.SBAD, [who])[who]
    return Report(ACCOUNT, rows, ((_("Balance, less the accounts"), proof),), subject)


def _sum(on: Any, words: Any, stands: Mapping[int, Money], balance: Money) -> Row:
    return Row((on, None, words, "", *(stands[code] for code in KEPT_BY), balance), strong=True)


def _held(asked: Question, keys: Mapping[int, Any]) -> Money:
    """Return what the accounts say by event, asked apart from the entries."""
    found = [
        movements(code, subs, on=asked.wanted.last, up_to=asked.wanted.up_to)
        for code, subs in keys.items()
    ]
    return Money.total(
        cents for subs in found for moved in subs.values() for cents in moved.values()
    )
