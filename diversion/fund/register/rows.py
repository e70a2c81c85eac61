"""Put together what a line of the register shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from diversion.core.money import Money
from diversion.core.words import Sentence, _
from diversion.fund.kinds import event_words
from diversion.fund.register.sources import Papers
from diversion.fund.sub_keys import key_of, papers, participants
from diversion.ledger import registers
from diversion.ledger.commands import Mode
from diversion.ledger.journal import PostingLine
from diversion.ledger.queries import AccountLine
from diversion.ledger.registers import Wanted

DETAIL = {
    Mode.CASH: _("Cash"),
    Mode.CHECK: _("Check {reference}"),
    Mode.MONEY_ORDER: _("Money order {reference}"),
    Mode.CARD: _("Card {reference}"),
    Mode.UNKNOWN: _("Not said how"),
}


@dataclass(frozen=True)
class Line:
    """One entry as the register shows it; `balance` stands after it."""

    number: int
    on: date
    event: Sentence
    document: str
    link: str
    detail: Sentence | None
    reverses: int | None
    against: str
    debit: Money
    credit: Money
    balance: Money


def lines_of(wanted: Wanted, rows: Sequence[Any], at: Papers) -> tuple[Money, list[Line]]:
    """Return what stands before the rows of a page, and its lines; three statements."""
    opening, after = registers.running(wanted.accounts, rows)
    others = registers.against(wanted.accounts, [row.id for row in rows])
    return opening, [_line(row, after[row.id], others.get(row.id, []), at) for row in rows]


def _line(row: Any, balance: Money, others: list[tuple[int, str]], at: Papers) -> Line:
    receipt = registers.shown_receipt(row)
    return Line(
        row.id, row.effective_on, event_words(row.event), receipt or row.doc,
        at.of(row.event, receipt, row.doc),
        detail(row.mode, row.reference) if receipt else None, row.reverses, _against(others),
        Money(int(row.debits)), Money(int(row.credits)), balance,
    )  # fmt: skip


def detail(mode: Mode, reference: str) -> Sentence:
    """Say how a payment was made."""
    return Sentence(DETAIL[mode].text, {"reference": reference})


def _against(others: list[tuple[int, str]]) -> str:
    """Name two accounts in full; of more, the codes alone."""
    if len(others) <= 2:
        return ", ".join(f"{code} {name}" for code, name in others)
    return ", ".join(str(code) for code, _name in others)


def heading(codes: Sequence[int], accounts: Sequence[AccountLine]) -> Sentence:
    """Say which accounts are shown."""
    if len(codes) > 1:
        return _("All cash accounts")
    named = {a.code: a.name for a in accounts}
    return _("{code} {name}", code=codes[0], name=named.get(codes[0], ""))


def stands_for(lines: Sequence[PostingLine]) -> dict[int, str]:
    """Return, by line, the paper or the participant's number that its account is kept by."""
    known = {**participants(lines), **papers(lines)}
    return {line.line: known.get(key_of(line), "") for line in lines}
