"""Build the trial balance."""

from diversion.core.money import Money
from diversion.core.words import _
from diversion.core.workbooks.sheets import Kind
from diversion.fund.statements.report import Column, Question, Report, Row
from diversion.ledger import queries as ledger
from diversion.ledger.accounts import DEFERRED, RECEIVABLE, Group

M = Kind.MONEY
TRIAL = (
    Column(_("Account"), width=40), Column(_("Group"), width=8), Column(_("Opening"), M),
    Column(_("Debits"), M), Column(_("Credits"), M), Column(_("Closing"), M),
)  # fmt: skip


def trial_balance(asked: Question) -> Report:
    """Return opening, movement and closing of each account; each group adds up to zero."""
    wanted = asked.wanted
    lines = ledger.trial_balance(wanted.first, wanted.last, up_to=wanted.up_to)
    rows, proofs = [], []
    for group in Group:
        own = [line for line in lines if line.account.group is group]
        rows += [
            Row((f"{x.account.code} {x.account.name}", group.value, x.opening, x.debits, x.credits,
                 x.closing))
            for x in own
        ]  # fmt: skip
        if own:
            closing = Money.total(x.closing for x in own)
            debits, credits_ = (Money.total(side) for side in (
                [x.debits for x in own], [x.credits for x in own]))  # fmt: skip
            opening = Money.total(x.opening for x in own)
            rows.append(Row((_("All of {group}", group=group.value), group.value, opening, debits,
                             credits_, closing), strong=True))  # fmt: skip
            proofs.append((_("{group} adds up to", group=group.value), closing))
    mirror = [x.closing for x in lines if x.account.code in (RECEIVABLE, DEFERRED)]
    proofs.append((_("Owed less not yet earned"), Money.total(mirror)))
    return Report(TRIAL, rows, tuple(proofs))
