"""Show the help pages, at the same place for everyone."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from diversion.core.errors import NotYours
from diversion.dashboard import menu
from diversion.dashboard.help.glossary import WORDS
from diversion.dashboard.help.topics import BY_SLUG, sorted_for
from diversion.staff.access import public

bp = Blueprint("help", __name__, url_prefix="/help")


@bp.get("")
@public
def start() -> ResponseReturnValue:
    staff = menu.who()
    own, others = sorted_for(staff.roles if staff else frozenset())
    return render_template("dashboard/help/start.html", own=own, others=others)


@bp.get("/keys")
@public
def keys() -> ResponseReturnValue:
    return render_template("dashboard/help/keys.html")


@bp.get("/words")
@public
def words() -> ResponseReturnValue:
    return render_template("dashboard/help/words.html", words=WORDS)


@bp.get("/<string:slug>")
@public
def topic(slug: str) -> ResponseReturnValue:
    if slug not in BY_SLUG:
        raise NotYours
    return render_template(f"dashboard/help/{slug}.html", topic=BY_SLUG[slug])
