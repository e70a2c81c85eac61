"""Say in words what a file that was asked for is, and how far."""

from typing import Any

from diversion.core.words import Sentence, _
from diversion.fund.exports.asked.models import FileState
from diversion.fund.exports.services import WHOLE_FROM
from diversion.fund.leaving.models import KIND_WORDS
from diversion.web.filters import month_name

STATES = {
    FileState.FAILED: (_("Could not be made"), "bad"),
    FileState.READY: (_("Ready"), "ok"),
    FileState.WAITING: (_("Waits"), "plain"),
}


SAID = {
    FileState.FAILED: _(
        "It could not be made, and nothing left the program. If it fails again, tell the "
        "administrator."
    ),
    FileState.MAKING: _("It is being made."),
    FileState.READY: _("It is ready, and stays for a week."),
    FileState.WAITING: _(
        "It waits its turn; it begins within seconds unless another file is being made."
    ),
}
PACKED = _("Every row is read. It is being packed.")


def kind(file: Any) -> Sentence:
    return KIND_WORDS[file.kind]


def days(file: Any) -> Sentence:
    """Return which month a file is of, or that it has all of the books."""
    if file.first_on == WHOLE_FROM:
        return _("All of the books")
    return _("{month}", month=month_name(file.first_on))


def state(file: Any) -> tuple[Sentence, str]:
    """Return how far a file is, and the tone of its tag."""
    if file.state is FileState.MAKING:
        return _("{part}%", part=100 * file.read // (file.rows or 1)), "info"
    return STATES[file.state]


def said(file: Any) -> Sentence:
    """Return how far a file is, in a sentence."""
    is_read = file.state is FileState.MAKING and file.read == file.rows > 0
    return PACKED if is_read else SAID[file.state]
