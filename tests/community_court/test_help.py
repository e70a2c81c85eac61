"""Whom a voucher is for is known on the court's side alone; finance reads a code."""

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from diversion.community_court.help import queries, services
from diversion.community_court.help.models import HelpVoucher
from diversion.community_court.help.services import NotForPeople
from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.money import Money
from diversion.core.once import KeyUsedOtherwise
from diversion.fund.disclosure import people
from diversion.fund.orders.kinds import PayeeKind
from diversion.fund.vouchers.models import Voucher
from diversion.fund.vouchers.services import Bill
from diversion.participants.models import Participant
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories import disbursements as out
from tests.factories.community_court import make_people, make_person
from tests.factories.fund import TODAY
from tests.factories.staff import make_staff, sign_in

V = PayeeKind.VICTIM


def ask(office: out.Office, person: Participant, award: object, key: str = "") -> Voucher:
    return services.ask(
        person,
        award,
        Bill(Money(2500), ""),
        key=key or out.key(),
        by=office.coordinator,
        on=TODAY,
        now=NOW,
    )  # type: ignore[arg-type]


def test_codes_tell_how_many_people_they_stand_for_and_not_who(session: Session) -> None:
    office = out.make_office()
    out.give(1000)
    award = out.make_award(office, out.make_line(office), 500, V)
    one, other = make_people(office.coordinator, 2)
    first = ask(office, one, award, "the-same-form")
    assert ask(office, one, award, "the-same-form") is first
    with pytest.raises(KeyUsedOtherwise):
        ask(office, other, award, "the-same-form")
    second, third = ask(office, one, award), ask(office, other, award)
    codes = [each.code or "" for each in (first, second, third)]
    assert people.behind(codes[:2]) == queries.survivors(codes[:2]) == 1
    assert people.behind([*codes, "nobody knows"]) == 2
    assert [row.Voucher.id for row in queries.of_person(one.id)] == [second.id, first.id]
    with pytest.raises(DatabaseError, match="append-only"), session.begin_nested():
        session.execute(update(HelpVoucher).values(participant_id=other.id))


def test_money_for_organizations_is_nobodys_help(session: Session) -> None:
    office = out.make_office()
    award = out.make_award(office, out.make_line(office))
    with pytest.raises(NotForPeople):
        ask(office, make_person(office.coordinator), award)


def test_a_coordinator_asks_for_somebody_and_finance_reads_a_code(app: Flask) -> None:
    with app.app_context(), clock.standing_at(NOW), transaction():
        office = out.make_office()
        out.give(1000)
        award = out.make_award(office, out.make_line(office), 500, V).number
        number = make_person(office.coordinator, "Juniper", "Quillfeather").number
        advocate = make_staff(Role.SYSTEM_ADVOCATE, name="Alma Reyes")
        deputy, mentor = make_staff(Role.DEPUTY_DA), make_staff(Role.MENTOR)
    client, page = app.test_client(), f"/court/participants/{number}/help"
    sign_in(client, office.coordinator)
    assert award not in client.get("/fund/vouchers/new").text
    form = {"award": award, "amount": "40.00", "reference": "", "op": "one-form-of-help"}
    for _twice in range(2):
        done = client.post(f"{page}/new", data=form)
        assert (done.status_code, done.location) == (303, page)
    shown = client.get(page).text
    assert shown.count("V-2026-") == 1
    assert "40.00" in shown
    over = client.post(
        f"{page}/new", data={**form, "amount": "9999.00", "op": "another-form-of-help"}
    )
    assert (over.status_code, "would leave" in over.text) == (409, True)
    for staff in (office.asks, advocate, deputy, mentor):
        sign_in(client, staff)
        assert {client.get(at).status_code for at in (page, f"{page}/new")} == {404}
    sign_in(client, office.asks)
    for at in ("/fund/vouchers", "/fund/vouchers/V-2026-0001"):
        answer = client.get(at)
        assert answer.status_code == 200
        assert not {number, "Juniper", "Quillfeather"} & set(answer.text.split())
        assert number not in answer.text
