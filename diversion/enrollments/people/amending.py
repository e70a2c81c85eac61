"""Correct a record outside an intake, with the same questions that the intake asks."""

from datetime import date
from typing import Any

from diversion.enrollments.intake.parts import Part
from diversion.participants.access import Opened
from diversion.staff.models import Staff


def filled(part: Part, opened: Opened, form: Any) -> Any:
    """Return the form with what is known, unless something was typed into it."""
    return form if form.is_submitted() else part.form(data=part.fill(opened))


def save(part: Part, opened: Opened, form: Any, *, by: Staff, on: date) -> None:
    part.save(opened, form, by, on)
