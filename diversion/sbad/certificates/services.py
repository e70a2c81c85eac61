"""Issue certificates to whoever took the whole class, and again where one was wrong or lost."""

from collections.abc import Mapping
from datetime import date

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.enrollments.models import Enrollment
from diversion.enrollments.texts.queries import LANGUAGES
from diversion.sbad.certificates import queries
from diversion.sbad.certificates.models import Certificate, WhyVoid
from diversion.staff.models import Staff


class NotEarned(Refused):
    """A certificate says that somebody took the whole class."""

    sentence = _("Not yet: the class was not taken in full.")


class NoneYet(Refused):
    """Only what was issued is issued again."""

    sentence = _("There is no valid certificate to replace.")


def issue(languages: Mapping[int, str], *, by: Staff, on: date) -> list[Certificate]:
    """Issue to each enrollment that earned one and has none; `languages` by enrollment.

    Twice is once. Three statements however many there are, and one a certificate.
    """
    earned, known = queries.earned(languages), queries.live(languages)
    return [
        _make(each, language, day, by=by, on=on)
        for each, language in languages.items()
        if each not in known and (day := earned[each].on) is not None
    ]


def reissue(
    enrollment: Enrollment, *, language: str, reason: WhyVoid, by: Staff, on: date
) -> Certificate | None:
    """Void the valid certificate and issue a new one, unless it was not earned after all.

    Raises NoneYet, NotEarned.
    """
    old = queries.live([enrollment.id]).get(enrollment.id)
    if old is None:
        raise NoneYet
    day = queries.earned([enrollment.id])[enrollment.id].on
    if reason is not WhyVoid.NOT_EARNED and day is None:
        raise NotEarned
    old.voided_at, old.voided_by, old.void_reason = clock.now(), by.id, reason
    db.session.flush()
    record(Act.CERTIFICATE_VOIDED, f"certificate:{old.number}", by=by, reason=reason.value)
    if reason is WhyVoid.NOT_EARNED or day is None:
        return None
    return _make(enrollment.id, language, day, by=by, on=on)


def _make(enrollment_id: int, language: str, day: date, *, by: Staff, on: date) -> Certificate:
    enrollment = db.session.get_one(Enrollment, enrollment_id)
    made = Certificate(
        enrollment_id=enrollment.id, participant_id=enrollment.participant_id,
        language=language if language in LANGUAGES else "en", completed_on=day, issued_on=on,
        issued_at=clock.now(), issued_by=by.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    about = f"enrollment:{enrollment.handle}"
    record(Act.CERTIFICATE_ISSUED, f"certificate:{made.number}", about, by=by)
    return made
