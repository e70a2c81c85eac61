"""Say what became of the seats that were freed."""

from diversion.core.words import Sentence, _


def freed(got_one: int) -> Sentence:
    """Return what a page says when a seat was given back and so many of the line got one."""
    if not got_one:
        return _("The seat is free again.")
    if got_one == 1:
        return _("The seat went to the first in line. Tell them.")
    return _("Seats went to the first {count} in line. Tell them.", count=got_one)
