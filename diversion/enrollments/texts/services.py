"""Write a new version of a paper's words, and let another person approve it."""

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock
from diversion.core.database import db
from diversion.core.errors import Invalid, Refused
from diversion.core.words import _
from diversion.enrollments.texts import queries, rules
from diversion.enrollments.texts.models import LegalText, Paper
from diversion.staff.models import Staff


class OwnText(Refused):
    """Who writes a text does not approve it."""

    sentence = _("Someone else has to approve this text.")


class ApprovedAlready(Refused):
    """A version is approved once; what changes is a new version."""

    sentence = _("This version is approved. Write a new one to change it.")


def write(paper: Paper, language: str, title: str, body: str, *, by: Staff) -> LegalText:
    """Keep a new version as a draft. Raises Invalid for a place that nothing fills."""
    unknown = rules.unknown_places(f"{title} {body}")
    if unknown:
        names = ", ".join(unknown)
        raise Invalid(_("Nothing fills these places: {names}.", names=names), field="body")
    latest = next(iter(queries.versions(paper, language)), None)
    made = LegalText(
        paper=paper, language=language, version=(latest.version if latest else 0) + 1,
        title=title, body=body, written_at=clock.now(), written_by=by.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    record(Act.TEXT_WRITTEN, f"legal_text:{made.handle}", by=by, version=made.version)
    return made


def approve(text: LegalText, *, by: Staff) -> None:
    """Let a version be used from now on. Raises OwnText, ApprovedAlready."""
    if text.written_by == by.id:
        raise OwnText
    if text.approved_by is not None:
        raise ApprovedAlready
    text.approved_by, text.approved_at = by.id, clock.now()
    db.session.flush()
    record(Act.TEXT_APPROVED, f"legal_text:{text.handle}", by=by, version=text.version)
