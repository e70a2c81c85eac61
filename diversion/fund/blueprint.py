"""Nest the rooms of the fund under one address."""

from flask import Blueprint

from diversion.fund import today
from diversion.fund.awards.payees import bp as payees
from diversion.fund.awards.views import bp as awards
from diversion.fund.budget.earmarks import bp as earmarks
from diversion.fund.budget.views import bp as budget
from diversion.fund.change_fund.views import bp as change_fund
from diversion.fund.chart.views import bp as chart
from diversion.fund.corrections.askings import bp as askings
from diversion.fund.corrections.views import bp as corrections
from diversion.fund.county.accounts import bp as county_accounts
from diversion.fund.county.views import bp as county
from diversion.fund.decisions.views import bp as decisions
from diversion.fund.deposits.confirm_views import bp as confirmations
from diversion.fund.deposits.paper_views import bp as deposit_papers
from diversion.fund.deposits.views import bp as deposits
from diversion.fund.disclosure.views import bp as disclosure
from diversion.fund.drawers.views import bp as drawers
from diversion.fund.exports.asked.views import bp as asked
from diversion.fund.exports.views import bp as exports
from diversion.fund.front import bp as front
from diversion.fund.office.views import bp as office
from diversion.fund.periods.early_views import bp as early
from diversion.fund.periods.reopenings import bp as reopenings
from diversion.fund.periods.reviews import bp as reviews
from diversion.fund.periods.views import bp as periods
from diversion.fund.reconciliation.bringing import bp as bank_files
from diversion.fund.reconciliation.leaving_views import bp as bank_leaving
from diversion.fund.reconciliation.line_views import bp as matching
from diversion.fund.reconciliation.paper_views import bp as bank_papers
from diversion.fund.reconciliation.views import bp as bank
from diversion.fund.register.views import bp as register
from diversion.fund.remittances.views import bp as remittances
from diversion.fund.settlements.views import bp as settlements
from diversion.fund.state_deposits.views import bp as state_deposits
from diversion.fund.statements.views import bp as statements
from diversion.fund.trail.views import bp as trail
from diversion.fund.vouchers.paying import bp as paying
from diversion.fund.vouchers.views import bp as vouchers
from diversion.fund.weekly.views import bp as weekly

bp = Blueprint("fund", __name__, url_prefix="/fund")
bp.register_blueprint(front)
bp.register_blueprint(register)
bp.register_blueprint(deposits)
bp.register_blueprint(deposit_papers)
bp.register_blueprint(bank)
bp.register_blueprint(matching)
bp.register_blueprint(bank_files)
bp.register_blueprint(bank_leaving)
bp.register_blueprint(bank_papers)
bp.register_blueprint(confirmations)
bp.register_blueprint(drawers)
bp.register_blueprint(change_fund)
bp.register_blueprint(settlements)
bp.register_blueprint(remittances)
bp.register_blueprint(state_deposits)
bp.register_blueprint(exports)
bp.register_blueprint(asked)
bp.register_blueprint(chart)
bp.register_blueprint(county)
bp.register_blueprint(county_accounts)
bp.register_blueprint(budget)
bp.register_blueprint(earmarks)
bp.register_blueprint(awards)
bp.register_blueprint(payees)
bp.register_blueprint(vouchers)
bp.register_blueprint(paying)
bp.register_blueprint(decisions)
bp.register_blueprint(corrections)
bp.register_blueprint(askings)
bp.register_blueprint(early)
bp.register_blueprint(periods)
bp.register_blueprint(reviews)
bp.register_blueprint(reopenings)
bp.register_blueprint(weekly)
bp.register_blueprint(office)
bp.register_blueprint(statements)
bp.register_blueprint(trail)
bp.register_blueprint(disclosure)
today.set_up()
