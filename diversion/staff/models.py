"""Keep the people who sign in and the roles they were given."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.tracks import Track
from diversion.staff.permissions import GRANTS, SIDES, TRACK_OF, Permission, Role, Side, side_of


class StaffStatus(StrEnum):
    """Where an account stands."""

    ACTIVE = "active"
    DISABLED = "disabled"
    INVITED = "invited"


class Staff(Base):
    """A person who signs in. `totp_seed` is sealed; `locked_at` waits for an administrator."""

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower"),
        UniqueConstraint("id", "side"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    status: Mapped[StaffStatus] = mapped_column(default=StaffStatus.ACTIVE)
    side: Mapped[Side | None]
    password_hash: Mapped[str | None] = mapped_column(String(255))
    totp_seed: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_step: Mapped[int] = mapped_column(default=0)
    locked_at: Mapped[datetime | None]
    shortcuts: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    signed_in_at: Mapped[datetime | None]

    grants: Mapped[list["RoleGrant"]] = relationship(
        primaryjoin="Staff.id == RoleGrant.staff_id",
        foreign_keys="RoleGrant.staff_id",
        order_by="RoleGrant.id",
    )

    def __init__(self, **values: Any) -> None:
        values.setdefault("handle", new_handle())
        super().__init__(**values)

    @property
    def active_track(self) -> Track | None:
        """The side of the wall on which a deputy works in this sign-in session; not a column."""
        return self.__dict__.get("_active_track")

    @active_track.setter
    def active_track(self, track: Track | None) -> None:
        self.__dict__["_active_track"] = track

    @property
    def roles(self) -> frozenset[Role]:
        if self.status is not StaffStatus.ACTIVE:
            return frozenset()
        return frozenset(grant.role for grant in self.grants if grant.is_in_force)

    def sides(self) -> frozenset[Track]:
        """Return the sides of the wall on which the roles may read identities."""
        return frozenset[Track]().union(*(SIDES[role] for role in self.roles))

    def tracks(self) -> frozenset[Track]:
        """Return where this person may read identities now.

        Whoever may read on both sides reads on one at a time, and on none before choosing.
        """
        sides = self.sides()
        return sides if len(sides) < 2 else sides & {self.active_track}

    def may(self, permission: Permission) -> bool:
        track = TRACK_OF.get(permission)
        if track is not None and track not in self.tracks():
            return False
        return any(permission in GRANTS[role] for role in self.roles)


def _roles_of(side: Side | None) -> str:
    return ", ".join(f"'{role}'" for role in Role if side_of(role) is side)


ROLE_HAS_ITS_SIDE = " OR ".join(
    [
        "(ended_at IS NOT NULL AND side IS NULL)",
        *(
            f"(ended_at IS NULL AND side IS NOT NULL AND side = '{side}'"
            f" AND role IN ({_roles_of(side)}))"
            for side in Side
        ),
        f"(ended_at IS NULL AND side IS NULL AND role IN ({_roles_of(None)}))",
    ]
)


class RoleGrant(Base):
    """A role given to a person: asked for by one administrator, confirmed by another.

    Without `asked_by_id` it was given at the command line. A living grant carries the
    side of its role, and the person carries one side, so nobody stands on both.
    """

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("asked_by_id <> confirmed_by_id", name="two_people"),
        CheckConstraint("staff_id <> confirmed_by_id", name="not_ones_own"),
        CheckConstraint(
            "in_force_at IS NULL OR asked_by_id IS NULL OR confirmed_by_id IS NOT NULL",
            name="confirmed",
        ),
        CheckConstraint(ROLE_HAS_ITS_SIDE, name="side"),
        ForeignKeyConstraint(["staff_id", "side"], ["staff.id", "staff.side"]),
        Index(
            "uq_role_grant_live", "staff_id", "role", unique=True,
            sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    role: Mapped[Role]
    side: Mapped[Side | None]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    in_force_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None]

    @property
    def is_in_force(self) -> bool:
        return self.in_force_at is not None and self.ended_at is None

    @property
    def is_waiting(self) -> bool:
        return self.in_force_at is None and self.ended_at is None
