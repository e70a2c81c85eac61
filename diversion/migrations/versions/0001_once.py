"""Make the table of keys that count once."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Instant

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "once_key",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("request_hash", sa.String(64), nullable=False),
        sa.Column("result", sa.String(200), nullable=False),
        sa.Column("claimed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_once_key"),
    )


def downgrade() -> None:
    op.drop_table("once_key")
