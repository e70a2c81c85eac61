"""Make the tables of fees: schedules, obligations, receipts and what they settle."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Cents, Instant
from diversion.migrations.parts import key, keys

revision = "0008"
down_revision = "0007"

CODE = sa.String(40)
TABLES = (
    "receipt_void", "allocation", "receipt", "fee_overdue", "obligation_undone", "obligation",
    "fee_line", "fee_schedule",
)  # fmt: skip


def upgrade() -> None:
    _schedules()
    _obligations()
    _receipts()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _schedules() -> None:
    op.create_table(
        "fee_schedule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("track", CODE, nullable=False),
        sa.Column("in_force_on", sa.Date(), nullable=False),
        sa.Column("due_days", sa.Integer(), nullable=False),
        sa.Column("overpayment", CODE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_fee_schedule"),
        sa.UniqueConstraint("handle", name="uq_fee_schedule_handle"),
        sa.UniqueConstraint("track", "in_force_on", name="uq_fee_schedule_track_in_force_on"),
        sa.CheckConstraint("due_days >= 0", name="due_days_not_negative"),
    )
    op.create_table(
        "fee_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("schedule_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(80), nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("destination", CODE, nullable=False),
        sa.Column("revenue_account", sa.Integer(), nullable=True),
        sa.Column("earmark", sa.Integer(), nullable=False),
        sa.Column("amount", Cents(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_fee_line"),
        sa.UniqueConstraint("schedule_id", "place", name="uq_fee_line_schedule_id_place"),
        sa.CheckConstraint("amount > 0", name="amount_positive"),
        sa.CheckConstraint(
            "(kind = 'statutory') = (destination = 'statutory')", name="state_money_apart"
        ),
        sa.CheckConstraint(
            "(destination = 'statutory') = (revenue_account IS NULL)", name="no_revenue_of_state"
        ),
        key("fee_line", "schedule_id", "fee_schedule.id"),
        key("fee_line", "revenue_account", "account.code"),
        key("fee_line", "earmark", "earmark.number"),
    )


def _obligations() -> None:
    op.create_table(
        "obligation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", CODE, nullable=False),
        sa.Column("enrollment_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(80), nullable=False),
        sa.Column("revenue_account", sa.Integer(), nullable=False),
        sa.Column("earmark", sa.Integer(), nullable=False),
        sa.Column("amount", Cents(), nullable=False),
        sa.Column("other_amount", CODE, nullable=True),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("entry_number", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_obligation"),
        sa.UniqueConstraint("handle", name="uq_obligation_handle"),
        sa.UniqueConstraint("enrollment_id", "place", name="uq_obligation_enrollment_id_place"),
        sa.UniqueConstraint("entry_number", name="uq_obligation_entry_number"),
        sa.CheckConstraint("amount > 0", name="amount_positive"),
        keys("obligation", ("enrollment_id", "participant_id", "track"), "enrollment"),
        key("obligation", "revenue_account", "account.code"),
        key("obligation", "earmark", "earmark.number"),
        key("obligation", "entry_number", "entry.id"),
    )
    op.create_index("ix_obligation_participant_id", "obligation", ["participant_id"])
    op.create_index("ix_obligation_due_on", "obligation", ["due_on"])
    op.create_table(
        "obligation_undone",
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("entry_number", sa.Integer(), nullable=False),
        sa.Column("undone_on", sa.Date(), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("obligation_id", name="pk_obligation_undone"),
        sa.UniqueConstraint("entry_number", name="uq_obligation_undone_entry_number"),
        key("obligation_undone", "obligation_id", "obligation.id"),
        key("obligation_undone", "entry_number", "entry.id"),
        key("obligation_undone", "undone_by", "staff.id"),
    )
    op.create_table(
        "fee_overdue",
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("noted_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("obligation_id", name="pk_fee_overdue"),
        key("fee_overdue", "obligation_id", "obligation.id"),
    )


def _receipts() -> None:
    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("entry_number", sa.Integer(), nullable=False),
        sa.Column("entry_hash", sa.String(64), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", CODE, nullable=False),
        sa.Column("amount", Cents(), nullable=False),
        sa.Column("credit", Cents(), nullable=False),
        sa.Column("owed_after", Cents(), nullable=False),
        sa.Column("mode", CODE, nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("payor", CODE, nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("taken_at", Instant(), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_receipt"),
        sa.UniqueConstraint("number", name="uq_receipt_number"),
        sa.UniqueConstraint("entry_number", name="uq_receipt_entry_number"),
        sa.CheckConstraint("amount > 0", name="amount_positive"),
        keys("receipt", ("participant_id", "track"), "participant"),
        key("receipt", "id", "receipt_number.id"),
        key("receipt", "entry_number", "entry.id"),
        key("receipt", "taken_by", "staff.id"),
    )
    op.create_index("ix_receipt_participant_id", "receipt", ["participant_id"])
    op.create_index("ix_receipt_taken_on", "receipt", ["taken_on"])
    op.create_table(
        "allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("amount", Cents(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_allocation"),
        sa.UniqueConstraint(
            "receipt_id", "obligation_id", name="uq_allocation_receipt_id_obligation_id"
        ),
        sa.CheckConstraint("amount > 0", name="amount_positive"),
        key("allocation", "receipt_id", "receipt.id"),
        key("allocation", "obligation_id", "obligation.id"),
    )
    op.create_index("ix_allocation_obligation_id", "allocation", ["obligation_id"])
    op.create_table(
        "receipt_void",
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column("entry_number", sa.Integer(), nullable=False),
        sa.Column("reason", CODE, nullable=False),
        sa.Column("copy_returned", sa.Boolean(), nullable=False),
        sa.Column("voided_on", sa.Date(), nullable=False),
        sa.Column("voided_at", Instant(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("receipt_id", name="pk_receipt_void"),
        sa.UniqueConstraint("entry_number", name="uq_receipt_void_entry_number"),
        key("receipt_void", "receipt_id", "receipt.id"),
        key("receipt_void", "entry_number", "entry.id"),
        key("receipt_void", "voided_by", "staff.id"),
    )
