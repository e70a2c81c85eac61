"""Say what waits for a deputy or a hearing, for the Today page; by number, never by name."""

from flask import url_for
from sqlalchemy import select

from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.enrollments.codes import EnrollmentState
from diversion.enrollments.lifecycle.models import Excusal, TerminationNotice
from diversion.enrollments.models import Enrollment
from diversion.enrollments.referrals.models import Referral
from diversion.enrollments.referrals.queries import barred as barred_referrals
from diversion.participants.access import visible_to
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.filters import day
from diversion.web.today import AT_MOST, Block, BlockSource, Row


def notices(staff: Staff) -> Block | None:
    """Return notices without a finding, the oldest first."""
    if not _follows(staff):
        return None
    decides = staff.may(Permission.ENROLLMENT_DECIDE)
    leads = "sbad.termination.find" if decides else "sbad.termination.dispute"
    found = db.session.execute(
        select(
            Participant.number, TerminationNotice.given_on, TerminationNotice.hearing_on,
            TerminationNotice.disputed_on,
        )
        .join(Participant, Participant.id == TerminationNotice.participant_id)
        .join(Enrollment, Enrollment.id == TerminationNotice.enrollment_id)
        .where(
            TerminationNotice.track == Track.SBAD, TerminationNotice.finding.is_(None),
            Enrollment.state == EnrollmentState.TERMINATION_PENDING,
            Participant.track == Track.SBAD,
            Participant.id.in_(visible_to(staff, Track.SBAD)),
        )
        .order_by(TerminationNotice.given_on, TerminationNotice.id)
    ).all()  # fmt: skip
    if not found:
        return None
    rows = tuple(
        Row(
            row.number, url_for(leads, number=row.number),
            _("Notice of {day}", day=day(row.given_on)),
            tag=_("Hearing {day}", day=day(row.hearing_on)) if row.hearing_on
            else _("Disputed") if row.disputed_on else _("Waits for a finding"),
            tone="warn",
        )
        for row in found[:AT_MOST]
    )  # fmt: skip
    return Block(_("Notices without a finding"), len(found), rows=rows)


def excusals(staff: Staff) -> Block | None:
    """Return what somebody asked to excuse and no deputy has answered."""
    if not staff.may(Permission.ENROLLMENT_DECIDE):
        return None
    found = db.session.execute(
        select(Participant.number, Excusal.handle, Excusal.asked_on)
        .join(Participant, Participant.id == Excusal.participant_id)
        .where(
            Excusal.track == Track.SBAD, Excusal.granted.is_(None),
            Participant.track == Track.SBAD,
            Participant.id.in_(visible_to(staff, Track.SBAD)),
        )
        .order_by(Excusal.asked_on, Excusal.id)
    ).all()  # fmt: skip
    if not found:
        return None
    rows = tuple(
        Row(
            row.number,
            url_for("sbad.excusals.decide", number=row.number, handle=row.handle),
            _("Asked {day}", day=day(row.asked_on)),
            button=_("Answer"),
        )
        for row in found[:AT_MOST]
    )
    return Block(_("Asked to excuse"), len(found), rows=rows)


def barred(staff: Staff) -> Block | None:
    """Return referrals that an earlier diversion bars, where only a deputy may go on."""
    if not staff.may(Permission.ENROLLMENT_DECIDE):
        return None
    found = db.session.execute(
        select(Participant.number, Referral.handle, Referral.referred_on)
        .join(Participant, Participant.id == Referral.participant_id)
        .where(
            Referral.id.in_(barred_referrals(Track.SBAD)), Participant.track == Track.SBAD,
            Participant.id.in_(visible_to(staff, Track.SBAD)),
        )
        .order_by(Referral.referred_on, Referral.id)
    ).all()  # fmt: skip
    if not found:
        return None
    rows = tuple(
        Row(
            row.number, url_for("sbad.intake.question", handle=row.handle, part="review"),
            _("Referred {day}", day=day(row.referred_on)), button=_("Decide"),
        )
        for row in found[:AT_MOST]
    )  # fmt: skip
    return Block(_("Barred by an earlier diversion"), len(found), rows=rows)


def _follows(staff: Staff) -> bool:
    return staff.may(Permission.ENROLLMENT_DECIDE) or staff.may(Permission.SBAD_FILE_WRITE)


SOURCES = (
    BlockSource(_("Barred by an earlier diversion"), 30, barred),
    BlockSource(_("Notices without a finding"), 32, notices),
    BlockSource(_("Asked to excuse"), 31, excusals),
)
