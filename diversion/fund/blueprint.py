"""Nest the rooms of the fund under one address."""

from flask import Blueprint

from diversion.fund import today
from diversion.fund.deposits.views import bp as deposits
from diversion.fund.exports.views import bp as exports
from diversion.fund.front import bp as front
from diversion.fund.reconciliation.line_views import bp as matching
from diversion.fund.reconciliation.views import bp as bank
from diversion.fund.register.views import bp as register

bp = Blueprint("fund", __name__, url_prefix="/fund")
bp.register_blueprint(front)
bp.register_blueprint(register)
bp.register_blueprint(deposits)
bp.register_blueprint(bank)
bp.register_blueprint(matching)
bp.register_blueprint(exports)
today.set_up()
