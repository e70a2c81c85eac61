"""Make the tables of `partners`."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Instant

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _organization()
    _member()
    _place()
    _place_booking()


def downgrade() -> None:
    op.drop_table("place_booking")
    op.drop_table("place")
    op.drop_table("member")
    op.drop_table("organization")


def _organization() -> None:
    op.create_table(
        "organization",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("around_the_clock", sa.Boolean(), nullable=False),
        sa.Column("serves", sa.Text(), nullable=False),
        sa.Column("languages", sa.String(160), nullable=False),
        sa.Column("phone", sa.String(20), nullable=False),
        sa.Column("text_line", sa.String(20), nullable=False),
        sa.Column("hours", sa.String(160), nullable=False),
        sa.Column("address", sa.String(300), nullable=False),
        sa.Column("what_they_do", sa.Text(), nullable=False),
        sa.Column("source", sa.String(160), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organization"),
        sa.UniqueConstraint("handle", name="uq_organization_handle"),
        sa.UniqueConstraint("name", name="uq_organization_name"),
    )


def _member() -> None:
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("phone", sa.String(20), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("languages", sa.String(160), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= started_on", name=op.f("ck_member_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name="fk_member_organization_id"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_member_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
        sa.UniqueConstraint("handle", name="uq_member_handle"),
    )
    op.create_index("ix_member_organization_id", "member", ["organization_id"], unique=False)
    op.create_index("ix_member_staff_id", "member", ["staff_id"], unique=False)


def _place() -> None:
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("building", sa.String(120), nullable=False),
        sa.Column("address", sa.String(300), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_place"),
        sa.UniqueConstraint("building", "name", name="uq_place_building_name"),
        sa.UniqueConstraint("handle", name="uq_place_handle"),
    )


def _place_booking() -> None:
    op.create_table(
        "place_booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("compartment", sa.String(40), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("released_at", Instant(), nullable=True),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_place_booking_ends_after_start")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="fk_place_booking_place_id"),
        sa.PrimaryKeyConstraint("id", name="pk_place_booking"),
        sa.UniqueConstraint("handle", name="uq_place_booking_handle"),
    )
    op.create_index(
        "ix_place_booking_place_id_starts_at",
        "place_booking",
        ["place_id", "starts_at"],
        unique=False,
    )
