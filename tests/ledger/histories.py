"""Let a small county's money live at random through nearly every event of the rules."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from random import Random

from sqlalchemy import insert, select, update

from diversion.core.database import db
from diversion.core.money import Money
from diversion.ledger import queries
from diversion.ledger.accounts import Group
from diversion.ledger.commands import OWN_RECEIPT, Line, Mode, Tender
from diversion.ledger.events import Event
from diversion.ledger.models import AccountRow, Balance, Earmark, Entry
from diversion.ledger.refusals import LedgerRefused
from diversion.ledger.services import reverse
from tests.conftest import NOW
from tests.ledger import books

E = Event
START = date(2026, 6, 20)
CLERK, SECOND, THIRD, FOURTH = 7, 8, 9, 10
AMOUNTS = (1, 99, 700, 2_500, 33_334, 50_000, 100_000)


class History:
    """One life; every random number comes from `seed`."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.on = START
        self.numbers = iter(range(1, 10**6))
        self.obligations: list[int] = []
        self.name = f"life-{seed}"

    def live(self, moves: int) -> None:
        """Make `moves` attempts; what the rules refuse leaves no trace."""
        steps: list[Callable[[], None]] = [
            self.charge, self.charge, self.pay, self.pay, self.pay, self.bank, self.confirm,
            self.settle, self.let_off, self.spend, self.budget, self.state_money, self.other,
            self.turn_back, self.imported,
        ]  # fmt: skip
        set_up()
        for _ in range(moves):
            with suppress(LedgerRefused):
                self.random.choice(steps)()
            if self.random.random() < 0.4:
                self.on += timedelta(days=self.random.randint(1, 9))
            self.on = min(self.on, books.TODAY)

    def cents(self) -> int:
        return self.random.choice(AMOUNTS)

    def post(self, event: Event, *lines: Line, second: bool = False, by: int = CLERK,
             tender: Tender | None = None, before: bool = False) -> None:  # fmt: skip
        books.post(
            event, *lines, by=by, approved_by=SECOND if second else None, on=self.on,
            tender=tender, key=f"{self.name}-{next(self.numbers)}", doc=f"P-{self.on}",
            before_the_books=before,
        )  # fmt: skip

    def charge(self) -> None:
        key, cents = next(self.numbers), self.cents()
        self.post(E.ASSESS, Line(1200, cents, key), Line(2500, -cents, key))
        self.obligations.append(key)

    def pay(self) -> None:
        mode = self.random.choice([Mode.CASH, Mode.CHECK, Mode.MONEY_ORDER, Mode.CARD])
        cents, owed = self.cents(), self.random.choice(self.obligations or [1])
        part = min(cents, standing(1200, owed))
        cash = 1030 if mode is Mode.CARD else 1010
        settles = self._settles(owed, part)
        if part < cents:
            settles.append(Line(2100, part - cents, 500 + owed))
        tender = Tender("M-2026-", mode, Money(cents), f"{self.name}{next(self.numbers)}")
        kind = self.random.random()
        if kind < 0.1 and cash == 1010:
            settles, event = [Line(2400, -cents, OWN_RECEIPT)], E.RECEIPT_UNIDENTIFIED
        elif kind < 0.2 and cash == 1010:
            settles, event = [Line(4300, -cents, 0, 1)], E.DONATION_RECEIPT
        else:
            event = E.RECEIPT_CARD if mode is Mode.CARD else E.RECEIPT
        self.post(event, Line(cash, cents, OWN_RECEIPT), *settles, tender=tender)

    def _settles(self, owed: int, part: int) -> list[Line]:
        if not part:
            return []
        return [Line(2500, part, owed), Line(1200, -part, owed), Line(4010, -part, 0, 2)]

    def imported(self) -> None:
        cents = self.cents()
        tender = Tender("H-2026-", Mode.UNKNOWN, Money(cents), imported=True)
        lines = Line(1010, cents, OWN_RECEIPT), Line(2100, -cents, 77)
        self.post(E.IMPORTED_RECEIPT, *lines, tender=tender, before=True)

    def bank(self) -> None:
        lying = keys(1010)
        chosen = self.random.sample(lying, self.random.randint(1, len(lying))) if lying else []
        lines = [Line(1010, -cents, key) for key, cents in chosen]
        whole = sum(cents for _key, cents in chosen)
        self.post(E.DEPOSIT, Line(1015, whole, next(self.numbers)), *lines, by=THIRD)

    def confirm(self) -> None:
        key, cents = self.random.choice(keys(1015) or [(1, 1)])
        if cents > 1 and self.random.random() < 0.3:
            self.post(E.DEPOSIT_DIFFERENCE, Line(4090, 1), Line(1015, -1, key), second=True)
            cents -= 1
        self.post(E.DEPOSIT_CONFIRMED, Line(1020, cents), Line(1015, -cents, key), by=FOURTH)

    def settle(self) -> None:
        key, cents = self.random.choice(keys(1030) or [(1, 1)])
        lines = [Line(1020, cents - 1), Line(5040, 1)] if cents > 1 else [Line(1020, cents)]
        self.post(E.CARD_SETTLED, *lines, Line(1030, -cents, key))

    def let_off(self) -> None:
        event = self.random.choice([E.WAIVE, E.REDUCE, E.WRITE_OFF])
        key, cents = self.random.choice(keys(1200) or [(1, 1)])
        part = self.random.randint(1, cents)
        self.post(event, Line(2500, part, key), Line(1200, -part, key), second=True)

    def spend(self) -> None:
        cents, key = self.cents(), next(self.numbers)
        self.post(E.BUDGET_ADOPT, Line(9000, cents), Line(9010, -cents, 1), second=True)
        self.post(E.ENCUMBER, Line(9010, cents, 1), Line(9020, -cents, key), second=True)
        spent = self.random.choice([5010, 5020, 5030])
        self.post(
            E.VOUCHER, Line(spent, cents, key), Line(2200, -cents, key),
            Line(9020, cents, key), Line(9030, -cents, key), second=True,
        )  # fmt: skip
        self.post(E.PAY, Line(2200, cents, key), Line(1020, -cents), by=THIRD)
        self.post(E.CHECK_VOIDED, Line(1020, cents), Line(2200, -cents, key), second=True)

    def budget(self) -> None:
        cents, key = self.cents(), next(self.numbers)
        self.post(E.BUDGET_ADOPT, Line(9000, cents), Line(9010, -cents, 2), second=True)
        self.post(E.ENCUMBER, Line(9010, cents, 2), Line(9020, -cents, key), second=True)
        self.post(E.RELEASE, Line(9020, cents, key), Line(9010, -cents, 2), second=True)

    def state_money(self) -> None:
        cents = self.cents()
        tender = Tender("S-2026-", Mode.CASH, Money(cents))
        lines = Line(7010, cents, OWN_RECEIPT), Line(7300, -cents, 3)
        self.post(E.STF_RECEIPT, *lines, tender=tender)
        (key, held), bag = self.random.choice(keys(7010)), next(self.numbers)
        self.post(E.STF_DEPOSIT, Line(7015, held, bag), Line(7010, -held, key), by=THIRD)
        self.post(E.STF_CONFIRMED, Line(7020, held), Line(7015, -held, bag), by=FOURTH)

    def other(self) -> None:
        cents = self.cents()
        event, *lines = self.random.choice([
            (E.INTEREST, Line(1020, cents), Line(4200, -cents)),
            (E.BANK_CHARGE, Line(5040, cents), Line(1020, -cents)),
            (E.GRANT_IN, Line(1020, cents, 0, 1), Line(4300, -cents, 0, 1)),
            (E.TRANSFER_OUT, Line(4300, cents), Line(1020, -cents)),
        ])  # fmt: skip
        self.post(event, *lines, second=event is E.TRANSFER_OUT)

    def turn_back(self) -> None:
        rows = db.session.execute(select(Entry.id, Entry.event)).all()
        number, event = self.random.choice(rows) if rows else (1, E.ASSESS)
        taken = event in {E.RECEIPT, E.RECEIPT_CARD, E.DONATION_RECEIPT}
        reverse(
            number, event=E.VOID_RECEIPT if taken else E.REVERSE, by=FOURTH, approved_by=SECOND,
            key=f"{self.name}-{next(self.numbers)}", on=self.on, now=NOW,
        )  # fmt: skip


def set_up() -> None:
    """Give the ledger two purposes and switch the state's fee on."""
    known = set(db.session.scalars(select(Earmark.number)))
    new = [{"number": n, "name": f"Purpose {n}"} for n in (1, 2) if n not in known]
    if new:
        db.session.execute(insert(Earmark), new)
    stf = AccountRow.grp == Group.STATUTORY
    db.session.execute(update(AccountRow).where(stf).values(active=True))


def keys(account: int) -> list[tuple[int, int]]:
    """Return the open items of an account, as key and cents."""
    net = Balance.debits - Balance.credits
    query = select(Balance.sub, net).where(Balance.account == account, net > 0)
    return [(key, cents) for key, cents in db.session.execute(query.order_by(Balance.sub))]


def standing(account: int, key: int) -> int:
    return queries.balance(account, key).cents
