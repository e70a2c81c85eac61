"""Make the table that knows for whom a voucher was asked."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Instant
from diversion.migrations.append_only import append_only, release

revision = "0020"
down_revision = "0019"

TABLE = "help_voucher"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=False),
        sa.Column("noted_at", Instant(), nullable=False),
        sa.CheckConstraint("track = 'community_court'", name=op.f("ck_help_voucher_own_track")),
        sa.ForeignKeyConstraint(["code"], ["voucher.code"], name="fk_help_voucher_code"),
        sa.ForeignKeyConstraint(["noted_by_id"], ["staff.id"], name="fk_help_voucher_noted_by_id"),
        sa.ForeignKeyConstraint(
            ["participant_id", "track"],
            ["participant.id", "participant.track"],
            name="fk_help_voucher_participant_id_track",
        ),
        sa.PrimaryKeyConstraint("code", name="pk_help_voucher"),
    )
    op.create_index("ix_help_voucher_participant_id", TABLE, ["participant_id"], unique=False)
    append_only(TABLE)


def downgrade() -> None:
    release(TABLE)
    op.drop_table(TABLE)
