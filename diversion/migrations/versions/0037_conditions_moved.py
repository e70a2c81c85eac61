"""Make the table of conditions that are due later since a program stood still."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Instant
from diversion.migrations.append_only import append_only, release
from diversion.migrations.parts import key

revision = "0037"
down_revision = "0036"

TABLE = "condition_moved"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("condition_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("pause_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("moved_at", Instant(), nullable=False),
        sa.Column("moved_by", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("condition_id", "pause_id", name=f"pk_{TABLE}"),
        key(TABLE, "condition_id", "condition.id"),
        key(TABLE, "pause_id", "pause.id"),
        key(TABLE, "moved_by", "staff.id"),
    )
    append_only(TABLE)


def downgrade() -> None:
    release(TABLE)
    op.drop_table(TABLE)
