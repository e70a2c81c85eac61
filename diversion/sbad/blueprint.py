"""Nest the rooms of the class program."""

from flask import Blueprint

from diversion.sbad.file.views import bp as file

bp = Blueprint("sbad", __name__)
bp.register_blueprint(file, url_prefix="/classes")
