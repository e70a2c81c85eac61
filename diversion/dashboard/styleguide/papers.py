"""Make up the entry, the sums and the report that the components of the books are shown with."""

from types import SimpleNamespace as Made
from typing import Any

from diversion.core.money import Money
from diversion.core.words import _

FEE = Money(40_000)


def papers() -> dict[str, Any]:
    """Return one sample for each component of the books."""
    return {
        "entry": [_line("1010 Undeposited receipts", debit=FEE), _line("4010 Fees", credit=FEE)],
        "standing": [(_("In the treasury"), Money(95_000)), (_("Promised"), Money(-40_000))],
        "free": Money(55_000),
        "report": Made(columns=COLUMNS, rows=ROWS, body=ROWS[:1], foot=ROWS[1], empty=""),
    }


def _line(account: str, *, debit: Money | None = None, credit: Money | None = None) -> Made:
    return Made(account=account, debit=debit, credit=credit, earmark=_("General"), key="")


COLUMNS = [Made(title=_("Account"), is_number=False), Made(title=_("Amount"), is_number=True)]
ROWS = [
    Made(cells=["1020", FEE], link=None, strong=False),
    Made(cells=[_("Total"), FEE], link=None, strong=True),
]
