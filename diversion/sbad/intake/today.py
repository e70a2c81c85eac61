"""Offer the intakes under way to the Today page."""

from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.enrollments.intake.today import unfinished
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.today import Block, BlockSource, offer


def intakes(staff: Staff) -> Block | None:
    """Return the intakes under way, for whoever takes people in."""
    if not staff.may(Permission.SBAD_FILE_WRITE):
        return None
    return unfinished(staff, Track.SBAD, "sbad.intake")


def offer_intakes() -> None:
    """Put the block of this room among the offered ones."""
    offer(BlockSource(_("Intakes"), 35, intakes))
