"""Find worksheets, and what they say as values."""

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.fees.ability.models import AbilityWorksheet
from diversion.fees.ability.rules import Facts


def worksheet(handle: str) -> AbilityWorksheet:
    """Return a worksheet by its handle. Raises NotYours."""
    query = select(AbilityWorksheet).where(AbilityWorksheet.handle == handle)
    return the_one(query)


def latest_of(participant_id: int) -> AbilityWorksheet | None:
    """Return what a person said last."""
    query = select(AbilityWorksheet).where(AbilityWorksheet.participant_id == participant_id)
    return db.session.scalars(query.order_by(AbilityWorksheet.id.desc()).limit(1)).one_or_none()


def facts_of(sheet: AbilityWorksheet) -> Facts:
    return Facts(
        sheet.household, sheet.income, sheet.expenses, sheet.benefit, sheet.appointed_counsel
    )
