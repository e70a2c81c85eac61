"""Nest the pages of this side: everything under /classes and /roll."""

from flask import Blueprint

from diversion.sbad.attendance.device import bp as device
from diversion.sbad.attendance.paper import bp as paper
from diversion.sbad.attendance.views import bp as attendance
from diversion.sbad.calendar.views import bp as calendar
from diversion.sbad.certificates.files import bp as certificate_files
from diversion.sbad.certificates.public import bp as public
from diversion.sbad.certificates.views import bp as certificates
from diversion.sbad.classes.views import bp as classes
from diversion.sbad.completion.views import bp as completion
from diversion.sbad.corrections.views import bp as corrections
from diversion.sbad.courses.views import bp as courses
from diversion.sbad.days.views import bp as days
from diversion.sbad.dismissal.views import bp as dismissal
from diversion.sbad.excusals.views import bp as excusals
from diversion.sbad.feed.views import bp as feed
from diversion.sbad.feed.views import file as feed_file
from diversion.sbad.file.views import bp as file
from diversion.sbad.imports.views import bp as imports
from diversion.sbad.intake.today import offer_intakes
from diversion.sbad.intake.views import bp as intake
from diversion.sbad.lists.views import bp as lists
from diversion.sbad.program.views import bp as program
from diversion.sbad.rosters.moving import bp as moving
from diversion.sbad.rosters.views import bp as rosters
from diversion.sbad.seats.blocks import offer_seats
from diversion.sbad.seats.views import bp as seats
from diversion.sbad.termination.views import bp as termination
from diversion.sbad.texts.views import bp as texts

bp = Blueprint("sbad", __name__)
for room in (
    calendar,
    certificate_files,
    certificates,
    classes,
    courses,
    days,
    dismissal,
    feed,
    file,
    moving,
    rosters,
    seats,
):
    bp.register_blueprint(room, url_prefix="/classes")
for room in (completion, excusals, program, termination):
    bp.register_blueprint(room, url_prefix="/classes/participants/<number:number>")
bp.register_blueprint(intake, url_prefix="/classes/intakes")
bp.register_blueprint(feed_file)
bp.register_blueprint(public)
bp.register_blueprint(texts, url_prefix="/classes/texts")
bp.register_blueprint(lists, url_prefix="/classes/lists")
bp.register_blueprint(imports, url_prefix="/classes/imports")
for room in (attendance, corrections, device, paper):
    bp.register_blueprint(room, url_prefix="/roll")
offer_intakes()
offer_seats()
