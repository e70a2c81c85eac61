"""Nest the rooms of the floor."""

from flask import Blueprint

from diversion.staff.sign_in.views import bp as sign_in

bp = Blueprint("staff", __name__)
bp.register_blueprint(sign_in)
