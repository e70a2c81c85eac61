"""Build the reports of the books: the trial balance and the general ledger."""

from diversion.core.money import ZERO, Money
from diversion.core.words import _
from diversion.core.workbooks.sheets import Kind
from diversion.fund.kinds import event_words
from diversion.fund.statements.report import Column, Question, Report, Row
from diversion.ledger import queries as ledger
from diversion.ledger import reports
from diversion.ledger.accounts import BY_CODE, DEFERRED, RECEIVABLE, Group
from diversion.ledger.registers import shown_receipt

MOST = 2_000
M = Kind.MONEY
TRIAL = (
    Column(_("Account"), width=40), Column(_("Group"), width=8), Column(_("Opening"), M),
    Column(_("Debits"), M), Column(_("Credits"), M), Column(_("Closing"), M),
)  # fmt: skip
LEDGER = (
    Column(_("Date"), Kind.DAY, 12), Column(_("Entry"), Kind.WHOLE, 9),
    Column(_("Event"), width=28), Column(_("Document"), width=18), Column(_("Debit"), M),
    Column(_("Credit"), M),
    Column(_("Balance"), M),
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


def general_ledger(asked: Question) -> Report:
    """Return every entry of one account with the balance after it."""
    wanted = asked.wanted
    balance = reports.opening(wanted, asked.account)
    rows = [Row((wanted.first, None, _("Carried forward"), "", None, None, balance), strong=True)]
    found = reports.movements(wanted, asked.account, MOST + 1)
    for row in found[:MOST]:
        debit, credit = Money(int(row.debits or 0)), Money(int(row.credits or 0))
        balance = balance + debit - credit
        told = (row.effective_on, row.id, event_words(row.event), shown_receipt(row) or row.doc)
        link = {"endpoint": "fund.register.entry", "number": row.id}
        rows.append(Row((*told, debit or None, credit or None, balance), link=link))
    if len(found) > MOST:
        words = _("More than {most} entries: choose fewer days", most=MOST)
        return Report(LEDGER, [*rows, Row((None, None, words, "", None, None, None), strong=True)])
    closing = _closing(asked)
    rows.append(
        Row((wanted.last, None, _("Closing balance"), "", None, None, closing), strong=True)
    )
    proof = (_("Running balance less trial balance"), balance - closing)
    return Report(LEDGER, rows, (proof,), f"{asked.account} {BY_CODE[asked.account].name}")


def _closing(asked: Question) -> Money:
    wanted = asked.wanted
    lines = ledger.trial_balance(wanted.first, wanted.last, up_to=wanted.up_to)
    return next((x.closing for x in lines if x.account.code == asked.account), ZERO)
