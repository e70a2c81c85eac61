"""Prove that each entry goes to the county once, in batches that add up and stay."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO
from itertools import count

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from diversion.core.database import db
from diversion.fund.county import queries, services, strings
from diversion.fund.county.acknowledging import NoBatch, OtherNumber, acknowledge
from diversion.fund.county.formats import FIELDS, TRAILER, TooWide
from diversion.fund.county.models import Books, CountyBatch, CountyBatchEntry, Format
from diversion.fund.county.queries import Waiting
from diversion.fund.county.services import Layout, NothingNew
from diversion.ledger.accounts import Group
from diversion.ledger.commands import Line, PeriodState
from diversion.ledger.events import Event
from diversion.ledger.models import AccountRow, Entry
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories import fund
from tests.factories.staff import make_staff
from tests.fund.closing import move
from tests.ledger import books
from tests.ledger.histories import History

TODAY = date(2026, 11, 21)
OCTOBER = Waiting(Books.ACCOUNT, 202610, None, 0)
_keys = count(1)


def october() -> Staff:
    """Charge, take and earn in October, and close it."""
    on = date(2026, 10, 5)
    fund.assess(31, on=on)
    fund.take(400, by=7, obligation=31, on=on)
    books.post(Event.INTEREST, Line(1020, 123), Line(4200, -123), on=date(2026, 10, 30))
    move(202610, PeriodState.CLOSED)
    return make_staff(Role.FINANCE_APPROVER, name="Helen Park")


def make(by: Staff, asked: Waiting = OCTOBER, form: Format = Format.CSV, *, lines: bool = False,
         key: str = "") -> CountyBatch:  # fmt: skip
    key = key or f"county-{next(_keys)}"
    return services.make(asked, Layout(form, lines), key=key, by=by, on=TODAY, now=NOW)


def table(batch: CountyBatch) -> list[list[str]]:
    return list(csv.reader(StringIO(batch.content.decode(), newline="")))


def test_the_trailer_is_what_the_lines_add_up_to(session: Session) -> None:
    rows = table(make(october()))
    heads, lines, end = rows[0], rows[1:-1], rows[-1]
    assert heads == [field.title for field in FIELDS]
    debits, credits_, account = (heads.index(name) for name in ("Debit", "Credit", "Account"))
    cents = [sum(round(float(row[n] or 0) * 100) for row in lines) for n in (debits, credits_)]
    numbers = sum(int(row[account]) for row in lines)
    said = [end[1], *(str(round(float(text) * 100)) for text in end[2:4]), end[4]]
    assert end[0] == "TRAILER"
    assert said == [str(len(lines)), *map(str, cents), str(numbers)]
    assert cents[0] == cents[1]
    last = db.session.get_one(Entry, int(end[6]))
    assert (end[5], end[7]) == ("1", last.hash)


def test_sums_and_single_lines_say_the_same(session: Session) -> None:
    by = october()
    detailed = make(by, lines=True)
    assert (detailed.lines, detailed.entries) == (8, 3)
    db.session.execute(select(1))
    assert {row[9] for row in table(detailed)[1:-1]} >= {"Fee assessed", "Receipt", "Interest"}


def test_each_entry_goes_once(session: Session) -> None:
    by = october()
    first = make(by)
    with pytest.raises(NothingNew):
        make(by)
    went = set(db.session.scalars(select(CountyBatchEntry.entry_id)))
    assert len(went) == first.entries == 3


def test_a_form_sent_twice_makes_one_batch(session: Session) -> None:
    by = october()
    assert make(by, key="same").id == make(by, key="same").id


def test_a_month_opened_again_sends_only_what_is_new(session: Session) -> None:
    by = october()
    make(by)
    move(202610, PeriodState.OPEN)
    fund.assess(32, dollars=70, on=date(2026, 10, 31))
    move(202610, PeriodState.CLOSED)
    delta = make(by)
    assert (delta.turn, delta.entries, delta.debits.cents) == (2, 1, 7_000)
    assert delta.first_entry == delta.last_entry == 4


def test_an_open_month_goes_day_by_day(session: Session) -> None:
    by = make_staff(Role.FINANCE_APPROVER)
    for day in (19, 20, 20, 21):
        fund.assess(40 + day, on=date(2026, 11, day))
    found = queries.waiting(TODAY)
    assert [(each.day, each.entries) for each in found] == [
        (date(2026, 11, 19), 1), (date(2026, 11, 20), 2),
    ]  # fmt: skip
    assert make(by, found[1]).entries == 2
    assert [each.day for each in queries.waiting(TODAY)] == [date(2026, 11, 19)]


def test_money_held_for_the_state_has_batches_of_its_own(session: Session) -> None:
    History(2).live(60)
    by = make_staff(Role.FINANCE_APPROVER)
    waiting = queries.waiting(TODAY + timedelta(days=1))
    own = [each for each in waiting if each.books is Books.STATUTORY]
    rest = [each for each in waiting if each.books is Books.ACCOUNT]
    assert own
    assert rest
    for each in waiting:
        rows = table(make(by, each))[1:-1]
        assert {row[5][0] == "7" for row in rows} == {each.books is Books.STATUTORY}
        assert {row[3] for row in rows} == {"STF" if each.books is Books.STATUTORY else "HTA"}


def test_budget_lines_go_only_where_the_county_has_accounts_for_them(session: Session) -> None:
    on = date(2026, 11, 3)
    lines = Line(9000, 500), Line(9010, -500, 1)
    books.post(Event.BUDGET_ADOPT, *lines, on=on, approved_by=8)
    by, asked = make_staff(Role.FINANCE_APPROVER), Waiting(Books.ACCOUNT, 202611, on, 1)
    with pytest.raises(NothingNew):
        make(by, asked)
    budget = AccountRow.grp == Group.BUDGET
    db.session.execute(update(AccountRow).where(budget).values(county_string="215-1805-9500-HT"))
    row = table(make(by, asked))[1]
    assert row[3:7] == ["215", "1805", "9500", "HT"]


@pytest.mark.parametrize("lines", [False, True])
def test_fixed_width_lines_are_all_alike(session: Session, lines: bool) -> None:
    batch = make(october(), form=Format.FIXED, lines=lines)
    rows = batch.content.decode().split("\r\n")[:-1]
    wide, end = (1 + sum(field.width for field in fields) for fields in (FIELDS, TRAILER))
    assert {len(row) for row in rows[:-1]} == {wide}
    assert len(rows[-1]) == end
    place = 1 + sum(field.width for field in FIELDS[:7])
    assert sum(int(row[place : place + 15]) for row in rows[:-1]) == batch.debits.cents


def test_the_workbook_for_upload_has_lines_and_trailer(session: Session) -> None:
    batch = make(october(), form=Format.WORKBOOK)
    book = load_workbook(BytesIO(batch.content))
    assert book.sheetnames == ["Batch", "Trailer"]
    total = sum(row[7].value or 0 for row in book["Batch"].iter_rows(min_row=2))
    assert round(total * 100) == batch.debits.cents
    assert book["Trailer"].cell(2, 7).value == batch.chain_hash


def test_a_batch_that_does_not_add_up_is_not_written(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = october()
    whole = queries.lines
    monkeypatch.setattr(queries, "lines", lambda asked: whole(asked)[:-1])
    with pytest.raises(services.DoesNotBalance):
        make(by)


def test_the_countys_number_comes_back(session: Session) -> None:
    by = october()
    batch = make(by)
    answer = f"Batch id,County batch\n{batch.number},JE-4711\n".encode()
    assert acknowledge(answer, by=by, now=NOW) == 1
    assert acknowledge(answer, by=by, now=NOW) == 0
    found = queries.acknowledgement(batch.id)
    assert found is not None
    assert found.county_number == "JE-4711"
    with pytest.raises(OtherNumber):
        acknowledge(answer.replace(b"4711", b"4712"), by=by, now=NOW)


@pytest.mark.parametrize("answer", ["a,b\n1,2\n", "Batch,No\nGL-2026-0099,JE-1\n"])
def test_an_answer_about_none_of_our_batches_is_refused(session: Session, answer: str) -> None:
    with pytest.raises(NoBatch):
        acknowledge(answer.encode(), by=october(), now=NOW)


@pytest.mark.parametrize(
    "text", ["410100", "215-", "215--9", "215-1805-410100-HT x", "=1-2", "123456789-1", "1-1-1-1-é",
             "215-1805-123456789012345"],
)  # fmt: skip
def test_what_the_countys_file_has_no_room_for_is_refused(text: str) -> None:
    with pytest.raises(strings.NotAString) as said:
        strings.check(4010, text)
    assert said.value.field == "code_4010"


@pytest.mark.parametrize("text", ["", "215-410100", "215-1805-410100", "215-1805-410100-HT-2"])
def test_a_string_has_two_to_four_parts(text: str) -> None:
    assert strings.check(4010, text) == text


def test_an_account_that_would_be_cut_goes_into_no_file(session: Session) -> None:
    by = october()
    long = AccountRow.code == 1010
    db.session.execute(update(AccountRow).where(long).values(county_string="215-1-123456789012345"))
    with pytest.raises(TooWide):
        make(by, form=Format.FIXED)
