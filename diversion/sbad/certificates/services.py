"""Issue certificates to whoever took the whole class, and again where one was wrong or lost."""

from collections.abc import Collection, Mapping
from datetime import date

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.enrollments.models import Enrollment
from diversion.enrollments.services import hold, hold_all
from diversion.enrollments.texts.queries import LANGUAGES
from diversion.sbad.certificates import queries
from diversion.sbad.certificates.models import Certificate, WhyVoid
from diversion.sbad.certificates.numbers import next_numbers
from diversion.staff.models import Staff


class NotEarned(Refused):
    """A certificate says that somebody took the whole class."""

    sentence = _("Not yet: the class was not taken in full.")


class StillEarned(Refused):
    """What counts is not called unearned: the roll is corrected first."""

    sentence = _("The class counts for this person. Correct the roll first, if that is wrong.")
    field = "reason"


class IssuedAgain(Refused):
    """A certificate is replaced once."""

    sentence = _("A new one was issued meanwhile. Nothing was changed.")


class NoneYet(Refused):
    """Only what was issued is issued again."""

    sentence = _("There is no valid certificate to replace.")


def issue(languages: Mapping[int, str], *, by: Staff, on: date) -> list[Certificate]:
    """Issue to each enrollment that earned one and has none; `languages` by enrollment.

    Twice is once. Four statements however many there are, and one a certificate.
    """
    hold_all(languages)
    earned, known = queries.earned_on(languages), queries.live(languages)
    wanted = [(each, day) for each in languages if each not in known and (day := earned[each])]
    numbers = next_numbers(len(wanted)) if wanted else ()
    return [
        _make(number, each, languages[each], day, by=by, on=on)
        for number, (each, day) in zip(numbers, wanted, strict=True)
    ]


def reissue(
    enrollment: Enrollment,
    *,
    language: str,
    reason: WhyVoid,
    instead_of: str = "",
    by: Staff,
    on: date,
) -> Certificate | None:
    """Void the valid certificate and issue a new one, unless it was not earned after all.

    `instead_of` is the number of the one that was seen: sent twice, a form acts once.
    Raises NoneYet, IssuedAgain, NotEarned, StillEarned.
    """
    hold(enrollment)
    old = queries.live([enrollment.id]).get(enrollment.id)
    if old is None:
        raise NoneYet
    if instead_of and old.number != instead_of:
        raise IssuedAgain
    day = queries.earned_on([enrollment.id])[enrollment.id]
    if (day is None) is not (reason is WhyVoid.NOT_EARNED):
        raise NotEarned if day is None else StillEarned
    _void(old, reason, by=by)
    if day is None:
        return None
    (number,) = next_numbers(1)
    return _make(number, enrollment.id, language, day, by=by, on=on)


def void_unearned(enrollment_ids: Collection[int], *, by: Staff) -> int:
    """Void what is no longer earned, since a roll was corrected; return how many.

    What counts is known under lock by now: whoever corrects a roll holds it.
    """
    live = queries.live(enrollment_ids)
    earned = queries.earned_on(list(live)) if live else {}
    unearned = [each for each in live.values() if earned[each.enrollment_id] is None]
    for each in unearned:
        _void(each, WhyVoid.NOT_EARNED, by=by)
    return len(unearned)


def _void(old: Certificate, reason: WhyVoid, *, by: Staff) -> None:
    old.voided_at, old.voided_by, old.void_reason = clock.now(), by.id, reason
    db.session.flush()
    record(Act.CERTIFICATE_VOIDED, f"certificate:{old.number}", by=by, reason=reason.value)


def _make(
    number: int, enrollment_id: int, language: str, day: date, *, by: Staff, on: date
) -> Certificate:
    enrollment = db.session.get_one(Enrollment, enrollment_id)
    made = Certificate(
        id=number, **enrollment.whose, language=language if language in LANGUAGES else "en",
        completed_on=day, issued_on=on, issued_at=clock.now(), issued_by=by.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    about = f"enrollment:{enrollment.handle}"
    record(Act.CERTIFICATE_ISSUED, f"certificate:{made.number}", about, by=by)
    return made
