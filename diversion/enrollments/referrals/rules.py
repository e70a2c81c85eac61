"""Say whether an earlier diversion stands in the way of an offer."""

from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.enrollments.codes import CheckResult


class CheckUnanswered(Refused):
    """No offer while the required question about an earlier diversion is open."""

    sentence = _("The question about an earlier diversion is not answered yet.")
    field = "prior_check"


class Barred(Refused):
    """An earlier diversion bars the offer; only a deputy DA sets that aside, with a reason."""

    sentence = _("An earlier diversion bars the offer. A deputy DA may decide otherwise.")
    field = "prior_check"


class BarStands(Refused):
    """Where the legal basis allows no override, an earlier diversion bars the offer."""

    sentence = _("An earlier diversion bars the offer, and these terms allow no exception.")
    field = "override"


def check_bar(
    result: CheckResult | None, *, required: bool, has_exceptions: bool, is_excepted: bool
) -> None:
    """Raises CheckUnanswered, BarStands, Barred.

    `is_excepted`: a deputy DA gives a reason; `has_exceptions`: the terms allow it.
    """
    if required and result is None:
        raise CheckUnanswered
    if result is not CheckResult.BAR:
        return
    if not has_exceptions:
        raise BarStands
    if not is_excepted:
        raise Barred
