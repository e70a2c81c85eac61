"""Make the tables of what a second person decides."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Cents, Instant
from diversion.migrations.append_only import append_only, release

revision = "0013"
down_revision = "0012"

CODE = sa.String(40)
APPEND_ONLY = ("approval_request", "approval_decision")


def upgrade() -> None:
    op.create_table(
        "approval_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("matter", CODE, nullable=False),
        sa.Column("subject", CODE, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("amount", Cents(), nullable=False),
        sa.Column("request_hash", sa.String(64), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_approval_request"),
        sa.UniqueConstraint("handle", name="uq_approval_request_handle"),
        sa.UniqueConstraint(
            "matter", "subject", "turn", name="uq_approval_request_matter_subject_turn"
        ),
        sa.UniqueConstraint("id", "asked_by_id", name="uq_approval_request_id_asked_by_id"),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["staff.id"], name="fk_approval_request_asked_by_id"
        ),
        sa.CheckConstraint("turn >= 1", name="ck_approval_request_turn_counts"),
        sa.CheckConstraint("amount >= 0", name="ck_approval_request_amount_not_negative"),
    )
    op.create_table(
        "approval_decision",
        sa.Column("request_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("decision", CODE, nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", name="pk_approval_decision"),
        sa.ForeignKeyConstraint(
            ["request_id", "asked_by_id"],
            ["approval_request.id", "approval_request.asked_by_id"],
            name="fk_approval_decision_request_id_asked_by_id",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["staff.id"], name="fk_approval_decision_decided_by_id"
        ),
        sa.CheckConstraint(
            "(decision = 'withdrawn') = (decided_by_id = asked_by_id)",
            name="ck_approval_decision_second_person",
        ),
    )
    append_only(*APPEND_ONLY)


def downgrade() -> None:
    release(*APPEND_ONLY)
    op.drop_table("approval_decision")
    op.drop_table("approval_request")
