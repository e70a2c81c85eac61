"""Make the table of certificates."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Instant
from diversion.migrations.append_only import filled_once, release
from diversion.migrations.parts import CODE, check, key, numbered, of_enrollment

revision = "0030"
down_revision = "0029"

TABLE = "certificate"


def upgrade() -> None:
    op.create_table(
        TABLE,
        *numbered(TABLE),
        sa.Column("code", sa.String(20), nullable=False),
        *of_enrollment(TABLE),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=False),
        sa.Column("voided_at", Instant(), nullable=True),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("void_reason", CODE, nullable=True),
        sa.UniqueConstraint("code", name="uq_certificate_code"),
        key(TABLE, "issued_by", "staff.id"),
        key(TABLE, "voided_by", "staff.id"),
        check(TABLE, "track", "track = 'sbad'"),
        check(TABLE, "void_whole", "(voided_at IS NULL) = (void_reason IS NULL)"),
    )
    live = sa.text("voided_at IS NULL")
    op.create_index(
        "uq_certificate_live", TABLE, ["enrollment_id"], unique=True, sqlite_where=live,
        postgresql_where=live,
    )  # fmt: skip
    op.create_index("ix_certificate_participant_id", TABLE, ["participant_id"])
    filled_once(TABLE)


def downgrade() -> None:
    release(TABLE)
    op.drop_table(TABLE)
