"""Do what several pages of the sign-in share: hash outside, count inside, carry the token."""

from urllib.parse import urlsplit

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.staff.access import enter, sign_in_session
from diversion.staff.sessions import SignInSession, Stage
from diversion.staff.sign_in import passwords, services
from diversion.staff.sign_in.passwords import Method
from diversion.staff.sign_in.rules import safe_path
from diversion.staff.sign_in.services import Place

BROWSERS = ("Edg", "Firefox", "Chrome", "Safari")
SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS", "Linux")


def method() -> Method:
    return Method.of(current_app.config)


def place() -> Place:
    """Return from where this request comes, the browser named in two words."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for name in BROWSERS if name in agent), "Browser")
    system = next((name for name in SYSTEMS if name in agent), "")
    kind = browser.replace("Edg", "Edge")
    return Place(request.remote_addr or "", f"{kind} on {system}" if system else kind)


def prove_password(email: str, password: str) -> str | None:
    """Return the token of a half-way session if email and password match."""
    staff = services.found(email)
    kept = staff.password_hash if staff else None
    matched = passwords.matches(kept, password, method())
    anew = kept is not None and matched and passwords.is_outdated(kept, method())
    new_hash = passwords.hashed(password, method()) if anew else None
    with transaction():
        token = services.try_password(email, matched=matched, place=place(), now=clock.now())
        if token and new_hash:
            services.keep_new_hash(email, new_hash)
    return token


def prove_code(code: str) -> bool:
    """Say whether the code is right; if so, the browser carries a new token."""
    row = sign_in_session()
    with transaction():
        token = services.try_code(row, code, place=place(), now=clock.now())
    if token is None:
        return False
    enter(token)
    return True


def onward(row: SignInSession) -> ResponseReturnValue:
    """Send a person to the next step of the sign-in, or to the page that was wanted."""
    wanted = safe_path(request.args.get("next"))
    keep = None if wanted == "/" else wanted
    if row.stage is Stage.PASSWORD:
        step = "code" if row.staff.totp_seed else "factor"
        return redirect(url_for(f"staff.sign_in.{step}", next=keep), 303)
    if row.stage is Stage.LOCKED:
        return redirect(url_for("staff.leaving.unlock", next=keep), 303)
    if len(row.staff.sides()) > 1 and row.active_track is None:
        return redirect(url_for("staff.account.side", next=keep), 303)
    return redirect(wanted, 303)


def address_of(path: str) -> str:
    """Return the full address of a page, which no header of a request can alter."""
    root = current_app.config["PUBLIC_ADDRESS"].rstrip("/")
    return f"{root}{urlsplit(path).path}"
