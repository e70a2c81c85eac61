"""Let nobody have two open enrollments."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

NAME = "uq_enrollment_open"


def upgrade() -> None:
    is_open = sa.text(
        "state IN ('active', 'monitoring', 'pending', 'requirements_met', 'suspended', "
        "'termination_pending')"
    )
    op.create_index(
        NAME, "enrollment", ["participant_id"], unique=True, sqlite_where=is_open,
        postgresql_where=is_open,
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index(NAME, "enrollment")
