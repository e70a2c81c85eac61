"""Nest the rooms of the floor and fill the frame of every page."""

from flask import Blueprint

from diversion.dashboard import menu
from diversion.dashboard.health import bp as health
from diversion.dashboard.help.views import bp as help_pages
from diversion.dashboard.oversight.views import bp as oversight
from diversion.dashboard.requests import today as requests_today
from diversion.dashboard.requests.views import bp as requests
from diversion.dashboard.styleguide.views import bp as styleguide
from diversion.dashboard.today.views import bp as today
from diversion.web.today import offer

bp = Blueprint("dashboard", __name__)
bp.register_blueprint(today)
bp.register_blueprint(health)
bp.register_blueprint(help_pages)
bp.register_blueprint(oversight)
bp.register_blueprint(requests)
bp.register_blueprint(styleguide)
bp.app_context_processor(menu.frame)
offer(requests_today.SOURCE)
