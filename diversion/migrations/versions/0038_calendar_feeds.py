"""Make the table of calendar links."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Instant
from diversion.migrations.parts import CODE, key, numbered

revision = "0038"
down_revision = "0037"

TABLE = "calendar_feed"


def upgrade() -> None:
    op.create_table(
        TABLE,
        *numbered(TABLE),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("track", CODE, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.UniqueConstraint("token_hash", name=f"uq_{TABLE}_token_hash"),
        key(TABLE, "staff_id", "staff.id"),
    )
    live = sa.text("ended_at IS NULL")
    op.create_index(
        f"uq_{TABLE}_live", TABLE, ["staff_id", "track"], unique=True, sqlite_where=live,
        postgresql_where=live,
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table(TABLE)
