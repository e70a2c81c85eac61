"""Nest the rooms of Community Court: everything under /court."""

from flask import Blueprint

from diversion.community_court.appearances.views import bp as appearances
from diversion.community_court.calendar.views import bp as calendar
from diversion.community_court.closed_days.views import bp as closed_days
from diversion.community_court.dockets.views import bp as dockets
from diversion.community_court.feed.views import bp as feed
from diversion.community_court.feed.views import file as feed_file
from diversion.community_court.file.views import bp as file
from diversion.community_court.help.views import bp as help_from_fund
from diversion.community_court.imports.views import bp as imports
from diversion.community_court.intake.today import offer_intakes
from diversion.community_court.intake.views import bp as intake
from diversion.community_court.lists.views import bp as lists
from diversion.community_court.mentors.views import bp as mentors
from diversion.community_court.placing.views import bp as placing
from diversion.community_court.queues.decisions import bp as decisions
from diversion.community_court.queues.views import bp as queues
from diversion.community_court.resources.views import bp as resources
from diversion.community_court.staffing.views import bp as staffing
from diversion.community_court.today import offer_blocks

bp = Blueprint("community_court", __name__)
ROOMS = (
    appearances, calendar, closed_days, decisions, dockets, feed, file, help_from_fund, imports,
    lists, mentors, placing, queues, resources, staffing,
)  # fmt: skip
for room in ROOMS:
    bp.register_blueprint(room, url_prefix="/court")
bp.register_blueprint(feed_file)
bp.register_blueprint(intake, url_prefix="/court/intakes")
offer_blocks()
offer_intakes()
