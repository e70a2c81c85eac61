"""Write the text that hledger and Ledger read; every posting claims the balance after it.

A comment has no space after a colon: hledger reads a tag there and Ledger's pedantic
mode does not object. Ledger takes a comment beside an account for a part of its name,
so that stands on the next line.
"""

from collections.abc import Sequence
from datetime import date
from typing import TextIO

from diversion.ledger.accounts import BY_CODE, Group
from diversion.ledger.journals.names import PATHS, TYPES, of_group
from diversion.ledger.journals.queries import Line, Sealed
from diversion.ledger.journals.texts import (
    BROUGHT_FORWARD,
    CLOSE,
    PAYEES,
    About,
    Totals,
    dollars,
)

_PADDED = {code: f"    {path:<48}  " for code, path in PATHS.items()}


class Journal:
    """A journal of one group of accounts."""

    ending = "journal"

    def __init__(self, page: TextIO, group: Group, first: date, about: About) -> None:
        self._page, self._after = page, dict[int, int]()
        page.writelines(f"; {title}: {value}\n" for title, value in about)
        page.write("\ncommodity USD\n    format 1000.00 USD\n")
        for code in of_group(group):
            kind = TYPES[BY_CODE[code].kind]
            page.write(f"account {PATHS[code]}\n    ; type:{kind}, code:{code}\n")
        page.writelines(f"payee {payee}\n" for payee in PAYEES)

    def entry(self, sealed: Sealed, lines: Sequence[Line]) -> None:
        receipt = f", receipt:{sealed.receipt}" if sealed.receipt else ""
        self._page.write(
            f"\n{sealed.on} * (E{sealed.id:07d}) {sealed.event}"
            f"  ; entry:{sealed.id}{receipt}, hash:{sealed.hash[:16]}\n{self._posted(lines)}"
        )

    def open(self, day: date, totals: Totals) -> None:
        lines = self._posted([(code, cents, 0, 0) for code, cents in totals.items()])
        self._page.write(f"\n{day} * (OPEN-{day:%Y%m}) {BROUGHT_FORWARD}\n{lines}")

    def close(self, day: date, totals: Totals) -> None:
        self._page.write(f"\n{day} * (CLOSE-{day:%Y%m}) {CLOSE}\n")
        self._page.writelines(
            f"{_PADDED[code]}0.00 USD = {dollars(cents)} USD\n" for code, cents in totals.items()
        )

    def _posted(self, lines: Sequence[Line]) -> str:
        after, texts = self._after, []
        for code, cents, sub, earmark in lines:
            after[code] = stands = after.get(code, 0) + cents
            said = f"  ; sub:{sub}" if sub else ""
            said += f"{',' if said else '  ;'} earmark:{earmark}" if earmark else ""
            texts.append(f"{_PADDED[code]}{dollars(cents)} USD = {dollars(stands)} USD{said}\n")
        return "".join(texts)
