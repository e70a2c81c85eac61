"""A schedule replaces the one before and is never edited; the state's line never reaches us."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from diversion.core.database import transaction
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.fees.schedules import queries, services
from diversion.fees.schedules.models import FeeLine, FeeSchedule, LineKind, Office, Overpayment
from diversion.fees.schedules.services import Part
from diversion.ledger.earmarks import add
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.fees import TODAY
from tests.factories.staff import make_staff, sign_in


def put(manager: Staff, on: date = TODAY, key: str = "schedule-1", **other: object) -> FeeSchedule:
    parts = [Part("Class", Money(90_000)), Part("State fee", Money(10_000), LineKind.STATUTORY)]
    given = {"parts": parts, "due_days": 30, "overpayment": Overpayment.CREDIT, **other}
    return services.replace(
        Track.SBAD, key=key, by=manager, on=on, today=TODAY, **given  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_later_schedule_replaces_the_earlier_one_on_its_day(manager: Staff) -> None:
    first = put(manager)
    second = put(manager, TODAY + timedelta(days=30), "schedule-2")
    assert services.in_force(Track.SBAD, TODAY + timedelta(days=29)) is first
    assert services.in_force(Track.SBAD, TODAY + timedelta(days=30)) is second
    assert queries.listed(Track.SBAD)[0] is second


def test_the_states_line_is_off_and_belongs_to_the_court_clerk(manager: Staff) -> None:
    own, state = put(manager).lines
    assert (own.office, state.office) == (Office.PROGRAM_OFFICE, Office.COURT_CLERK)
    assert (state.is_on, state.revenue_account) == (False, None)


@pytest.mark.parametrize(
    ("on", "refusal"),
    [(TODAY - timedelta(days=1), services.InThePast), (TODAY, services.DayTaken)],
)
def test_the_past_and_a_taken_day_are_refused(
    manager: Staff, on: date, refusal: type[Exception]
) -> None:
    put(manager)
    with pytest.raises(refusal):
        put(manager, on, "schedule-2")


def test_the_same_form_makes_one_schedule(manager: Staff) -> None:
    assert put(manager) is put(manager)


def test_nobody_in_community_court_has_a_schedule(manager: Staff) -> None:
    with pytest.raises(services.FeesSwitchedOff):
        services.put_in_force(Track.COMMUNITY_COURT, [Part("x", Money(1))], by=manager, on=TODAY)


@pytest.mark.parametrize("table", [FeeSchedule, FeeLine])
def test_no_schedule_is_ever_edited(
    session: Session, manager: Staff, table: type[FeeSchedule]
) -> None:
    put(manager)
    for act in (update(table).values(id=7), delete(table)):
        with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
            session.execute(act)


def _signed_in(app: Flask, role: Role) -> FlaskClient:
    with app.app_context(), transaction():
        staff = make_staff(role)
    client = app.test_client()
    sign_in(client, staff)
    return client


FILLED = {"op": "s" * 24, "label_1": "Program fee", "amount_1": "800", "earmark_1": "0",
          "earmark_2": "0", "earmark_3": "0", "statutory": "100", "in_force_on": "+1",
          "due_days": "60", "overpayment": "credit"}  # fmt: skip


def test_a_finance_manager_puts_a_schedule_in_force_and_others_read_it(app: Flask) -> None:
    with app.app_context(), transaction():
        purpose = add("Survivor services")
    manager = _signed_in(app, Role.FINANCE_APPROVER)
    second = {"label_2": "Services", "amount_2": "200", "earmark_2": str(purpose)}
    answer = manager.post("/fees/schedules/new", data={**FILLED, **second})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    page = _signed_in(app, Role.AUDITOR).get("/fees/schedules").get_data(as_text=True)
    for words in ("Program fee", "$800.00", "Survivor services", "Court clerk", "Off"):
        assert words in page
    assert _signed_in(app, Role.FINANCE_CLERK).get("/fees/schedules/new").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"amount_1": ""}, {"label_2": "Half a line"}, {"in_force_on": "1/1/2020"},
     {"earmark_1": "99"}, {"due_days": "-1"}],
)  # fmt: skip
def test_what_was_typed_wrong_is_refused_and_kept(app: Flask, wrong: dict[str, str]) -> None:
    manager = _signed_in(app, Role.FINANCE_APPROVER)
    answer = manager.post("/fees/schedules/new", data={**FILLED, **wrong})
    assert answer.status_code in (409, 422)
    assert "Program fee" in answer.get_data(as_text=True)
