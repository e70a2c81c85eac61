"""Put a word on a list of the county, or take one out of use; old rows keep what they say."""

from datetime import date

from diversion.core.errors import Refused
from diversion.core.handles import new_handle
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.enrollments.terms import lists, queries
from diversion.enrollments.terms.models import Code
from diversion.enrollments.terms.services import add_code, retire_code
from diversion.staff.models import Staff

SHIPPED_ON = date(2000, 1, 1)  # before any program began


class OnTheList(Refused):
    """Two words of a list do not say the same."""

    sentence = _("This is on the list already.")
    field = "label"


class LastOne(Refused):
    """Nobody is asked to choose from nothing."""

    sentence = _("This is the last one of the list. Add another one first.")


class NotInUse(Refused):
    """What is out of use is not taken out again."""

    sentence = _("This is not on the list any more.")


def add(name: str, track: Track, label: str, *, maps_to: str = "", by: Staff, on: date) -> Code:
    """Put a word on a list from a day on. What was retired stays so; this is a new one.

    Raises OnTheList.
    """
    if any(_same(str(each.label), label) for each in lists.listed(name, track, on)):
        raise OnTheList
    # What was typed is in no log; and so begun, a word is no name of a form's own field.
    word = f"own_{new_handle()}"
    return add_code(name, word, label, track=track, maps_to=maps_to, by=by, on=on)


def take_out(name: str, track: Track, word: str, *, by: Staff, on: date) -> None:
    """Take a word out of use from a day on. Raises NotInUse, LastOne."""
    used = {each.word: each for each in lists.listed(name, track, on)}
    if word not in used:
        raise NotInUse
    if len(used) == 1:
        raise LastOne
    rows = [row for row in queries.codes(name, track) if row.word == word]
    if not rows:  # a word that was shipped: from now on the county says until when
        rows = [_written_down(name, track, used[word], by=by)]
    retire_code(rows[-1], by=by, on=on)


def _written_down(name: str, track: Track, each: lists.Listed, *, by: Staff) -> Code:
    label, rule = str(each.label), each.maps_to
    return add_code(name, each.word, label, track=track, maps_to=rule, by=by, on=SHIPPED_ON)


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
