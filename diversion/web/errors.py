"""Turn refusals and failures into pages that say what to do, and nothing more."""

import secrets
import traceback
from collections.abc import Mapping

from flask import Flask, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from diversion.core.database import db, is_locked
from diversion.core.errors import DomainError, Unavailable
from diversion.core.words import Sentence, _

RETRY_SECONDS = 5
TITLES: Mapping[int, tuple[Sentence, Sentence]] = {
    400: (
        _("This request cannot be read"),
        _("Nothing was changed. Go back, open the page again and send the form once more."),
    ),
    401: (_("Sign in first"), _("This page is for staff who have signed in.")),
    403: (
        _("This needs another role"),
        _("Your role does not include this. If it should, ask an administrator."),
    ),
    404: (
        _("We cannot find that page"),
        _("It may have moved, or it may not be yours to open."),
    ),
    405: (
        _("This cannot be done here"),
        _("Nothing was changed. Go back and use the button on the page."),
    ),
    408: (
        _("That took too long to send"),
        _("Nothing was changed. Look at the connection, go back, and send it once more."),
    ),
    409: (_("That does not fit what is on file"), _("Nothing was changed.")),
    413: (
        _("That is too large to send"),
        _("Nothing was kept. A file may have up to 5 MB, a text 500,000 letters."),
    ),
    422: (_("Something needs mending"), _("Nothing was changed. Go back and look again.")),
    429: (
        _("That was a lot at once"),
        _("Nothing was lost. Wait a minute, then go on where you were."),
    ),
    431: (_("This request cannot be read"), _("Your browser sent too much. Sign out and in.")),
    500: (
        _("Something went wrong on our side"),
        _("What you had saved is safe. What you sent just now was not saved."),
    ),
    503: (
        _("The system is busy"),
        _("Nothing was changed. What you typed is still here. Try again in a moment."),
    ),
}
# Never sent back in a page, whatever form they came in.
SECRET_FIELDS = ("password", "passphrase", "code", "otp", "secret", "token", "recovery")
OWN_FIELDS = ("csrf_token",)


def set_up(app: Flask) -> None:
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(CSRFError, _form_refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _failed)
    app.after_request(_say_when_again)


def _refused(no: DomainError) -> ResponseReturnValue:
    return page(no.status, None if no.status == 404 else no.sentence)


def _form_refused(error: CSRFError) -> ResponseReturnValue:
    return page(400)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    response = page(error.code)
    if allowed := dict(error.get_headers()).get("Allow"):
        response.headers["Allow"] = allowed
    return response


def _failed(error: Exception) -> ResponseReturnValue:
    """Answer a failure with a number that finds it in the log, and with nothing else."""
    if isinstance(error, OperationalError) and is_locked(error):
        return page(503, Unavailable.sentence)
    number = secrets.token_hex(4)
    # Values in exception texts can be personal, so only the way through the code is kept.
    steps = [f"{s.filename}:{s.lineno} {s.name}" for s in traceback.extract_tb(error.__traceback__)]
    current_app.logger.error(
        "failure %s %s at %s", number, type(error).__name__, " > ".join(steps[-12:]),
        extra={"failure": number, "kind": type(error).__name__, "endpoint": request.endpoint},
    )  # fmt: skip
    return page(500, number=number)


def _say_when_again(response: Response) -> Response:
    """Let every 503 say when to try again, that of a form which keeps what was typed too."""
    if response.status_code == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def page(status: int, sentence: Sentence | None = None, *, number: str = "") -> Response:
    """Return the page of a refusal or failure; it never fails itself."""
    title, meaning = TITLES.get(status, TITLES[500 if status >= 500 else 400])
    words = {"status": status, "heading": title, "meaning": sentence or meaning, "number": number}
    try:
        if status >= 500:  # without what a page's frame asks of the database
            typed = typed_fields() if status == 503 else []
            template = current_app.jinja_env.get_template("errors/failure.html")
            body = template.render(words, typed=typed)
        else:
            db.session.rollback()
            body = render_template("errors/refusal.html", **words)
    except Exception:  # the page of a failure must come, whatever else is broken
        current_app.logger.error("failure %s has no page", number)
        body = f"<!doctype html><title>{title}</title><h1>{title}</h1><p>{meaning}</p>"
    return make_response(body, status)


def typed_fields() -> list[tuple[str, str]]:
    """Return what was typed into the form of this request, but for secrets, to send it again."""
    if request.method != "POST":
        return []
    return [
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if name not in OWN_FIELDS and not any(secret in name for secret in SECRET_FIELDS)
    ]
