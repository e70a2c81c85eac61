"""Read what someone wants of a class day."""

from datetime import date, time
from typing import Any

from wtforms import SelectMultipleField

from diversion.core.languages import NAMES
from diversion.core.words import _
from diversion.partners.venues import queries as venues
from diversion.sbad.classes import queries
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.classes.services import Plan
from diversion.web.fields import ChoiceField, DateField, Filled, WholeField
from diversion.web.forms import CreatingForm, choices

QUARTERS = [time(hour, minute) for hour in range(7, 21) for minute in (0, 15, 30, 45)]
MOST_SEATS = 200


def _clock(value: time) -> str:
    return f"{value:%I:%M %p}".lstrip("0")


HOURS = {f"{value:%H:%M}": _clock(value) for value in QUARTERS}


class ClassForm(CreatingForm):
    """A class day: course, day, hours, room, seats, language, who teaches."""

    course = ChoiceField(_("Course"), [Filled(_("Choose a course."))])
    held_on = DateField(_("Day"), [Filled(_("Write a day."))])
    starts = ChoiceField(_("Starts"), [Filled()], choices=choices(HOURS))
    ends = ChoiceField(_("Ends"), [Filled()], choices=choices(HOURS))
    place = ChoiceField(_("Room"))
    capacity = WholeField(_("Seats"), [Filled()], least=1, most=MOST_SEATS)
    language = ChoiceField(_("Language"), [Filled()], choices=choices(NAMES))
    instructors = SelectMultipleField(_("Instructors"))

    def offer(self, today: date) -> None:
        """Put courses, rooms and instructors in the lists, and the pattern of the latest class."""
        self.course.choices = choices({c.handle: c.name for c in queries.courses(today)})
        self.place.choices = choices({p.handle: f"{p.name}, {p.building}" for p in venues.places()})
        self.instructors.choices = choices({s.handle: s.name for s in queries.instructors()})

    def fill_in(self) -> None:
        """Propose what the latest class had; the day is left to be chosen."""
        proposed: dict[str, Any] = {
            "starts": "09:00", "ends": "16:00", "language": "en", "capacity": 30,
            **(queries.latest_pattern() or {}),
        }  # fmt: skip
        for name, value in proposed.items():
            self[name].data = value

    def show(self, session: ClassSession) -> None:
        """Show a class day as it is planned now."""
        now: dict[str, Any] = {"held_on": session.held_on, **queries.pattern(session)}
        for name, value in now.items():
            if name in self:
                self[name].data = value

    def plan(self) -> Plan:
        """Return the class day that was asked for, after validation."""
        asked: dict[str, Any] = self.data
        chosen = {each.handle: each for each in queries.instructors()}
        return Plan(
            course=queries.course(asked["course"]),
            held_on=asked.get("held_on") or date.min,
            starts=time.fromisoformat(asked["starts"]),
            ends=time.fromisoformat(asked["ends"]),
            place=venues.place(asked["place"]) if asked["place"] else None,
            capacity=asked["capacity"],
            language=asked["language"],
            instructors=[chosen[handle] for handle in asked["instructors"] or ()],
        )


class AmendForm(ClassForm):
    """A class day that is planned already: its day stays as it is."""

    held_on: Any = None
