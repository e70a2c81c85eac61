"""Nest the rooms of Community Court."""

from flask import Blueprint

from diversion.community_court.file.views import bp as file
from diversion.community_court.intake.views import bp as intake

bp = Blueprint("community_court", __name__)
bp.register_blueprint(file, url_prefix="/court")
bp.register_blueprint(intake, url_prefix="/court/intakes")
