"""Keep the organizations around the programs and the people who work there."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle


class OrganizationKind(StrEnum):
    """What an organization is to the programs."""

    ADVOCACY = "advocacy"
    CONSULATE = "consulate"
    COUNSELING = "counseling"
    COURT = "court"
    EMPLOYMENT = "employment"
    FOOD = "food"
    HEALTH = "health"
    HOTLINE = "hotline"
    HOUSING = "housing"
    LEGAL = "legal"
    POLICE = "police"
    TREATMENT = "treatment"
    VICTIM_ASSISTANCE = "victim_assistance"
    OTHER = "other"


class MemberKind(StrEnum):
    """What a person does for an organization."""

    ATTORNEY = "attorney"
    COUNSELOR = "counselor"
    MENTOR = "mentor"
    PRESENTER = "presenter"


class Organization(Base):
    """A provider, agency or group; listed ones stand in the directory of services."""

    __tablename__ = "organization"
    __table_args__ = (UniqueConstraint("name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[OrganizationKind]
    listed: Mapped[bool] = mapped_column(default=False)
    around_the_clock: Mapped[bool] = mapped_column(default=False)
    serves: Mapped[str] = mapped_column(Text, default="")
    languages: Mapped[str] = mapped_column(String(160), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    text_line: Mapped[str] = mapped_column(String(20), default="")
    hours: Mapped[str] = mapped_column(String(160), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    what_they_do: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(160), default="")
    verified_on: Mapped[date | None]
    retired_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)


class Member(Base):
    """A person at work: mentor, counselor, presenter or attorney; never a participant."""

    __tablename__ = "member"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="ends_after_start"),
        Index(None, "organization_id"),
        Index(None, "staff_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[MemberKind]
    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    languages: Mapped[str] = mapped_column(String(160), default="")
    places: Mapped[int] = mapped_column(default=8)
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
