"""Lay out the papers of a dismissal for one person, in the words the county approved."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from flask import current_app

from diversion.audit.models import Act
from diversion.core.errors import NotYours
from diversion.enrollments.agreements.queries import standing
from diversion.enrollments.codes import EnrollmentState
from diversion.enrollments.dismissal.queries import set_aside_of
from diversion.enrollments.lifecycle.queries import steps
from diversion.enrollments.models import ENDED_WELL, Enrollment
from diversion.enrollments.queries import latest_of
from diversion.enrollments.texts.models import Paper
from diversion.enrollments.texts.queries import Wording, wording
from diversion.enrollments.texts.rules import filled, paragraphs
from diversion.participants import access
from diversion.participants.identity import Identity
from diversion.sbad.program.way import TRACK
from diversion.staff.models import Staff

# What goes to the court and the state; the certificate is given out by class.
PACK = (Paper.NOTICE, Paper.ORDER, Paper.PARTICIPATION, Paper.LETTER)
BLANK = "________________"


@dataclass(frozen=True)
class Sheet:
    """A paper with its places filled."""

    title: str
    paragraphs: list[str]
    wording: Wording


def sheet(paper: Paper, number: str, language: str, *, by: Staff, on: date) -> Sheet:
    """Open one paper of somebody who completed. Inside `with reading():`. Raises NotYours."""
    opened = access.open_file(number, TRACK, by=by, why=Act.PAPER_PRINTED)
    enrollment = latest_of(opened.participant.id)
    if paper not in PACK or enrollment is None or enrollment.state not in ENDED_WELL:
        raise NotYours
    words = wording(paper, language or opened.participant.language)
    facts = {**_facts(enrollment, words.language, on), **_of(opened.identity), "number": number}
    return Sheet(
        filled(words.title, facts),
        [filled(each, facts) for each in paragraphs(words.body)],
        words,
    )


def _of(identity: Identity) -> dict[str, str]:
    names = (identity.first, identity.middle, identity.last)
    return {
        "name": " ".join(filter(None, names)) or identity.shown,
        "case": ", ".join(identity.case_numbers) or BLANK,
    }


def _facts(enrollment: Enrollment, language: str, on: date) -> dict[str, str]:
    signed, aside = standing(enrollment.id), set_aside_of(enrollment.id)
    dismissed = [s for s in steps(enrollment.id) if s.after is EnrollmentState.DISMISSED]
    days = {
        "signed": signed.signed_on if signed else enrollment.active_on,
        "completed": enrollment.closed_on,
        "dismissed": dismissed[-1].happened_on if dismissed else None,
        "set_aside": aside.eligible_on if aside else None,
        "today": on,
    }
    written = {
        name: format_date(day, "long", locale=language) if day else BLANK
        for name, day in days.items()
    }
    return {
        **written,
        "county": str(current_app.config["COUNTY"]),
        "phone": str(current_app.config["HELP_DESK"]),
        "law": aside.citation if aside else BLANK,
        "waiver": signed.waiver_text if signed else BLANK,
    }
