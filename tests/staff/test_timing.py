"""Nobody learns by the clock whether an account exists."""

import statistics
import time

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diversion.core.database import transaction
from diversion.staff.sign_in import passwords
from diversion.staff.sign_in.passwords import Method
from diversion.staff.sign_in.services import found
from tests.factories.accounts import EMAIL, make_account, type_password

# The hash dominates, as it does in life; an account that is not there costs the same.
METHOD = {"ARGON2_MEMORY_KIB": 19456, "ARGON2_TIME_COST": 2}
TRIES = 9
LONG = 200


def _seconds(client: FlaskClient, email: str) -> float:
    began = time.process_time()
    assert type_password(client, email, "not the password").status_code == 422
    return time.process_time() - began


def _medians(app: Flask, client: FlaskClient, tries: int) -> dict[str, float]:
    app.config.update(METHOD)
    emails = [EMAIL, "locked@county.example", "closed@county.example"]
    for email in emails:
        make_account(app, email=email)
    kept = passwords.hashed("violet kettle", Method(memory_kib=19456, time_cost=2))
    with app.app_context(), transaction():
        people = [found(email) for email in emails]
        assert all(people)
        for person in people:
            person.password_hash = kept  # type: ignore[union-attr]
        people[1].locked_at = people[1].created_at  # type: ignore[union-attr]
        people[2].status = "disabled"  # type: ignore[union-attr]
    emails.append("nobody@county.example")
    times: dict[str, list[float]] = {email: [] for email in emails}
    for turn in range(tries + 1):
        for email in emails:
            spent = _seconds(client, email)
            if turn:
                times[email].append(spent)
    return {email: statistics.median(spent) for email, spent in times.items()}


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the many tries of a test neither lock nor wait."""
    monkeypatch.setattr("diversion.staff.sign_in.services.TRIES", 10**6)
    monkeypatch.setattr("diversion.staff.sign_in.services.TRIES_OF_ADDRESS", 10**6)


@pytest.mark.usefixtures("patient")
@pytest.mark.soak
def test_known_unknown_locked_and_closed_take_as_long_au_05(
    app: Flask, client: FlaskClient
) -> None:
    medians = _medians(app, client, TRIES)
    middle = statistics.median(medians.values())
    assert all(abs(each - middle) < 0.35 * middle for each in medians.values()), medians


@pytest.mark.soak
@pytest.mark.usefixtures("patient")
def test_over_two_hundred_tries_the_medians_differ_by_less_than_a_tenth_au_05(
    app: Flask, client: FlaskClient
) -> None:
    medians = _medians(app, client, LONG)
    middle = statistics.median(medians.values())
    assert all(abs(each - middle) < 0.1 * middle for each in medians.values()), medians
