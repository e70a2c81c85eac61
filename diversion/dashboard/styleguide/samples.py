"""Make up the people and days that components of whole records are shown with."""

from datetime import date, time, timedelta
from types import SimpleNamespace as Made
from typing import Any

from diversion.core.words import _

PEOPLE = (
    {"id": 1, "number": "26-0417-3", "name": "Juniper Hale", "age": 34, "next_on": None,
     "place": {"words": _("Active"), "tone": "ok"}},
    {"id": 2, "number": "26-0288-0", "name": "Juana Íñiguez", "age": None, "next_on": None,
     "place": {"words": _("Suspended"), "tone": "warn"}},
)  # fmt: skip


def records(today: date) -> dict[str, Any]:
    """Return one sample for each component that shows a whole record."""
    return {
        "people": PEOPLE,
        "waiting": Made(is_waiting=True),
        "contact": _contact(today),
        "version": _version(today),
        "line": _timeline(today),
        "weeks": [[_day(today + timedelta(days=number)) for number in range(7)]],
        "organization": _organization(today),
        "bench": [_bench("Pilar Winslow", None), _bench("Zoë Brandt", today)],
        "offers": [_offer(today + timedelta(weeks=weeks)) for weeks in (4, 6, 8)],
    }


def _contact(today: date) -> Made:
    rules = Made(wording="discreet", hours=(time(10), time(16)), watched=True, letters=False,
                 confirmed_on=today)  # fmt: skip
    phone = Made(e164="+15035550142", may_text=True, voicemail=False)
    return Made(contact=rules, phones=(phone,), addresses=(), emails=())


def _version(today: date) -> Made:
    asked = Made(label=_("Counseling"), quantity=8, unit=_("sessions"), due_days=180)
    basis = Made(words=_("County policy"))
    return Made(in_force_on=today, requirements=[asked], legal_basis=basis, monitoring_days=180,
                fee=None)  # fmt: skip


def _timeline(today: date) -> Made:
    entry = Made(kind=Made(words=_("Program")), title=_("Agreement signed"), on=today,
                 who="R. Delgado", text="", picture="file-text", tone="ok", href="")  # fmt: skip
    section = Made(heading=_("This week"), entries=[entry])
    chip = {"label": _("All"), "href": "#main", "current": True, "count": 1}
    return Made(chips=[chip], shown=1, sections=[section], older=0)


def _day(on: date) -> Made:
    closed = _("Holiday") if on.weekday() == 0 else ""
    room = "210" if on.weekday() == 2 else ""
    return Made(on=on, is_outside=False, is_off=on.weekday() > 4, is_today=on.weekday() == 1,
                closed=closed, room=room, events=["9:00"])  # fmt: skip


def _organization(today: date) -> Made:
    return Made(handle="sample", name="Lantern Counseling", around_the_clock=True,
                kind="counseling", what_they_do="Groups.", serves="All", phone="503-555-0101",
                text_line="", hours="Day and night", languages="English, Spanish", address="",
                verified_on=today, source="County")  # fmt: skip


def _bench(name: str, next_on: date | None) -> Made:
    kind = "now" if next_on else "done"
    return Made(kind=kind, handle=f"sample{name[0].lower()}", name=name, number="26-0404-1",
                hour="9:00", starts="9:00 AM", attorney="M. Ortiz", counseling="5 of 8",
                conditions="2 of 3", tags=[Made(text=_("1 overdue"), tone="warn")],
                outcome="" if next_on else _("Continue"), tone="", next_on=next_on,
                is_here=False, is_absent=False, href="#main", at="", call="",
                here="/styleguide" if next_on else "", undo="" if next_on else "#main")  # fmt: skip


def _offer(on: date) -> Made:
    return Made(handle=f"offer{on:%m%d}", held_on=on, places=6)
