"""Prove that what went back and what was sent on is told in its own column of the files."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from diversion.core.money import ZERO, Money
from diversion.fund.exports.sent_on import sent_on
from diversion.fund.exports.sheets import stands
from diversion.ledger.events import Event


def row(entry: int, due: int, *, doc: str = "", event: Event = Event.STF_REMIT,
        reverses: int | None = None, office: int = 1) -> Any:  # fmt: skip
    if due > 0:
        event = Event.STF_RECEIPT
    return SimpleNamespace(
        id=entry, due=due, remittee=office, event=event, doc=doc, reverses=reverses,
        effective_on=date(2026, 11, entry), series="S-2026-" if due > 0 else None, number=entry,
    )  # fmt: skip


def days(*rows: Any) -> dict[int, int]:
    return {entry: on.day for (entry, _office), on in sent_on(rows).items()}


def test_a_receipt_is_sent_on_with_its_last_cent() -> None:
    assert days(row(1, 100), row(2, 60), row(3, -120), row(4, -39)) == {1: 3}
    assert days(row(1, 100), row(2, 60), row(3, -120), row(4, -40)) == {1: 3, 2: 4}


def test_each_office_has_its_own() -> None:
    assert days(row(1, 100), row(2, 60, office=2), row(3, -60, office=2)) == {2: 3}


def test_what_was_voided_or_returned_is_never_sent_on() -> None:
    void = row(3, -100, event=Event.STF_VOID, reverses=1)
    back = row(3, -100, event=Event.STF_RETURNED, doc="S-2026-000001")
    for gone in (void, back):
        assert days(row(1, 100), row(2, 60), gone, row(4, -60)) == {2: 4}


def test_what_was_returned_after_it_was_sent_is_kept_back_from_the_next() -> None:
    back = row(4, -100, event=Event.STF_RETURNED, doc="S-2026-000001")
    assert days(row(1, 100), row(2, -100), row(3, 150), back, row(5, -50)) == {1: 2, 3: 5}


def test_what_was_refunded_stands_apart_and_the_balance_follows_from_the_rest() -> None:
    parts = {Event.ASSESS: 1_000, Event.REDUCE: -600, Event.RECEIPT: -400}
    paid_back = stands(parts, {True: ZERO, False: Money(100)})
    assert [each.cents for each in paid_back] == [1_000, 700, 400, 100, 0]
    owed_again = {Event.ASSESS: 1_000, Event.RECEIPT: -1_000, Event.REFUND_APPROVED: 250}
    still_owed = stands(owed_again, {True: Money(250), False: ZERO})
    assert [each.cents for each in still_owed] == [1_000, 0, 1_000, 250, 250]
