"""Prove that a settlement file settles each card payment once, to the cent."""

import io

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from diversion.core.money import ZERO, Money
from diversion.fund.settlements import queries, rules, services
from diversion.fund.settlements.models import Open
from diversion.ledger import queries as ledger
from diversion.ledger.commands import Mode
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.fees import TODAY, make_debtor, make_receipt
from tests.factories.staff import make_staff
from tests.fees.desks import Desks, desks, text

HEAD = "reference,gross,fee,net\n"
TWO = f"{HEAD}ch_1,400.00,11.90,388.10\nch_9,5.00,0.30,4.70\n".encode()


@pytest.fixture
def manager(session: Session) -> Staff:
    return make_staff(Role.FINANCE_APPROVER, name="Harriet Moss")


def settle(content: bytes, by: Staff) -> services.Read:
    return services.settle(content, by=by, on=TODAY, now=NOW)


def problems(found: services.Read) -> list[Open | None]:
    return [line.problem for line in queries.lines_of(found.settlement.id)]


def test_a_line_settles_its_receipt_net_of_the_fee(manager: Staff) -> None:
    person, _ = make_debtor()
    make_receipt(person, 40_000, mode=Mode.CARD, reference="ch_1")
    found = settle(TWO, manager)
    assert (ledger.balance(1030), ledger.balance(1020)) == (ZERO, Money(38_810))
    assert ledger.balance(5040) == Money(1_190)
    assert problems(found) == [None, Open.UNKNOWN]


def test_the_same_file_again_settles_only_what_is_open(manager: Staff) -> None:
    person, _ = make_debtor()
    make_receipt(person, 40_000, mode=Mode.CARD, reference="ch_1")
    first = settle(TWO, manager)
    make_receipt(person, 500, mode=Mode.CARD, reference="ch_9")
    again, third = settle(TWO, manager), settle(TWO, manager)
    assert (first.settled, again.settled, third.settled) == (1, 1, 0)
    assert again.settlement.id == first.settlement.id
    assert ledger.balance(1020) == Money(39_280)


def test_what_does_not_fit_stays_open_with_its_reason(manager: Staff) -> None:
    person, _ = make_debtor()
    make_receipt(person, 40_000, mode=Mode.CARD, reference="ch_1")
    make_receipt(person, 500, mode=Mode.CARD, reference="ch_9")
    wrong = f"{HEAD}ch_1,399.00,1.00,398.00\nch_9,5.00,0.30,4.71\n".encode()
    assert problems(settle(wrong, manager)) == [Open.AMOUNT_DIFFERS, Open.NET_DIFFERS]
    settle(TWO, manager)
    other = f"{HEAD}ch_1,400.00,0,400.00\n".encode()
    assert problems(settle(other, manager)) == [Open.NOT_WAITING]


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"a,b\n1,2\n", HEAD.encode(), f"{HEAD}ch_1,x,0,1\n".encode(),
     f"{HEAD}ch_1,1,0,1\nch_1,1,0,1\n".encode(), f"{HEAD},1,0,1\n".encode(),
     f"{HEAD}ch_1,-1,0,-1\n".encode(), f"{HEAD}ch_1,1\n".encode(),
     f"{HEAD}ch_1,1,1.01,-0.01\n".encode(), f"{HEAD}ch_1,{'1' * 5000},0,1\n".encode()],
)  # fmt: skip
def test_a_file_that_can_not_be_read_whole_is_refused(content: bytes) -> None:
    with pytest.raises((rules.NotASettlement, rules.BadLine)):
        rules.read(content)


@given(
    st.dictionaries(st.integers(0, 4), st.integers(1, 10**7), min_size=1),
    st.integers(0, 10**7),
)
def test_no_cent_is_lost_between_purposes_and_fee(parts: dict[int, int], fee: int) -> None:
    gross = sum(parts.values())
    fee = min(fee, gross)
    purposes = {mark: Money(cents) for mark, cents in parts.items()}
    lines = rules.meaning(1, Money(gross), Money(fee), purposes)
    assert sum(line.cents for line in lines) == 0
    assert sum(line.cents for line in lines if line.account == 5040) == fee
    for mark, cents in parts.items():
        both = [line.cents for line in lines if line.account != 1030 and line.earmark == mark]
        assert (sum(both), min(both) >= 0) == (cents, True)


def test_a_manager_reads_a_file_and_an_auditor_reads_the_lines(app: Flask) -> None:
    office: Desks = desks(app)
    office.take(mode="card", reference="ch_1")
    page = "/fund/settlements"
    assert "$400.00 of card payments wait" in text(office.auditor, page)
    sent = {"file": (io.BytesIO(TWO), "settlement.csv")}
    assert office.clerk.post(page, data=sent).status_code == 404
    assert office.manager.post(page, data={}).status_code == 422
    sent = {"file": (io.BytesIO(TWO), "settlement.csv")}
    where = office.manager.post(page, data=sent).location
    assert "No receipt has this card reference." in text(office.auditor, where)
    assert "1 of 2" in text(office.auditor, page)
