"""Keep to whom the county promised money, and for what."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.fund.orders.kinds import PayeeKind


class Aim(StrEnum):
    """What money is for: a category, never a story."""

    COUNSELING = "counseling"
    EDUCATION = "education"
    EMPLOYMENT = "employment"
    FOOD = "food"
    HEALTH = "health"
    HOUSING = "housing"
    INVESTIGATION = "investigation"
    LEGAL_HELP = "legal_help"
    MENTORING = "mentoring"
    OUTREACH = "outreach"
    TRAINING = "training"
    TRANSPORT = "transport"


# What the log is told of an award, by its hash.
TOLD = ("number", "line_id", "earmark", "payee_kind", "organization_id", "aim", "asked_on")


class Award(Base):
    """A promise out of a budget line. `number` is public, such as G-2026-0003; never changed.

    Direct help to survivors is one award without an organization; its vouchers carry codes.
    """

    __tablename__ = "award"
    __table_args__ = (
        ForeignKeyConstraint(["line_id", "earmark"], ["budget_line.id", "budget_line.earmark"]),
        UniqueConstraint("id", "line_id", "earmark", "payee_kind"),
        UniqueConstraint("id", "payee_kind"),
        CheckConstraint(
            "(payee_kind = 'victim') = (organization_id IS NULL)", name="survivors_have_no_name"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    line_id: Mapped[int]
    earmark: Mapped[int]
    payee_kind: Mapped[PayeeKind]
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    aim: Mapped[Aim]
    asked_on: Mapped[date]
