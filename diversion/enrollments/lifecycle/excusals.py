"""Ask to let a condition go, and let another person grant it or not."""

from datetime import date

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.enrollments.conditions.models import Condition
from diversion.enrollments.conditions.rules import MONEY
from diversion.enrollments.conditions.services import SamePerson, excuse
from diversion.enrollments.lifecycle import queries, rules
from diversion.enrollments.lifecycle.models import Excusal
from diversion.enrollments.models import Enrollment
from diversion.enrollments.services import hold
from diversion.staff.models import Staff


class AskedAlready(Refused):
    """One question about a condition at a time."""

    sentence = _("Somebody has asked for this already. It waits for a decision.")


class MoneyIsWaived(Refused):
    """Money is waived where money is kept, by its own policy."""

    sentence = _("Money is waived or put into a plan on the account page.")


class Answered(Refused):
    """A request is answered once."""

    sentence = _("This was decided already.")


class NothingToExcuse(Refused):
    """What is over or excused needs no excuse."""

    sentence = _("There is nothing to excuse here.")


def ask(
    enrollment: Enrollment, condition: Condition, *, reason: str, by: Staff, on: date
) -> Excusal:
    """Ask that a condition be let go. Raises MoneyIsWaived, NothingToExcuse, AskedAlready."""
    hold(enrollment)
    if condition.kind in MONEY:
        raise MoneyIsWaived
    if condition.excused_by is not None or not enrollment.is_open:
        raise NothingToExcuse
    if queries.waiting_excusal(condition.id) is not None:
        raise AskedAlready
    made = Excusal(
        **enrollment.whose, condition_id=condition.id, reason=reason, asked_on=on,
        asked_at=clock.now(), asked_by=by.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    record(Act.EXCUSAL_ASKED, f"condition:{condition.handle}", by=by, track=enrollment.track)
    return made


def decide(asked: Excusal, *, granted: bool, by: Staff, on: date) -> None:
    """Answer a request. Raises NotADeputy, SamePerson, Answered, NothingToExcuse."""
    rules.check_deputy(by)
    if asked.asked_by == by.id:
        raise SamePerson
    db.session.refresh(asked, with_for_update={"of": Excusal})
    if asked.granted is not None:
        raise Answered
    if granted and not db.session.get_one(Enrollment, asked.enrollment_id).is_open:
        raise NothingToExcuse
    asked.granted, asked.decided_on, asked.decided_by = granted, on, by.id
    if granted:
        excuse(asked.condition, asked_by=db.session.get_one(Staff, asked.asked_by), by=by, on=on)
        return
    db.session.flush()
    record(Act.EXCUSAL_REFUSED, f"condition:{asked.condition.handle}", by=by, track=asked.track)
