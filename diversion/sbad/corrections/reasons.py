"""Name the reasons for which a finished roll is corrected."""

from diversion.core.words import Worded, _


class Correction(Worded):
    """Why a finished roll is corrected."""

    MISTYPED = "mistyped", _("It was mistyped")
    PAPER = "paper", _("The paper sheet says otherwise")
    TOLD_LATER = "told_later", _("We learned it later")
