"""Build a participant's papers as reports: the statement and the paid-in-full letter; no name."""

from collections.abc import Iterator

from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.core.words import Sentence, _
from diversion.core.workbooks.sheets import Kind
from diversion.fees.papers.queries import Statement
from diversion.fees.papers.queries import statement as standing
from diversion.fees.papers.rules import StillOwed
from diversion.fund.statements.account import NO_NUMBER
from diversion.fund.statements.report import Column, Question, Report, Row
from diversion.participants.queries import numbers_of
from diversion.web.filters import words

M = Kind.MONEY
STATEMENT = (
    Column(_("Date"), Kind.DAY, 12),
    Column(_("For"), width=60),
    Column(_("Amount"), M),
)
LETTER = (
    Column(_("Account"), width=14), Column(_("As of"), Kind.DAY, 12), Column(_("Balance"), M),
    Column(_("Remark"), width=70),
)  # fmt: skip
PAID = _("Receipt {number}, {mode}")
VOID = _("Receipt {number}, {mode} (void)")
BACK = _("Receipt {number}, {mode} (taken back by the bank)")


def statement(asked: Question) -> Report:
    """Return what was charged and paid, what settles it, and when which part of it is due."""
    who = asked.participant
    if who is None:
        return Report(STATEMENT, empty=NO_NUMBER)
    found = standing(who, asked.wanted.last, asked.wanted.up_to)
    lines = [*_charged(found), *_paid(found)]
    due = [Row((on, _("Due"), amount)) for on, amount in found.parts]
    sums = [
        _sum(_("All of it"), Money.total(row.cells[-1] for row in lines)), *due,
        _sum(_("Due by the last day"), found.now_due), _sum(_("Credit"), found.credit),
        _sum(_("Exact amount that settles the account"), found.owed),
    ]  # fmt: skip
    left = Money.total(row.cells[-1] for row in lines) - found.owed + found.credit
    parts = Money.total(amount for _on, amount in found.parts) - found.owed
    proofs = (
        (_("Lines, less what the accounts hold"), left),
        (_("Parts, less what is owed"), parts),
    )
    return Report(STATEMENT, [*lines, *sums], proofs, _number(who))


def _sum(said: Sentence, amount: Money) -> Row:
    return Row((None, said, amount), strong=True)


def _charged(found: Statement) -> Iterator[Row]:
    for charge in found.charges:
        yield Row((charge.assessed_on, charge.label, charge.amount))
        if charge.raised:
            yield Row((None, _("Fee raised"), charge.raised))
        if charge.given_up:
            yield Row((None, _("Fee reduced"), -charge.given_up))


def _paid(found: Statement) -> Iterator[Row]:
    for each in found.payments:
        given = each.receipt
        said = VOID if each.void else BACK if each.back else PAID
        said = _(said.text, number=given.number, mode=str(words(given.mode)))
        yield Row((given.taken_on, said, -each.amount))
    for back, is_paid in found.refunds:
        said = _("Paid back") if is_paid else _("To be paid back")
        yield Row((back.paid_on if is_paid else back.asked_on, said, back.amount))


def paid_in_full(asked: Question) -> Report:
    """Return whether nothing more is owed; how it was settled is not told."""
    who = asked.participant
    if who is None:
        return Report(LETTER, empty=NO_NUMBER)
    found = standing(who, asked.wanted.last, asked.wanted.up_to)
    said = _("Settled in full; nothing more is owed.") if found.is_settled else StillOwed.sentence
    if not found.charges:
        said = _("Nothing was charged.")
    return Report(LETTER, [Row((_number(who), found.on, found.owed, said))], (), _number(who))


def _number(who: int) -> str:
    return numbers_of(Track.SBAD, [who])[who]
