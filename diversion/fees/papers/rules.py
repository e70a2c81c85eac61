"""Say when the paid-in-full letter is given."""

from diversion.core.errors import Refused
from diversion.core.words import _


class StillOwed(Refused):
    """The letter is for accounts on which nothing is owed."""

    sentence = _("Something is still owed on this account, so there is no such letter yet.")
