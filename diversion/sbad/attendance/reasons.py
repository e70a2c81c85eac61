"""Name the reasons for which a person is removed from a class, or a finished roll corrected."""

from diversion.core.words import Worded, _


class Removal(Worded):
    """Why someone had to leave the class; what happened is told to the office, never here."""

    DISTURBED = "disturbed", _("Disturbed the class")
    NOT_FIT = "not_fit", _("Was not fit to take part")
    TOO_LATE = "too_late", _("Came after the cut-off")
    OTHER = "other", _("Something else; tell the office")


class Correction(Worded):
    """Why a finished roll is corrected."""

    MISTYPED = "mistyped", _("It was mistyped")
    PAPER = "paper", _("The paper sheet says otherwise")
    TOLD_LATER = "told_later", _("We learned it later")
