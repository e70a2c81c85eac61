"""Nest the pages of fees: accounts of participants, and receipts."""

from flask import Blueprint

from diversion.fees import today
from diversion.fees.ability.views import bp as ability
from diversion.fees.accounts.views import bp as accounts
from diversion.fees.aging.views import bp as aging
from diversion.fees.applied.views import bp as applied
from diversion.fees.assessments.views import bp as assessments
from diversion.fees.papers.views import bp as papers
from diversion.fees.plans.views import bp as plans
from diversion.fees.receipts.views import bp as receipts
from diversion.fees.refunds.cancel_views import bp as refund_cancels
from diversion.fees.refunds.views import bp as refunds
from diversion.fees.remittees.views import bp as remittees
from diversion.fees.returned.views import bp as returned
from diversion.fees.schedules.views import bp as schedules
from diversion.fees.state.views import bp as state
from diversion.fees.state_receipts.views import bp as state_receipts
from diversion.fees.state_returns.views import bp as state_returns
from diversion.fees.unplaced.views import bp as unplaced
from diversion.fees.unplaced_returns.views import bp as unplaced_returns
from diversion.fees.voids.views import bp as voids
from diversion.fees.waivers.views import bp as waivers
from diversion.web.today import offer

bp = Blueprint("fees", __name__, url_prefix="/fees")
bp.register_blueprint(accounts)
bp.register_blueprint(assessments)
bp.register_blueprint(receipts)
bp.register_blueprint(ability)
bp.register_blueprint(waivers)
bp.register_blueprint(refunds)
bp.register_blueprint(refund_cancels)
bp.register_blueprint(returned)
bp.register_blueprint(unplaced)
bp.register_blueprint(unplaced_returns)
bp.register_blueprint(voids)
bp.register_blueprint(plans)
bp.register_blueprint(applied)
bp.register_blueprint(papers)
bp.register_blueprint(aging)
bp.register_blueprint(schedules)
bp.register_blueprint(state)
bp.register_blueprint(state_receipts)
bp.register_blueprint(state_returns)
bp.register_blueprint(remittees)
for source in today.SOURCES:
    offer(source)
