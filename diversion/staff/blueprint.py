"""Nest the rooms of the floor."""

from typing import Any

from flask import Blueprint, current_app, has_request_context

from diversion.staff.account.views import bp as account
from diversion.staff.people.acts import bp as acts
from diversion.staff.people.today import offer_blocks
from diversion.staff.people.views import bp as people
from diversion.staff.sign_in import practice
from diversion.staff.sign_in.leaving import bp as leaving
from diversion.staff.sign_in.views import bp as sign_in

bp = Blueprint("staff", __name__)
for room in (sign_in, leaving, account, people, acts):
    bp.register_blueprint(room)
offer_blocks()


@bp.app_context_processor
def _mark_practice() -> dict[str, Any]:
    """Tell every page whether this county is fictional; found out once, when first asked."""
    known = current_app.extensions
    if "fictional" not in known:
        if not has_request_context():
            return {}
        known["fictional"] = practice.is_fictional()
    return {"practice": known["fictional"]}
