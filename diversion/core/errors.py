"""Name the ways in which the program says no.

A rule that says no raises one of these; the text is for the person at the
screen and never holds personal data. The edge turns the family into a status.
"""

from diversion.core.words import Sentence, _


class DomainError(Exception):
    """A rule said no. `field` names the form field that the sentence belongs to.

    `on_file` says that the person's own page tells more about it.
    """

    status = 409
    sentence: Sentence = _("This is not possible.")
    field: str | None = None
    on_file = False

    def __init__(self, sentence: Sentence | None = None, *, field: str | None = None) -> None:
        self.sentence = sentence or self.sentence
        self.field = field or self.field
        super().__init__(str(self.sentence))


class Refused(DomainError):
    """What was asked goes against a rule; nothing was changed."""


class Invalid(DomainError):
    """What was asked can't be understood; nothing was changed."""

    status = 422


class NotYours(DomainError):
    """It does not exist, is sealed, or is not this person's: the answer is the same."""

    status = 404
    sentence = _("There is nothing here for you.")


class Unavailable(DomainError):
    """The program can't do this at the moment and has changed nothing."""

    status = 503
    sentence = _("The system is busy. Nothing was changed. Try again in a moment.")
