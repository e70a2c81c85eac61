"""Keep with a mark in the roll of which module it was made; 0 is that of the whole day."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.add_column(
        "attendance_mark", sa.Column("module", sa.Integer(), nullable=False, server_default="0")
    )


def downgrade() -> None:
    op.drop_column("attendance_mark", "module")
