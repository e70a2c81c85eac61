"""Power is given by two and taken by one; nobody stands on both sides of the wall."""

import itertools

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.staff import sessions
from diversion.staff.models import RoleGrant, Staff, StaffStatus
from diversion.staff.people import queries, services, words
from diversion.staff.people.rules import BothPrograms
from diversion.staff.people.services import LastAdministrator, SamePerson
from diversion.staff.permissions import Permission, Role, side_of
from tests.factories.staff import make_staff, sign_in

NOW = clock.now


def _grant(staff: Staff, role: Role) -> RoleGrant:
    return next(g for g in staff.grants if g.role is role and g.ended_at is None)


def test_a_role_counts_once_another_administrator_confirms_it(session: Session) -> None:
    ada, tom, mae = (make_staff(Role.ADMINISTRATOR), make_staff(Role.ADMINISTRATOR), make_staff())
    grant = services.ask_role(mae, Role.FINANCE_CLERK, by=ada, now=NOW())
    assert not mae.may(Permission.RECEIPT_TAKE)
    services.confirm_role(grant, mae, by=tom, now=NOW())
    assert mae.may(Permission.RECEIPT_TAKE)


def test_nobody_confirms_what_they_asked_for_or_what_they_get(session: Session) -> None:
    ada, tom = make_staff(Role.ADMINISTRATOR), make_staff(Role.ADMINISTRATOR)
    asked = services.ask_role(tom, Role.AUDITOR, by=ada, now=NOW())
    for by in (ada, tom):
        with pytest.raises(SamePerson):
            services.confirm_role(asked, tom, by=by, now=NOW())


def test_the_database_itself_wants_two_people(session: Session) -> None:
    ada, mae = make_staff(Role.ADMINISTRATOR), make_staff()
    grant = services.ask_role(mae, Role.AUDITOR, by=ada, now=NOW())
    with pytest.raises(IntegrityError), session.begin_nested():
        grant.confirmed_by_id, grant.in_force_at = ada.id, NOW()
        session.flush()


SIDED = [role for role in Role if side_of(role)]


@pytest.mark.parametrize("held", SIDED)
def test_who_works_on_one_program_is_refused_the_other_az_05(session: Session, held: Role) -> None:
    ada = make_staff(Role.ADMINISTRATOR)
    for wanted in SIDED:
        person = make_staff(held)
        if side_of(wanted) is side_of(held) and wanted is not Role.DEPUTY_DA:
            continue
        if wanted is held:
            continue
        with pytest.raises(BothPrograms) as refused:
            services.ask_role(person, wanted, by=ada, now=NOW())
        said = str(refused.value.sentence)
        assert str(words.ROLE_NAMES[held]) in said
        assert "Remove that role first, or give this one to somebody else." in said


@pytest.mark.parametrize(
    ("held", "other"),
    [p for p in itertools.permutations(SIDED, 2) if side_of(p[0]) is not side_of(p[1])],
)
def test_the_database_holds_nobody_on_both_sides_az_05(
    session: Session, held: Role, other: Role
) -> None:
    person = make_staff(held)
    for side in (side_of(other), side_of(held), None):
        grant = RoleGrant(role=other, side=side, asked_at=NOW(), in_force_at=NOW())
        grant.staff_id = person.id
        with pytest.raises(IntegrityError), session.begin_nested():
            session.add(grant)
            session.flush()


def test_after_the_role_is_removed_the_other_side_is_open(session: Session) -> None:
    ada, tom = make_staff(Role.ADMINISTRATOR), make_staff(Role.ADMINISTRATOR)
    person = make_staff(Role.INSTRUCTOR)
    services.remove_role(_grant(person, Role.INSTRUCTOR), person, by=ada, now=NOW())
    assert person.roles == frozenset()
    grant = services.ask_role(person, Role.MENTOR, by=ada, now=NOW())
    services.confirm_role(grant, person, by=tom, now=NOW())
    assert person.roles == {Role.MENTOR}


def test_the_last_administrator_stays(session: Session) -> None:
    ada, tom = make_staff(Role.ADMINISTRATOR), make_staff(Role.ADMINISTRATOR)
    services.disable(tom, by=ada, now=NOW())
    with pytest.raises(LastAdministrator):
        services.remove_role(_grant(ada, Role.ADMINISTRATOR), ada, by=ada, now=NOW())
    with pytest.raises(LastAdministrator):
        services.disable(ada, by=ada, now=NOW())


def test_a_new_second_step_needs_two_people_au_11(session: Session) -> None:
    ada, tom, mae = make_staff(Role.ADMINISTRATOR), make_staff(Role.ADMINISTRATOR), make_staff()
    mae.totp_seed = b"sealed"
    services.ask_factor_reset(mae, by=ada, now=NOW())
    for by in (ada, mae):
        with pytest.raises(SamePerson):
            services.confirm_factor_reset(mae, by=by, now=NOW())
    assert mae.totp_seed is not None
    services.confirm_factor_reset(mae, by=tom, now=NOW())
    assert mae.totp_seed is None


@pytest.fixture
def admin(app: Flask, client: FlaskClient) -> FlaskClient:
    with app.app_context(), transaction():
        ada = make_staff(Role.ADMINISTRATOR, name="Ada Park")
        make_staff(Role.ADMINISTRATOR, name="Tom Reyes")
    sign_in(client, ada)
    return client


def _person(app: Flask, *roles: Role, name: str = "Mae Lind") -> Staff:
    with app.app_context(), transaction():
        return make_staff(*roles, name=name)


def test_removing_a_role_counts_on_the_next_request_az_06(app: Flask, admin: FlaskClient) -> None:
    mae = _person(app, Role.AUDITOR)
    other = app.test_client()
    sign_in(other, mae)
    assert other.get("/staff").status_code == 200
    with app.app_context():
        handle = _grant(queries.person(mae.handle), Role.AUDITOR).handle
    done = admin.post(f"/staff/{mae.handle}/roles/{handle}/remove")
    assert done.status_code == 303
    assert other.get("/staff").location.startswith("/sign-in")


def test_confirming_a_role_ends_the_sessions_it_would_widen_se_05(
    app: Flask, admin: FlaskClient
) -> None:
    mae = _person(app, Role.FINANCE_CLERK)
    with app.app_context(), transaction():
        by = db.session.scalars(select(Staff).where(Staff.name == "Tom Reyes")).one()
        asked = services.ask_role(queries.person(mae.handle), Role.AUDITOR, by=by, now=NOW())
    other = app.test_client()
    sign_in(other, mae)
    admin.post(f"/staff/{mae.handle}/roles/{asked.handle}/confirm")
    assert other.get("/account").status_code == 303
    with app.app_context():
        assert queries.person(mae.handle).roles == {Role.AUDITOR, Role.FINANCE_CLERK}


def test_an_administrator_sees_and_ends_sessions_se_05(app: Flask, admin: FlaskClient) -> None:
    mae = _person(app, Role.FINANCE_CLERK)
    other = app.test_client()
    row = sign_in(other, mae)
    assert f"/staff/{mae.handle}/sessions/{row}/end" in admin.get(f"/staff/{mae.handle}").text
    admin.post(f"/staff/{mae.handle}/sessions/{row}/end")
    assert other.get("/account").status_code == 303


def test_closing_an_account_ends_its_sessions(app: Flask, admin: FlaskClient) -> None:
    mae = _person(app, Role.FINANCE_CLERK)
    other = app.test_client()
    sign_in(other, mae)
    admin.post(f"/staff/{mae.handle}/disable")
    assert other.get("/account").status_code == 303


def test_the_refusal_is_shown_on_the_page_that_was_sent(app: Flask, admin: FlaskClient) -> None:
    mae = _person(app, Role.INSTRUCTOR)
    answer = admin.post(f"/staff/{mae.handle}/roles", data={"role": "mentor"})
    assert answer.status_code == 409
    assert "Nobody may read about people of both programs." in answer.text.replace("&#39;", "'")


WEIGHTY = [
    "/staff/invite", "/account/password", "/staff/{0}/roles", "/staff/{0}/link",
    "/staff/{0}/roles/{0}/confirm", "/staff/{0}/roles/{0}/remove", "/staff/{0}/factor-reset",
    "/staff/{0}/factor-reset/confirm", "/staff/{0}/disable",
]  # fmt: skip


@pytest.mark.parametrize("path", WEIGHTY)
def test_what_gives_power_asks_for_the_code_again_se_06(
    app: Flask, admin: FlaskClient, path: str
) -> None:
    with app.app_context(), transaction():
        db.session.execute(text("UPDATE sign_in_session SET factor_at = started_at"))
        row = db.session.scalars(select(sessions.SignInSession)).one()
        row.factor_at = row.started_at - sessions.FACTOR_IS_FRESH
    answer = admin.post(path.format("q8m4x2wkb7"))
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in/again")


def test_an_invited_person_has_no_role_before_the_first_sign_in(session: Session) -> None:
    ada = make_staff(Role.ADMINISTRATOR)
    mae = services.add("mae@county.example", "Mae Lind", by=ada, now=NOW())
    services.give_at_once(mae, Role.AUDITOR, now=NOW())
    assert mae.status is StaffStatus.INVITED
    assert mae.roles == frozenset()


def test_one_address_is_one_account(session: Session) -> None:
    services.add("mae@county.example", "Mae Lind", by=None, now=NOW())
    with pytest.raises(services.EmailTaken):
        services.add(" MAE@county.example ", "Mae Lindt", by=None, now=NOW())


def test_the_list_takes_as_many_statements_for_many_people_as_for_few(
    app: Flask, admin: FlaskClient
) -> None:
    with app.app_context():
        engine = db.engine
    _statements(admin, engine)
    few = _statements(admin, engine)
    for number in range(10):
        _person(app, Role.FINANCE_CLERK, name=f"Person {number}")
    assert _statements(admin, engine) == few


def _statements(client: FlaskClient, engine: object) -> int:
    seen: list[str] = []

    def note(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        assert client.get("/staff").status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_eight_roles_are_offered_with_an_invitation_and_the_rest_is_there(
    app: Flask, admin: FlaskClient
) -> None:
    mae = _person(app)
    assert admin.get("/staff/invite").text.count('name="roles"') == 8
    page = admin.get(f"/staff/{mae.handle}").text
    assert all(f'value="{role.value}"' in page for role in Role)
