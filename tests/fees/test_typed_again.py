"""A payment that looks like one just receipted is asked about, whatever it is for."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy.orm import Session

from diversion.core.money import Money
from diversion.fees import typed_again
from diversion.fees.models import Payor
from diversion.fees.receipts import services as receipts
from diversion.fees.state_receipts import services as state
from diversion.fees.unplaced import services as unplaced
from diversion.fees.unplaced.models import UnplacedKind
from diversion.ledger.commands import Mode
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.fees import TODAY
from tests.factories.staff import make_staff
from tests.factories.state_money import collect_here

CENTS = Money(1_500)
Take = Callable[..., object]


@pytest.fixture
def clerk(session: Session) -> Staff:
    return make_staff(Role.FINANCE_CLERK, name="Lena Ortiz")


@pytest.fixture(params=["account", "state", "unplaced"])
def take(clerk: Staff, request: pytest.FixtureRequest) -> Take:
    """Return what takes $15 at one of the three places, by whom and when, cash or check 0912."""
    person = collect_here(make_staff(Role.FINANCE_APPROVER, name="Miles Soto"))
    keys = count(1)

    def of(mode: Mode, *, by: Staff = clerk, minutes: int = 0, again: bool = False) -> object:
        told = {"key": f"again-{next(keys)}", "by": by, "on": TODAY, "again": again,
                "now": NOW + timedelta(minutes=minutes)}  # fmt: skip
        given = (CENTS, mode, "" if mode is Mode.CASH else "0912")
        if request.param == "account":
            return receipts.take(person, receipts.Payment(*given), **told)
        if request.param == "state":
            return state.take(person, state.Handed(*given, Payor.SELF), **told)
        return unplaced.take(unplaced.Handed(UnplacedKind.DONATION, *given), **told)

    return of


def test_the_same_cash_is_asked_about_for_ten_minutes_of_one_cashier(take: Take) -> None:
    take(Mode.CASH)
    with pytest.raises(typed_again.TypedAgain, match="within the last ten minutes"):
        take(Mode.CASH, minutes=9)
    take(Mode.CASH, minutes=9, by=make_staff(Role.FINANCE_CLERK, name="Ada Lund"))
    take(Mode.CASH, minutes=9, again=True)
    take(Mode.CASH, minutes=20)


def test_the_same_check_is_asked_about_all_day_whoever_takes_it(take: Take) -> None:
    take(Mode.CHECK)
    other = make_staff(Role.FINANCE_CLERK, name="Ada Lund")
    with pytest.raises(typed_again.TypedAgain, match="receipted today as"):
        take(Mode.CHECK, minutes=300, by=other)
    take(Mode.MONEY_ORDER, minutes=300)
    take(Mode.CHECK, minutes=300, again=True)


def test_a_check_that_came_without_an_account_is_asked_about_on_one(clerk: Staff) -> None:
    person = collect_here(make_staff(Role.FINANCE_APPROVER, name="Miles Soto"))
    told = {"by": clerk, "on": TODAY, "now": NOW, "again": False}
    handed = unplaced.Handed(UnplacedKind.UNIDENTIFIED, CENTS, Mode.CHECK, "0912")
    first = unplaced.take(handed, key="again-1", **told).made
    with pytest.raises(typed_again.TypedAgain, match=first.number):
        receipts.take(person, receipts.Payment(CENTS, Mode.CHECK, "912"), key="again-2", **told)
    other = receipts.Payment(Money(1_600), Mode.CHECK, "912")
    receipts.take(person, other, key="again-3", **told)
