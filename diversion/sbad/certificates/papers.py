"""Lay out certificates for print, in the words the county approved."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.dates import format_date
from flask import current_app, url_for

from diversion.audit.models import Act
from diversion.core.tracks import Track
from diversion.enrollments.texts.models import Paper
from diversion.enrollments.texts.queries import LANGUAGES, Wording, wording
from diversion.enrollments.texts.rules import filled, paragraphs
from diversion.participants import access
from diversion.participants.identity import Identity
from diversion.sbad.certificates import queries
from diversion.sbad.certificates.models import Certificate
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.program.way import enrolled
from diversion.staff.models import Staff


@dataclass(frozen=True)
class Sheet:
    """A certificate with its places filled; `code` is parted into groups for reading."""

    title: str
    paragraphs: list[str]
    wording: Wording
    number: str
    code: str
    address: str


def of_class(handle: str, *, by: Staff) -> tuple[ClassSession, list[Sheet]]:
    """Return a class day and its valid certificates. Inside `with reading():`. Raises NotYours."""
    session = classes.class_for(handle, by=by)
    issued = queries.live(list(queries.enrolled_in(session.id).values()))
    return session, sheets(list(issued.values()), by=by, about=f"class:{handle}")


def of_one(number: str, *, by: Staff) -> list[Sheet]:
    """Return somebody's valid certificate, if any. Inside `with reading():`. Raises NotYours."""
    issued = queries.live([enrolled(number, by=by).id])
    return sheets(list(issued.values()), by=by)


def sheets(certificates: Sequence[Certificate], *, by: Staff, about: str = "") -> list[Sheet]:
    """Return the papers of valid certificates within reach. Inside `with reading():`."""
    words = {each: wording(Paper.CERTIFICATE, each) for each in LANGUAGES}
    ids = [each.participant_id for each in certificates]
    names = access.open_names(ids, Track.SBAD, by=by, why=Act.PAPER_PRINTED, about=about)
    return [
        _sheet(each, names[each.participant_id], words[each.language])
        for each in certificates
        if each.participant_id in names and each.voided_at is None
    ]


def _sheet(each: Certificate, who: Identity, words: Wording) -> Sheet:
    parts = (who.first, who.middle, who.last)
    facts = {
        "name": " ".join(filter(None, parts)) or who.shown,
        "completed": format_date(each.completed_on, "long", locale=words.language),
        "today": format_date(each.issued_on, "long", locale=words.language),
        "county": str(current_app.config["COUNTY"]),
        "number": each.number,
    }
    return Sheet(
        filled(words.title, facts),
        [filled(part, facts) for part in paragraphs(words.body)],
        words,
        each.number,
        " ".join(each.code[n : n + 5] for n in range(0, len(each.code), 5)),
        url_for("sbad.public.check", code=each.code, _external=True),
    )
