"""Answer whoever watches the program: does it work? Nothing more is told."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from diversion.core.database import db
from diversion.staff.access import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """Answer 200 if the database answers; else the failure's own page says 5xx."""
    db.session.execute(text("SELECT 1"))
    answer = jsonify(status="ok")
    answer.headers["Cache-Control"] = "no-store"
    return answer
