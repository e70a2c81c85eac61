"""Keep with a mark which modules of the class the person missed."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column(
        "attendance_mark", sa.Column("missed", sa.String(40), nullable=False, server_default="")
    )


def downgrade() -> None:
    op.drop_column("attendance_mark", "missed")
