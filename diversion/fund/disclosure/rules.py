"""Put the public statement together: what came in, what went out, and small cells not shown."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from diversion.core.money import ZERO, Money
from diversion.core.suppression import LEAST_OF_COURT, hidden, tells
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
BANK = _("Bank and processor charges")
Count = Callable[[Collection[str]], int]
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


@dataclass(frozen=True)
class Outgo:
    """What went out, by payee with what the bank took, and by purpose without it."""

    payees: list[Cell]
    aims: list[Cell]
    out: Cell
    paid: Cell


def outgo(rows: Sequence[Spent], by_account: Mapping[int, Money], count: Count) -> Outgo:
    """Return what went out; `count` tells how many survivors are behind some codes.

    A sum is hidden where it, less what is shown, would be the amount of a few.
    """
    charges = -by_account.get(CHARGES, ZERO)
    to_whom = _counted(((WHOM[row.payee], row) for row in rows), count)
    payees, told = _shown([*to_whom, (BANK, charges, 0)])
    aims, paid_told = _shown(_counted(((AIMS[row.aim], row) for row in rows), count))
    paid = Money.total(row.amount for row in rows)
    # What went out less what was paid is what the bank took, which may cover for somebody.
    covers = any(cell.name is BANK and not cell.is_shown for cell in payees)
    return Outgo(
        payees, aims, Cell(_("Went out"), paid + charges, not told),
        Cell(_("Paid to payees"), paid, not (told or paid_told or covers)),
    )  # fmt: skip


def _counted(
    rows: Iterable[tuple[Sentence, Spent]], count: Count
) -> list[tuple[Sentence, Money, int]]:
    """Add up amounts and survivors; an organization is nobody to protect."""
    found: dict[str, tuple[Sentence, Money, frozenset[str]]] = {}
    for name, row in rows:
        _name, amount, codes = found.get(name.text, (name, ZERO, frozenset[str]()))
        found[name.text] = (name, amount + row.amount, codes | row.codes)
    return [(name, amount, count(codes)) for name, amount, codes in found.values()]


def _shown(cells: Sequence[tuple[Sentence, Money, int]]) -> tuple[list[Cell], bool]:
    """Return the cells, and whether their sum would tell of few."""
    kept = [cell for cell in cells if cell[1]]
    people = [each[2] for each in kept]
    small = hidden(people, [abs(a.cents) for _n, a, _p in kept], LEAST_OF_COURT)
    shown = [Cell(name, amount, n not in small) for n, (name, amount, _people) in enumerate(kept)]
    return shown, tells(people, small, LEAST_OF_COURT)
