"""Put the answers to a device into words: what is marked now, and where two marks differ."""

from collections.abc import Sequence
from typing import Any

from diversion.core.words import _
from diversion.sbad.attendance import differing
from diversion.sbad.attendance.differing import Difference
from diversion.sbad.attendance.roll import Roll
from diversion.sbad.attendance.services import Answer
from diversion.sbad.classes.models import ClassSession
from diversion.staff.models import Staff
from diversion.web.calendar import at_court
from diversion.web.filters import clock_time
from diversion.web.languages import said


def told(session: ClassSession, answers: Sequence[Answer], by: Staff) -> dict[str, Any]:
    """Return what a device is told about each of these people."""
    ids = {each.registration_id for each in answers if each.current.is_conflict}
    apart = differing.seen_by(by.id, ids)
    return {
        "answers": [
            _one(each, apart.get((each.registration_id, each.current.module))) for each in answers
        ],
        "is_over": session.is_over,
    }


def apart(roll: Roll, by: Staff) -> dict[str, dict[str, str]]:
    """Return what the page of a roll says where two marks differ, by handle."""
    lines = {each.line.seat.id: each for each in roll.lines if each.current.is_conflict}
    found = differing.seen_by(by.id, lines)
    return {
        each.key: differs(found[row, roll.module])
        for row, each in lines.items()
        if (row, roll.module) in found
    }


def _one(answer: Answer, apart: Difference | None) -> dict[str, Any]:
    current = answer.current
    return {
        "op": answer.op, "registration": answer.registration, "value": current.value.value,
        "more": current.more, "version": current.version, "is_seated": answer.is_seated,
        "is_conflict": current.is_conflict, "words": said(current.value.words),
        "differs": apart and differs(apart),
    }  # fmt: skip


def differs(apart: Difference) -> dict[str, str]:
    """Return the sentence about two marks, and both as their buttons send them."""
    theirs = apart.theirs
    sentence = _(
        "{staff} changed this to {mark} at {time}.",
        staff=theirs.name, mark=said(theirs.value.words),
        time=clock_time(at_court(theirs.marked_at)),
    )  # fmt: skip
    return {"text": said(sentence), "yours": apart.yours.code, "theirs": theirs.code}
