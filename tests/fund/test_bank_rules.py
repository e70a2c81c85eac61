"""Prove how statements are read and what their lines are taken for; no database."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diversion.core.money import Money
from diversion.fund.reconciliation import ofx, tables
from diversion.fund.reconciliation.models import ItemKind, Meaning
from diversion.fund.reconciliation.rules import BankLine, Item, Proposal, propose
from diversion.fund.reconciliation.statement import (
    DoesNotFollow,
    Line,
    NotAStatement,
    check_in,
    fresh,
    made,
)

TODAY = date(2026, 11, 21)
JUNE = date(2026, 6, 11)


def line(cents: int, words: str = "DEPOSIT", on: date = JUNE, check: str = "") -> BankLine:
    return BankLine(1, on, words, Money(cents), check)


def item(key: int, cents: int, days: int = 0, kind: ItemKind = ItemKind.RECEIPT, ref: str = ""
         ) -> Item:  # fmt: skip
    return Item(kind, key, f"H-{key:06d}", JUNE + timedelta(days=days), Money(cents), ref)


def one(*lines: BankLine, items: list[Item] | None = None, bounced: list[Item] | None = None
        ) -> Proposal:  # fmt: skip
    return propose(lines, items or [], bounced or [])[-1]


def test_one_line_is_several_receipts() -> None:
    found = one(line(115_000, "DEPOSIT 2 ITEMS"), items=[item(1, 100_000, -1), item(2, 15_000, -1)])
    assert (found.meaning, {i.key for i in found.items}) == (Meaning.DEPOSIT, {1, 2})


def test_one_line_is_a_deposit_and_receipts() -> None:
    bag = item(7, 40_000, 0, ItemKind.DEPOSIT)
    found = one(line(50_000), items=[bag, item(1, 10_000), item(2, 9_999)])
    assert found.items == (bag, item(1, 10_000))


def test_a_deposit_of_the_amount_comes_before_a_sum_of_receipts() -> None:
    bag = item(7, 50_000, 2, ItemKind.DEPOSIT)
    found = one(line(50_000), items=[item(1, 25_000), item(2, 25_000), bag])
    assert found.items == (bag,)


@pytest.mark.parametrize(("days", "matched"), [(-5, True), (-6, False), (5, True), (6, False)])
def test_five_days_are_near(days: int, matched: bool) -> None:
    found = one(line(500), items=[item(1, 500, days)])
    assert (found.meaning is Meaning.DEPOSIT) == matched


def test_one_line_is_several_settlements_of_the_card_processor() -> None:
    paid = [item(n, cents, -1, ItemKind.ENTRY) for n, cents in ((1, 9_700), (2, 4_850), (3, 333))]
    found = one(line(14_550, "ACH MERCHANT SETTLEMENT"), items=paid)
    assert (found.meaning, {i.key for i in found.items}) == (Meaning.CLEARED, {1, 2})


def test_one_line_is_several_payments_and_never_money_that_came() -> None:
    paid = [item(n, cents, 0, ItemKind.ENTRY) for n, cents in ((1, -700), (2, -300), (3, 1_000))]
    found = one(line(-1_000, "ACH BATCH"), items=paid)
    assert (found.meaning, {i.key for i in found.items}) == (Meaning.CLEARED, {1, 2})


def test_receipts_and_settlements_are_not_mixed_in_one_line() -> None:
    came = [item(1, 500, 0, ItemKind.ENTRY), item(2, 500, 0, ItemKind.DEPOSIT)]
    assert one(line(1_000), items=came).meaning is None


def test_what_came_later_is_not_preferred() -> None:
    found = one(line(500), items=[item(1, 500, 1), item(2, 500, -4)])
    assert [i.key for i in found.items] == [2]


def test_two_ways_that_are_equal_are_left_to_a_person() -> None:
    found = one(line(500), items=[item(1, 500, -1), item(2, 500, -1)])
    assert found.meaning is None
    assert "Choose one" in str(found.why)


def test_the_number_of_items_that_the_bank_names_decides() -> None:
    items = [item(1, 500, -1), item(2, 300, -2), item(3, 200, -2)]
    assert {i.key for i in one(line(500, "DEP 2 ITEMS"), items=items).items} == {2, 3}
    assert {i.key for i in one(line(500, "DEP 1 ITEM"), items=items).items} == {1}


def test_what_one_line_takes_no_other_is_offered() -> None:
    lines = [BankLine(n, JUNE, "DEPOSIT", Money(500)) for n in (1, 2)]
    first, second = propose(lines, [item(1, 500)])
    assert (first.meaning, second.meaning) == (Meaning.DEPOSIT, None)


def test_a_returned_check_finds_its_receipt_by_number_and_amount() -> None:
    bounced = [item(1, 20_000, -12, ref="3847"), item(2, 20_000, -12, ref="3848")]
    found = one(line(-20_000, "RETURNED ITEM CK 3847 NSF", check="3847"), bounced=bounced)
    assert (found.meaning, found.items) == (Meaning.RETURNED, (bounced[0],))
    other = one(line(-19_999, "RETURNED ITEM CK 3847 NSF", check="3847"), bounced=bounced)
    assert other.meaning is None


def test_a_check_that_was_written_twice_is_left_to_a_person() -> None:
    bounced = [item(1, 500, -9, ref="7"), item(2, 500, -8, ref="7")]
    assert one(line(-500, "RETURNED CK 7", check="7"), bounced=bounced).meaning is None


@pytest.mark.parametrize(
    ("words", "cents", "meaning"),
    [
        ("SERVICE CHARGE", -1200, Meaning.CHARGE),
        ("MONTHLY FEE", -1200, Meaning.CHARGE),
        ("INTEREST EARNED", 12, Meaning.INTEREST),
        ("XFER FROM GENERAL", 500, Meaning.TRANSFER_IN),
        ("XFER TO GENERAL", -500, Meaning.TRANSFER_OUT),
        ("SOMETHING", 500, None),
        ("SOMETHING", -500, None),
    ],
)
def test_the_banks_words_are_understood(words: str, cents: int, meaning: Meaning | None) -> None:
    assert one(line(cents, words)).meaning == meaning


def test_a_payment_is_found_by_its_check() -> None:
    entries = [item(5, -900, -40, ItemKind.ENTRY, "4411"), item(6, -900, -1, ItemKind.ENTRY)]
    found = one(line(-900, "CHECK 4411", check="4411"), items=entries)
    assert (found.meaning, found.items) == (Meaning.CLEARED, (entries[0],))


CENTS = st.integers(-1_000, 2_000).filter(bool)
KINDS = st.sampled_from([ItemKind.RECEIPT, ItemKind.DEPOSIT, ItemKind.ENTRY])


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(CENTS, st.integers(-7, 7), KINDS), max_size=9),
    st.lists(st.integers(-2_000, 4_000).filter(bool), min_size=1, max_size=4),
)
def test_a_proposal_adds_up_and_takes_nothing_twice(
    there: list[tuple[int, int, ItemKind]], amounts: list[int]
) -> None:
    items = [
        item(n, cents if kind is ItemKind.ENTRY else abs(cents), days, kind)
        for n, (cents, days, kind) in enumerate(there)
    ]
    lines = [BankLine(n, JUNE, "DEPOSIT", Money(cents)) for n, cents in enumerate(amounts)]
    taken: list[int] = []
    for found in propose(lines, items):
        entries = {i.kind is ItemKind.ENTRY for i in found.items}
        if found.meaning is not None:
            assert Money.total(i.amount for i in found.items) == lines[found.line].amount
            assert entries == {found.meaning is Meaning.CLEARED}
            taken += [i.key for i in found.items]
    assert len(taken) == len(set(taken))


def csv(*rows: str, head: str = "Date,Description,Debit,Credit,Balance") -> bytes:
    return "\r\n".join([head, *rows]).encode()


def read(content: bytes) -> tuple[Line, ...]:
    return tables.read(content, today=TODAY).lines


def test_a_line_is_missing_where_the_balance_does_not_follow() -> None:
    with pytest.raises(DoesNotFollow):
        read(csv("06/01/2026,A,,1.00,11.00", "06/02/2026,B,,1.00,13.00"))


def test_the_newest_may_come_first_and_titles_and_totals_are_passed_over() -> None:
    content = csv(
        "06/02/2026,B,2.00,,9.00", "06/01/2026,A,,1.00,11.00", "Total,,2.00,1.00,",
        head="County of Example\r\nDate,Description,Debit,Credit,Balance",
    )  # fmt: skip
    with pytest.raises(NotAStatement):
        read(content)
    found = tables.read(content.replace(b"Total", b""), today=TODAY)
    assert [x.amount for x in found.lines] == [Money(100), Money(-200)]
    assert (found.opening, found.closing) == (Money(1000), Money(900))


def test_one_column_of_amounts_with_signs_is_read_too() -> None:
    found = read(csv("06/01/2026,A,5.00", "06/02/2026,B,-2.50", "06/03/2026,C,(1.00)",
                     head="Posting Date,Details,Amount"))  # fmt: skip
    assert [x.amount.cents for x in found] == [500, -250, -100]


@pytest.mark.parametrize(
    "content",
    [b"", csv(), b"a,b\n1,2\n", csv("13/45/2026,A,,1.00,"), csv("06/01/2026,A,,x,"),
     csv("06/01/2027,A,,1.00,")],
)  # fmt: skip
def test_what_is_no_statement_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Exception, match=r"This|Line") as no:
        read(content)
    assert "Traceback" not in str(no.value)


SGML = b"""OFXHEADER:100
DATA:OFXSGML

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><BANKTRANLIST>
<STMTTRN><TRNTYPE>DEP<DTPOSTED>20260611120000[-8:PST]<TRNAMT>1150.00<FITID>A1<NAME>DEPOSIT 2 ITEMS
</STMTTRN>
<STMTTRN><TRNTYPE>FEE<DTPOSTED>20260630<TRNAMT>-12.00<FITID>A2<NAME>SERVICE CHARGE
<STMTTRN><TRNTYPE>CHECK<DTPOSTED>20260629<TRNAMT>-200.00<FITID>A3<CHECKNUM>0003847
<NAME>RETURNED ITEM</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>14833.67<DTASOF>20260630</LEDGERBAL></STMTRS></STMTTRNRS>
</BANKMSGSRSV1></OFX>"""
XML = b"""<?xml version="1.0"?><?OFX OFXHEADER="200"?><OFX><STMTTRN><TRNTYPE>DEP</TRNTYPE>
<DTPOSTED>20260611</DTPOSTED><TRNAMT>+5.00</TRNAMT><FITID>B1</FITID><NAME>A &amp; B</NAME></STMTTRN>
</OFX>"""


def test_ofx_of_both_kinds_is_read() -> None:
    found = ofx.read(SGML, today=TODAY)
    assert [(x.on.day, x.amount.cents, x.reference, x.check_number) for x in found.lines] == [
        (11, 115_000, "A1", ""), (29, -20_000, "A3", "3847"), (30, -1_200, "A2", ""),
    ]  # fmt: skip
    assert (found.opening, found.closing) == (Money(1_389_567), Money(1_483_367))
    assert ofx.read(XML, today=TODAY).lines[0].words == "A & B"
    assert ofx.is_ofx(SGML)
    assert ofx.is_ofx(XML)
    assert not ofx.is_ofx(csv())


def test_a_transaction_that_stands_twice_in_ofx_counts_once() -> None:
    _head, line, rest = SGML.partition(b"<STMTTRN><TRNTYPE>FEE")
    twice = SGML.replace(line + rest, line + rest.partition(b"<STMTTRN>")[0] + line + rest)
    assert len(ofx.read(twice, today=TODAY).lines) == 3
    assert len(ofx.read(twice.replace(b"A2", b"A4", 1), today=TODAY).lines) == 4


@pytest.mark.parametrize("word", [b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<!ENTITY % x SYSTEM 'f'>"])
def test_ofx_that_declares_anything_is_not_opened(word: bytes) -> None:
    with pytest.raises(ofx.Declared):
        ofx.read(XML.replace(b"<OFX>", word + b"<OFX>"), today=TODAY)


@pytest.mark.parametrize(
    "content",
    [b"<OFX>", XML.replace(b"20260611", b"20261399"), XML.replace(b"+5.00", b"x"),
     XML.replace(b"20260611", b"00010101"), XML.replace(b"20260611", b"20991112"),
     XML.replace(b"20260611", b"20060611"), XML.replace(b"+5.00", b"0.00"),
     b"<OFX>" + b"x" * ofx.LARGEST],
)  # fmt: skip
def test_ofx_without_sense_is_refused(content: bytes) -> None:
    with pytest.raises(NotAStatement):
        ofx.read(content, today=TODAY)


def _understood(content: bytes) -> object:
    """Return the lines of a file, or what is said where it is none."""
    try:
        return ofx.read(content, today=TODAY).lines
    except NotAStatement as refused:
        return str(refused.sentence)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_file_breaks_the_reader_of_ofx(content: bytes) -> None:
    assert _understood(b"<OFX><STMTTRN>" + content)


def test_the_same_line_of_another_file_is_known() -> None:
    first = [Line(JUNE, "A", Money(5), balance=Money(10)), Line(JUNE, "A", Money(5))]
    again = [Line(JUNE, "A OTHER WORDS", Money(5), reference="X1")]
    assert fresh(again, first) == []
    assert fresh([*again, *again, *again], first) == again
    assert fresh([Line(JUNE, "A", Money(5), balance=Money(11))], first[:1]) != []


def test_the_number_of_a_check_is_found_in_the_words() -> None:
    assert check_in("RETURNED ITEM CK 3847 NSF") == "3847"
    assert check_in("CHECK #0041") == "41"
    assert check_in("SERVICE CHARGE") == ""


def test_a_statement_knows_its_days_and_balances() -> None:
    found = made(b"x", [Line(JUNE, "A", Money(5), balance=Money(10))], today=TODAY)
    assert (found.first_on, found.opening, found.closing) == (JUNE, Money(5), Money(10))
    assert made(b"x", [Line(JUNE, "A", Money(5))], today=TODAY).opening is None
