"""Gather what the pages of a request show, for whoever may see it."""

from typing import Any

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.errors import NotYours
from diversion.core.tracks import Track
from diversion.fees.ability import queries as ability
from diversion.fees.ability import services as worksheets
from diversion.fees.ability.models import AbilityWorksheet
from diversion.fees.codes import Change
from diversion.fees.models import Obligation
from diversion.fees.waivers import queries, services
from diversion.fees.waivers.models import FeeRequest
from diversion.participants import access
from diversion.participants.models import Participant
from diversion.participants.queries import numbers_of, with_id
from diversion.staff.approvals import queries as approvals
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of

P = Permission


def within_reach(handle: str, me: Staff) -> FeeRequest:
    """Return a request that `me` may see. Raises NotYours.

    Whoever decides on fees sees all but those of the people whom they must not see.
    """
    found = queries.request(handle)
    if access.is_blocked(found.participant_id, Track.SBAD, by=me):
        raise NotYours
    if not me.may(P.FEE_READ) or me.may(P.WAIVER_APPROVE):
        return found
    within = access.visible_to(me, Track.SBAD)
    if db.session.scalar(within.where(Participant.id == found.participant_id)) is None:
        raise NotYours
    return found


def participant_of(request: FeeRequest) -> Participant:
    return with_id(request.participant_id, Track.SBAD)


def asking(opened: access.Opened, fee: Obligation) -> dict[str, Any]:
    """Return what stands beside the form that asks."""
    return {
        "opened": opened,
        "fee": fee,
        "open_now": queries.open_of(fee.id),
        "can_be_reinstated": queries.can_be_reinstated(fee.id),
    }


def paper(asked: FeeRequest) -> dict[str, Any]:
    """Return a request as it is shown to everybody: numbers and codes, no word and no name."""
    latest = approvals.latest_about(asked.change.matter, asked.handle)
    decided = latest.decided if latest else None
    people = {asked.asked_by_id, decided.decided_by_id if decided else asked.asked_by_id}
    return {
        "asked": asked,
        "request": latest,
        "decided": decided,
        "names": names_of(people),
        "number": numbers_of(Track.SBAD, [asked.participant_id])[asked.participant_id],
        "open_now": queries.open_of(asked.obligation_id),
        "comes_back": _comes_back(asked),
    }


def opened(asked: FeeRequest, me: Staff) -> dict[str, Any]:
    """Return the request with its reason and worksheet for those who work with fees."""
    shown, waiting = paper(asked), approvals.latest_about(asked.change.matter, asked.handle)
    may_open = me.may(P.FEE_READ)
    person = participant_of(asked) if may_open else None
    sheet = db.session.get(AbilityWorksheet, asked.worksheet_id or 0) if person else None
    record(Act.FEE_CHANGE_SHOWN, f"fee_request:{asked.handle}",
           f"participant:{shown['number']}", by=me, track=Track.SBAD)  # fmt: skip
    return {
        **shown,
        "reason": services.note_of(asked, person) if person else "",
        "sheet": sheet,
        "facts": ability.facts_of(sheet) if sheet else None,
        "sheet_note": worksheets.note_of(sheet, person) if sheet and person else "",
        "is_own": asked.asked_by_id == me.id,
        "may_decide": bool(waiting and waiting.is_waiting) and asked.asked_by_id != me.id
        and me.may(P.WAIVER_APPROVE),
    }  # fmt: skip


def _comes_back(asked: FeeRequest) -> bool:
    """Say whether what was given up here can still be reinstated."""
    if asked.change in (Change.RAISE, Change.REINSTATE) or asked.carried_out is None:
        return False
    return asked in queries.can_be_reinstated(asked.obligation_id)
