"""Make people who can walk through the whole sign-in."""

from datetime import timedelta

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from diversion.core import clock
from diversion.core.database import transaction
from diversion.staff.permissions import Role
from diversion.staff.sign_in import passwords, totp
from diversion.staff.sign_in.passwords import Method
from tests.factories.staff import make_staff

PASSWORD = "violet kettle under the stairs"
EMAIL = "rosa@county.example"
METHOD = Method(memory_kib=8, time_cost=1)


def make_account(
    app: Flask, *roles: Role, email: str = EMAIL, name: str = "Rosa Delgado", factor: bool = True
) -> str:
    """Make a person with a password; return the seed of their authenticator app."""
    seed = totp.new_seed()
    with app.app_context(), transaction():
        staff = make_staff(*(roles or (Role.FINANCE_CLERK,)), name=name, email=email)
        staff.password_hash = passwords.hashed(PASSWORD, METHOD)
        if factor:
            staff.totp_seed = totp.sealed(seed, table="staff", row=staff.id)
    return seed


def code(seed: str, step: int = 0) -> str:
    """Return what the app shows now, or `step` half minutes later."""
    return str(pyotp.TOTP(seed).at(clock.now() + timedelta(seconds=30 * step)))


def type_password(
    client: FlaskClient, email: str = EMAIL, password: str = PASSWORD, **more: str
) -> TestResponse:
    typed = {"email": email, "password": password, "notice": "y", **more}
    return client.post("/sign-in", data=typed)


def type_code(client: FlaskClient, digits: str) -> TestResponse:
    return client.post("/sign-in/code", data={"code": digits})
