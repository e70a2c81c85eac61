"""Make the table of certificates."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Instant
from diversion.migrations.append_only import filled_once, release

revision = "0030"
down_revision = "0029"

TABLE = "certificate"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("enrollment_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=False),
        sa.Column("voided_at", Instant(), nullable=True),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("void_reason", sa.String(40), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_certificate"),
        sa.UniqueConstraint("code", name="uq_certificate_code"),
        sa.ForeignKeyConstraint(
            ["enrollment_id", "participant_id", "track"],
            ["enrollment.id", "enrollment.participant_id", "enrollment.track"],
            name="fk_certificate_enrollment_id_participant_id_track",
        ),
        sa.ForeignKeyConstraint(["issued_by"], ["staff.id"], name="fk_certificate_issued_by"),
        sa.ForeignKeyConstraint(["voided_by"], ["staff.id"], name="fk_certificate_voided_by"),
        sa.CheckConstraint("track = 'sbad'", name=op.f("ck_certificate_track")),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason IS NULL)", name=op.f("ck_certificate_void_whole")
        ),
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
