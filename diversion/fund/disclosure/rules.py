"""Put the public statement together: what came in, what went out, and small cells not shown."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from diversion.core.money import ZERO, Money
from diversion.core.suppression import LEAST_OF_COURT, hidden
from diversion.core.words import Sentence, _
from diversion.fund.awards.words import AIMS
from diversion.fund.disclosure.queries import Spent
from diversion.fund.orders.kinds import PayeeKind

INCOME: tuple[tuple[Sentence, tuple[int, ...]], ...] = (
    (_("Fees of the class program"), (4010, 4020)),
    (_("Donations, grants, transfers"), (4300,)),
    (_("Interest"), (4200,)),
    (_("Cash over and short"), (4090,)),
    (_("Other changes of the balance"), (3000,)),
)
CHARGES = 5040
WHOM: Mapping[PayeeKind, Sentence] = {
    PayeeKind.ORGANIZATION: _("Organizations and groups"),
    PayeeKind.AGENCY: _("Government agencies"),
    PayeeKind.VICTIM: _("Direct help to survivors"),
}


@dataclass(frozen=True)
class Cell:
    """A line of a table; `is_shown` is not true where too few people are behind it."""

    name: Sentence
    amount: Money
    is_shown: bool = True


def income(by_account: Mapping[int, Money]) -> list[Cell]:
    """Return what came in, by kind; what there was none of is left out."""
    cells = [
        Cell(name, Money.total(by_account.get(code, ZERO) for code in codes))
        for name, codes in INCOME
    ]
    return [cell for cell in cells if cell.amount]


def by_payee(rows: Sequence[Spent], by_account: Mapping[int, Money]) -> list[Cell]:
    """Return what went out by kind of payee, and what the bank took."""
    cells = _cells((WHOM[row.payee], row) for row in rows)
    charges = -by_account.get(CHARGES, ZERO)
    return _shown([*cells, (_("Bank and processor charges"), charges, 0)])


def by_aim(rows: Sequence[Spent]) -> list[Cell]:
    """Return what was paid to payees, by purpose."""
    return _shown(_cells((AIMS[row.aim], row) for row in rows))


def _cells(rows: Iterable[tuple[Sentence, Spent]]) -> list[tuple[Sentence, Money, int]]:
    """Add up amounts and survivors' vouchers; an organization is nobody to protect."""
    found: dict[Hashable, tuple[Sentence, Money, int]] = {}
    for name, row in rows:
        _name, amount, people = found.get(name.text, (name, ZERO, 0))
        more = row.vouchers if row.payee is PayeeKind.VICTIM else 0
        found[name.text] = (name, amount + row.amount, people + more)
    return list(found.values())


def _shown(cells: Sequence[tuple[Sentence, Money, int]]) -> list[Cell]:
    kept = [cell for cell in cells if cell[1]]
    small = hidden(
        [people for _n, _a, people in kept], [abs(a.cents) for _n, a, _p in kept], LEAST_OF_COURT
    )
    return [Cell(name, amount, n not in small) for n, (name, amount, _people) in enumerate(kept)]
