"""Answer what the fund was asked for a person, and how many people some codes stand for."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, select

from diversion.community_court.help.models import HelpVoucher
from diversion.core.database import db
from diversion.fund.vouchers import queries as vouchers
from diversion.fund.vouchers.models import Voucher


def of_person(participant_id: int) -> Sequence[Any]:
    """Return the vouchers that were asked for a person, newest first; one statement."""
    codes = select(HelpVoucher.code).where(HelpVoucher.participant_id == participant_id)
    return db.session.execute(vouchers.vouchers().where(Voucher.code.in_(codes))).all()


def survivors(codes: Collection[str]) -> int:
    """Return how many people some codes stand for; who they are stays on this side."""
    people = func.count(HelpVoucher.participant_id.distinct())
    return db.session.scalar(select(people).where(HelpVoucher.code.in_(codes))) or 0
