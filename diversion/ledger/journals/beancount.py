"""Write the text that beancount reads; it claims balances on the day after a month's end."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TextIO

from diversion.ledger.accounts import Group
from diversion.ledger.journals.names import PATHS, beancount, of_group
from diversion.ledger.journals.queries import Line, Sealed
from diversion.ledger.journals.texts import BROUGHT_FORWARD, About, Totals, dollars

PLUGINS = ("check_commodity", "leafonly", "onecommodity", "noduplicates")
_PATHS = {code: beancount(path) for code, path in PATHS.items()}


class Beancount:
    """A ledger of one group of accounts."""

    ending = "beancount"

    def __init__(self, page: TextIO, group: Group, first: date, about: About) -> None:
        self._page = page
        page.writelines(f"; {title}: {value}\n" for title, value in about)
        page.write('\noption "operating_currency" "USD"\n')
        page.write('option "inferred_tolerance_default" "USD:0"\n')
        page.writelines(f'plugin "beancount.plugins.{name}"\n' for name in PLUGINS)
        page.write(f"\n{first} commodity USD\n")
        for code in of_group(group):
            page.write(f"{first} open {_PATHS[code]} USD\n  code: {code}\n")

    def entry(self, sealed: Sealed, lines: Sequence[Line]) -> None:
        receipt = f'  receipt: "{sealed.receipt}"\n' if sealed.receipt else ""
        self._page.write(
            f'\n{sealed.on} * "{sealed.event}" "E{sealed.id:07d}"\n'
            f'  entry: {sealed.id}\n{receipt}  hash: "{sealed.hash[:16]}"\n{_posted(lines)}'
        )

    def open(self, day: date, totals: Totals) -> None:
        lines = _posted([(code, cents, 0, 0) for code, cents in totals.items()])
        self._page.write(f'\n{day} * "{BROUGHT_FORWARD}" "OPEN-{day:%Y%m}"\n{lines}')

    def close(self, day: date, totals: Totals) -> None:
        after = day + timedelta(days=1)
        self._page.write("\n")
        self._page.writelines(
            f"{after} balance {_PATHS[code]}  {dollars(cents)} ~ 0 USD\n"
            for code, cents in totals.items()
        )


def _posted(lines: Sequence[Line]) -> str:
    texts = []
    for code, cents, sub, earmark in lines:
        said = f"    sub: {sub}\n" if sub else ""
        said += f"    earmark: {earmark}\n" if earmark else ""
        texts.append(f"  {_PATHS[code]}  {dollars(cents)} USD\n{said}")
    return "".join(texts)
