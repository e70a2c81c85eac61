"""People come in with a password and a code that counts once, and by no other way."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from diversion.audit.models import AuditRow
from diversion.core.database import db, transaction
from diversion.staff import sessions
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from diversion.staff.sessions import SignInSession
from diversion.staff.sign_in import passwords, services
from tests.factories.accounts import EMAIL, PASSWORD, code, make_account, type_code, type_password
from tests.factories.staff import sign_in

NO_MATCH = "That email and password do not match."


def _acts(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(AuditRow.act).order_by(AuditRow.seq)))


def _staff(app: Flask, email: str = EMAIL) -> Staff:
    with app.app_context():
        return db.session.scalars(select(Staff).where(Staff.email == email)).one()


def test_password_then_code_open_the_page_that_was_wanted_se_08(
    app: Flask, client: FlaskClient
) -> None:
    seed = make_account(app)
    wanted = client.get("/account").location
    assert wanted == "/sign-in?next=/account"
    typed = {"email": f" {EMAIL.upper()} ", "password": PASSWORD, "notice": "y"}
    half = client.post(wanted, data=typed)
    assert half.location == "/sign-in/code?next=/account"
    assert client.get("/account").status_code == 303
    done = client.post(half.location, data={"code": code(seed)})
    assert done.location == "/account"
    assert client.get("/account").status_code == 200
    assert _acts(app)[-1] == "signed_in"


def test_the_notice_is_acknowledged_before_anything_else_au_13(
    app: Flask, client: FlaskClient
) -> None:
    seed = make_account(app)
    answer = type_password(client, notice="")
    assert answer.status_code == 422
    assert "Confirm that you use this system for your work only." in answer.text
    assert type_code(client, code(seed)).location.startswith("/sign-in")


def test_a_wrong_password_says_nothing_about_the_account_au_05(
    app: Flask, client: FlaskClient
) -> None:
    make_account(app)
    make_account(app, email="locked@county.example")
    make_account(app, email="closed@county.example")
    with app.app_context(), transaction():
        by_email = {s.email: s for s in db.session.scalars(select(Staff))}
        by_email["closed@county.example"].status = "disabled"
        by_email["locked@county.example"].locked_at = by_email[EMAIL].created_at
    asked = {
        "known": (EMAIL, "wrong password here"),
        "unknown": ("nobody@county.example", "wrong password here"),
        "locked": ("locked@county.example", PASSWORD),
        "closed": ("closed@county.example", PASSWORD),
    }
    answers = {}
    for name, (email, password) in asked.items():
        answer = type_password(client, email, password)
        assert NO_MATCH in answer.text
        answers[name] = (answer.status_code, answer.text.replace(email, "EMAIL"))
    assert len(set(answers.values())) == 1


def test_every_try_costs_one_hash_whoever_it_is_for_au_05(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_account(app)
    type_password(client)  # the first of a process also makes the dummy
    verified: list[str] = []
    real = passwords._verify

    def counting(kept: str, typed: bytes, method: passwords.Method) -> bool:
        verified.append(kept)
        return real(kept, typed, method)

    monkeypatch.setattr(passwords, "_verify", counting)
    stranger = app.test_client()
    for email in (EMAIL, "nobody@county.example"):
        type_password(stranger, email, "wrong password here")
    assert len(verified) == 2


def test_too_long_a_password_never_reaches_the_hasher_au_02(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_account(app)
    seen: list[int] = []
    monkeypatch.setattr(
        passwords, "_verify", lambda kept, typed, method: bool(seen.append(len(typed)))
    )
    assert type_password(client, password="x" * 129).status_code == 422
    assert type_password(client, password="y" * 400_000).status_code == 422
    assert max(seen) <= passwords.LONGEST


def test_five_wrong_tries_lock_one_account_and_no_other_au_06(
    app: Flask, client: FlaskClient
) -> None:
    seed = make_account(app)
    make_account(app, email="tom@county.example", name="Tom Reyes")
    other_worker = app.test_client()
    for turn in range(5):
        type_password((client, other_worker)[turn % 2], password="not my password")
    assert _staff(app).locked_at is not None
    assert NO_MATCH in type_password(client).text
    assert "account_locked" in _acts(app)
    assert type_password(other_worker, "tom@county.example").status_code == 303
    with app.app_context(), transaction():
        services.release(services.found(EMAIL), by=None)
    assert type_password(client).location == "/sign-in/code"
    assert type_code(client, code(seed)).location == "/"


def test_wrong_codes_count_like_wrong_passwords_au_06(app: Flask, client: FlaskClient) -> None:
    seed = make_account(app)
    type_password(client)
    for _ in range(5):
        type_code(client, "000000")
    assert _staff(app).locked_at is not None
    assert type_code(client, code(seed)).status_code != 303


def test_old_tries_are_forgotten_after_fifteen_minutes_au_06(
    app: Flask, client: FlaskClient, the_day: time_machine.Traveller
) -> None:
    make_account(app)
    for _ in range(4):
        type_password(client, password="not my password")
    the_day.shift(timedelta(minutes=15, seconds=1))
    type_password(client, password="not my password")
    assert _staff(app).locked_at is None


def test_one_place_that_tries_many_accounts_has_to_wait_au_06(
    app: Flask, client: FlaskClient
) -> None:
    make_account(app)
    for number in range(services.TRIES_OF_ADDRESS):
        type_password(client, f"nobody{number}@county.example", "not my password")
    assert type_password(client).status_code == 429


def test_half_way_in_only_the_next_step_opens(app: Flask, client: FlaskClient) -> None:
    make_account(app, Role.ADMINISTRATOR)
    type_password(client)
    for path in ("/", "/account", "/staff", "/staff/invite", "/account/password"):
        assert client.get(path).location.startswith("/sign-in/code"), path
    for path in ("/sign-in/factor", "/sign-in/factor.png"):
        assert client.get(path).status_code in {303, 404}, path
    assert client.get("/sign-in/factor").location.startswith("/sign-in/again")


@pytest.mark.parametrize("spaced", ["{}", " {} ", "{0:.3} {1}"])
def test_a_code_counts_once_au_08(app: Flask, spaced: str) -> None:
    seed = make_account(app)
    digits = code(seed)
    typed = spaced.format(digits, digits[3:])
    first, second = app.test_client(), app.test_client()
    for browser in (first, second):
        type_password(browser)
    assert type_code(first, typed).status_code == 303
    again = type_code(second, digits)
    assert again.status_code == 422
    assert "it was used already" in again.text


def test_a_code_of_the_neighboring_step_is_right_and_older_ones_are_not_au_08(
    app: Flask, client: FlaskClient
) -> None:
    seed = make_account(app)
    for step, status in ((-2, 422), (2, 422), (-1, 303), (1, 303)):
        browser = app.test_client()
        type_password(browser)
        assert type_code(browser, code(seed, step)).status_code == status, step
    type_password(client)
    assert type_code(client, code(seed, 0)).status_code == 422  # older than one that was used


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "1 2 3 4 5 6 7"])
def test_what_is_no_code_is_refused_au_08(app: Flask, client: FlaskClient, typed: str) -> None:
    make_account(app)
    type_password(client)
    assert type_code(client, typed).status_code == 422


def test_the_seed_lies_sealed_in_the_database_au_08(app: Flask) -> None:
    seed = make_account(app)
    with app.app_context():
        kept = db.session.scalar(text("SELECT totp_seed FROM staff"))
    assert seed.encode() not in bytes(kept)


def test_setting_up_the_second_step_needs_its_first_code(app: Flask, client: FlaskClient) -> None:
    make_account(app, factor=False)
    assert type_password(client).location == "/sign-in/factor"
    page = client.get("/sign-in/factor")
    seed = page.text.split('<span class="mono">')[1].split("<")[0]
    picture = client.get("/sign-in/factor.png")
    assert picture.mimetype == "image/png"
    assert "no-store" in picture.headers["Cache-Control"]
    assert client.post("/sign-in/factor", data={"code": "000000"}).status_code == 422
    assert client.get("/account").status_code == 303
    assert client.post("/sign-in/factor", data={"code": code(seed)}).location == "/"
    assert client.get("/account").status_code == 200
    with app.app_context():
        assert seed.encode() not in bytes(db.session.scalar(text("SELECT totp_seed FROM staff")))


def test_the_hash_is_made_anew_when_parameters_change_au_04(
    app: Flask, client: FlaskClient
) -> None:
    make_account(app)
    assert _staff(app).password_hash.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    app.config["ARGON2_TIME_COST"] = 2
    type_password(client)
    assert _staff(app).password_hash.startswith("$argon2id$v=19$m=8,t=2,p=1$")
    app.config["PASSWORD_HASH"] = passwords.PBKDF2
    type_password(app.test_client())
    assert _staff(app).password_hash.startswith("pbkdf2_sha256$600000$")
    assert type_password(app.test_client()).status_code == 303


def test_each_step_gives_the_browser_a_new_token_se_02(app: Flask, client: FlaskClient) -> None:
    seed = make_account(app)
    tokens = []

    def note() -> None:
        with client.session_transaction() as cookie:
            tokens.append(cookie.get("_user_id"))

    with client.session_transaction() as cookie:
        cookie["_user_id"] = "planted-by-somebody-else"
    type_password(client)
    note()
    type_code(client, code(seed))
    note()
    client.post("/sign-in/again", data={"code": code(seed, 1)})
    note()
    assert len(set(tokens)) == 3
    assert "planted-by-somebody-else" not in tokens
    for old in tokens[:2]:
        thief = app.test_client()
        with thief.session_transaction() as cookie:
            cookie["_user_id"] = old
        assert thief.get("/account").status_code == 303
    assert client.get("/account").status_code == 200


def test_signing_out_is_a_post_that_kills_the_row_se_04(app: Flask, client: FlaskClient) -> None:
    seed = make_account(app)
    type_password(client)
    type_code(client, code(seed))
    assert client.get("/sign-out").status_code == 405
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    answer = client.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert client.get("/account").status_code == 303
    with client.session_transaction() as cookie:
        assert "_user_id" not in cookie
        cookie["_user_id"] = token
    assert client.get("/account").status_code == 303


def test_a_covered_screen_opens_with_the_password_alone(app: Flask, client: FlaskClient) -> None:
    seed = make_account(app)
    type_password(client)
    type_code(client, code(seed))
    client.post("/lock")
    assert client.get("/account").location.startswith("/unlock")
    assert client.post("/unlock", data={"password": "wrong one"}).status_code == 422
    assert client.post("/unlock", data={"password": PASSWORD}).status_code == 303
    assert client.get("/account").status_code == 200


def test_the_token_is_kept_as_its_hash_alone_se_01(app: Flask, client: FlaskClient) -> None:
    make_account(app)
    type_password(client)
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    assert len(token) >= 43
    with app.app_context():
        row = db.session.execute(text("SELECT * FROM sign_in_session")).mappings().one()
    assert token not in {str(value) for value in row.values()}


def test_the_cookie_of_a_real_county_is_bound_to_its_host_se_01(app: Flask) -> None:
    make_account(app)
    from_far = type_password(app.test_client())
    cookie = from_far.headers["Set-Cookie"]
    assert cookie.startswith("sid=")
    for part in ("HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Expires" not in cookie
    assert "Max-Age" not in cookie


def test_a_password_change_ends_the_other_sessions_se_05(app: Flask, client: FlaskClient) -> None:
    seed = make_account(app)
    elsewhere = app.test_client()
    sign_in(elsewhere, _staff(app))
    type_password(client)
    type_code(client, code(seed))
    typed = {"present": PASSWORD, "password": "seven quiet herons at dusk"}
    assert client.post("/account/password", data=typed).status_code == 303
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303


def test_a_session_killed_in_the_middle_of_a_request_stays_dead_se_05(
    app: Flask, client: FlaskClient, the_day: time_machine.Traveller
) -> None:
    make_account(app)
    sign_in(client, _staff(app))
    the_day.shift(timedelta(minutes=2))

    with app.app_context():
        row_id = db.session.scalars(select(SignInSession.id)).one()
    with app.app_context(), transaction():
        stale = db.session.get_one(SignInSession, row_id)
        db.session.execute(text("UPDATE sign_in_session SET revoked_at = active_at"))
        assert sessions.touch(stale, now=stale.active_at) is False
        assert sessions.put_flash(stale, "done", "x") is False
        assert sessions.raise_stage(stale, now=stale.active_at) is None
    assert client.get("/account").status_code == 303
