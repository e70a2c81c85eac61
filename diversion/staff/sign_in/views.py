"""Take people in, step by step, and let them out."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from diversion.staff.access import half_way, public

bp = Blueprint("sign_in", __name__)


@bp.get("/sign-in")
@public
def start() -> ResponseReturnValue:
    return render_template("staff/sign_in/start.html")


@bp.get("/sign-in/code")
@half_way
def code() -> ResponseReturnValue:
    return render_template("staff/sign_in/start.html")


@bp.get("/sign-in/again")
@half_way
def again() -> ResponseReturnValue:
    return render_template("staff/sign_in/start.html")
