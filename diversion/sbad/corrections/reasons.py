"""Name the reasons for which a finished roll is corrected."""

from enum import StrEnum

from diversion.core.words import Sentence, _


class Correction(StrEnum):
    """Why a finished roll is corrected."""

    MISTYPED = "mistyped"
    PAPER = "paper"
    TOLD_LATER = "told_later"

    @property
    def words(self) -> Sentence:
        return REASONS[self]


REASONS = {
    Correction.MISTYPED: _("It was mistyped"),
    Correction.PAPER: _("The paper sheet says otherwise"),
    Correction.TOLD_LATER: _("We learned it later"),
}
