"""Nest the pages of this side: everything under /classes and /roll."""

from flask import Blueprint

from diversion.sbad.attendance import certifying as _certifying  # noqa: F401 (its tables)
from diversion.sbad.file.views import bp as file
from diversion.sbad.intake.views import bp as intake
from diversion.sbad.rosters import services as _rosters  # noqa: F401 (its tables)

bp = Blueprint("sbad", __name__)
bp.register_blueprint(file, url_prefix="/classes")
bp.register_blueprint(intake, url_prefix="/classes/intakes")
