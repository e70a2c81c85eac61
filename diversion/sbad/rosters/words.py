"""Say who was given seats, and what became of those that were freed."""

from diversion.core.words import Sentence, _


def freed(got_one: int) -> Sentence:
    """Return what a page says when a seat was given back and so many of the line got one."""
    if not got_one:
        return _("The seat is free again.")
    if got_one == 1:
        return _("The seat went to the first in line. Tell them.")
    return _("Seats went to the first {count} in line. Tell them.", count=got_one)


def registered(count: int, *, passed: int) -> Sentence:
    """Return what a page says when seats were given, and how many in line were passed by it."""
    if not passed:
        return _("Registered: {count}.", count=count)
    return _(
        "Registered: {count}. Still on the waiting list, perhaps for longer: {passed}.",
        count=count, passed=passed,
    )  # fmt: skip
