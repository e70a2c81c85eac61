"""Make the tables of the cashier: drawers, refunds, returned items."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Cents, Instant
from diversion.migrations.parts import key, keys

revision = "0015"
down_revision = "0014"

CODE = sa.String(40)
TABLES = (
    "settlement_line",
    "settlement",
    "drawer_count",
    "drawer_session",
    "till",
    "identification",
    "unplaced_receipt",
    "refund_cancel",
    "refund",
    "void_paper",
    "returned_item",
)


def upgrade() -> None:
    _returned()
    _voids()
    _refunds()
    _refund_cancels()
    _unplaced()
    _drawers()
    _settlements()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _returned() -> None:
    op.create_table(
        "returned_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("reason", CODE, nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("fee", Cents(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("reopened", Cents(), nullable=False),
        sa.Column("credit", Cents(), nullable=False),
        sa.Column("entry_number", sa.Integer(), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("fee_obligation_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_returned_item"),
        sa.UniqueConstraint("handle", name="uq_returned_item_handle"),
        sa.UniqueConstraint("entry_number", name="uq_returned_item_entry_number"),
        sa.CheckConstraint(
            "reopened >= 0 AND credit >= 0 AND fee >= 0",
            name="ck_returned_item_amounts_not_negative",
        ),
        sa.CheckConstraint(
            "(entry_number IS NULL) = (approved_by_id IS NULL)",
            name="ck_returned_item_posted_by_two",
        ),
        sa.CheckConstraint("approved_by_id <> asked_by_id", name="ck_returned_item_second_person"),
        key("returned_item", "receipt_id", "receipt.id"),
        key("returned_item", "asked_by_id", "staff.id"),
        key("returned_item", "entry_number", "entry.id"),
        key("returned_item", "approved_by_id", "staff.id"),
        key("returned_item", "fee_obligation_id", "obligation.id"),
    )
    posted = sa.text("entry_number IS NOT NULL")
    op.create_index(
        "uq_returned_item_posted", "returned_item", ["receipt_id", "kind"], unique=True,
        sqlite_where=posted, postgresql_where=posted,
    )  # fmt: skip


def _voids() -> None:
    op.create_table(
        "void_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column("reason", CODE, nullable=False),
        sa.Column("copy", CODE, nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_void_paper"),
        sa.UniqueConstraint("handle", name="uq_void_paper_handle"),
        key("void_paper", "receipt_id", "receipt_number.id"),
        key("void_paper", "asked_by_id", "staff.id"),
    )
    op.create_index("ix_void_paper_receipt_id", "void_paper", ["receipt_id"])


def _refunds() -> None:
    op.create_table(
        "refund",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", CODE, nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=True),
        sa.Column("amount", Cents(), nullable=False),
        sa.Column("stays_owed", sa.Boolean(), nullable=False),
        sa.Column("reason", CODE, nullable=False),
        sa.Column("document", sa.String(40), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("entry_number", sa.Integer(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("held_until", sa.Date(), nullable=True),
        sa.Column("paid_entry", sa.Integer(), nullable=True),
        sa.Column("paid_by_id", sa.Integer(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("instrument", CODE, nullable=True),
        sa.Column("paid_reference", sa.String(40), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_refund"),
        sa.UniqueConstraint("handle", name="uq_refund_handle"),
        sa.UniqueConstraint("entry_number", name="uq_refund_entry_number"),
        sa.UniqueConstraint("paid_entry", name="uq_refund_paid_entry"),
        sa.UniqueConstraint("paid_reference", name="uq_refund_paid_reference"),
        sa.CheckConstraint("track = 'sbad'", name="ck_refund_never_a_survivor"),
        sa.CheckConstraint("amount > 0", name="ck_refund_amount_positive"),
        sa.CheckConstraint(
            "(entry_number IS NULL) = (approved_by_id IS NULL)",
            name="ck_refund_approved_with_entry",
        ),
        sa.CheckConstraint("approved_by_id <> asked_by_id", name="ck_refund_second_person"),
        sa.CheckConstraint(
            "paid_entry IS NULL OR (entry_number IS NOT NULL AND paid_by_id <> approved_by_id"
            " AND paid_reference IS NOT NULL)",
            name="ck_refund_third_person",
        ),
        keys("refund", ("participant_id", "track"), "participant"),
        key("refund", "obligation_id", "obligation.id"),
        key("refund", "asked_by_id", "staff.id"),
        key("refund", "entry_number", "entry.id"),
        key("refund", "approved_by_id", "staff.id"),
        key("refund", "paid_entry", "entry.id"),
        key("refund", "paid_by_id", "staff.id"),
    )
    op.create_index("ix_refund_participant_id", "refund", ["participant_id"])


def _refund_cancels() -> None:
    op.create_table(
        "refund_cancel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("refund_id", sa.Integer(), nullable=False),
        sa.Column("reason", CODE, nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("entry_number", sa.Integer(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_refund_cancel"),
        sa.UniqueConstraint("handle", name="uq_refund_cancel_handle"),
        sa.UniqueConstraint("entry_number", name="uq_refund_cancel_entry_number"),
        sa.CheckConstraint(
            "approved_by_id <> asked_by_id", name="ck_refund_cancel_second_person"
        ),
        sa.CheckConstraint(
            "(entry_number IS NULL) = (approved_by_id IS NULL)",
            name="ck_refund_cancel_posted_by_two",
        ),
        key("refund_cancel", "refund_id", "refund.id"),
        key("refund_cancel", "asked_by_id", "staff.id"),
        key("refund_cancel", "entry_number", "entry.id"),
        key("refund_cancel", "approved_by_id", "staff.id"),
    )  # fmt: skip
    op.create_index(
        "uq_refund_cancel_posted", "refund_cancel", ["refund_id"], unique=True,
        sqlite_where=sa.text("entry_number IS NOT NULL"),
        postgresql_where=sa.text("entry_number IS NOT NULL"),
    )  # fmt: skip


def _unplaced() -> None:
    op.create_table(
        "unplaced_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("entry_number", sa.Integer(), nullable=False),
        sa.Column("entry_hash", sa.String(64), nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("earmark", sa.Integer(), nullable=False),
        sa.Column("amount", Cents(), nullable=False),
        sa.Column("mode", CODE, nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("taken_at", Instant(), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=False),
        sa.Column("void_entry", sa.Integer(), nullable=True),
        sa.Column("void_reason", CODE, nullable=True),
        sa.Column("voided_by_id", sa.Integer(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_unplaced_receipt"),
        sa.UniqueConstraint("number", name="uq_unplaced_receipt_number"),
        sa.UniqueConstraint("entry_number", name="uq_unplaced_receipt_entry_number"),
        sa.UniqueConstraint("void_entry", name="uq_unplaced_receipt_void_entry"),
        sa.CheckConstraint("amount > 0", name="ck_unplaced_receipt_amount_positive"),
        sa.CheckConstraint(
            "voided_by_id <> taken_by_id", name="ck_unplaced_receipt_void_by_another"
        ),
        sa.CheckConstraint(
            "(void_entry IS NULL) = (voided_by_id IS NULL)", name="ck_unplaced_receipt_void_whole"
        ),
        key("unplaced_receipt", "id", "receipt_number.id"),
        key("unplaced_receipt", "entry_number", "entry.id"),
        key("unplaced_receipt", "earmark", "earmark.number"),
        key("unplaced_receipt", "taken_by_id", "staff.id"),
        key("unplaced_receipt", "void_entry", "entry.id"),
        key("unplaced_receipt", "voided_by_id", "staff.id"),
    )
    op.create_index("ix_unplaced_receipt_taken_on", "unplaced_receipt", ["taken_on"])
    op.create_table(
        "identification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", CODE, nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("entry_number", sa.Integer(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_identification"),
        sa.UniqueConstraint("handle", name="uq_identification_handle"),
        sa.UniqueConstraint("entry_number", name="uq_identification_entry_number"),
        sa.CheckConstraint("track = 'sbad'", name="ck_identification_never_a_survivor"),
        sa.CheckConstraint("approved_by_id <> asked_by_id", name="ck_identification_second_person"),
        sa.CheckConstraint(
            "(entry_number IS NULL) = (approved_by_id IS NULL)",
            name="ck_identification_posted_by_two",
        ),
        keys("identification", ("participant_id", "track"), "participant"),
        key("identification", "receipt_id", "unplaced_receipt.id"),
        key("identification", "asked_by_id", "staff.id"),
        key("identification", "entry_number", "entry.id"),
        key("identification", "approved_by_id", "staff.id"),
    )
    posted = sa.text("entry_number IS NOT NULL")
    op.create_index(
        "uq_identification_posted", "identification", ["receipt_id"], unique=True,
        sqlite_where=posted, postgresql_where=posted,
    )  # fmt: skip


def _drawers() -> None:
    op.create_table(
        "till",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_till"),
        sa.UniqueConstraint("handle", name="uq_till_handle"),
        sa.UniqueConstraint("name", name="uq_till_name"),
        key("till", "added_by_id", "staff.id"),
    )
    op.create_table(
        "drawer_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("cashier_id", sa.Integer(), nullable=False),
        sa.Column("till_id", sa.Integer(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("change_fund", Cents(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("counted", Cents(), nullable=True),
        sa.Column("expected", Cents(), nullable=True),
        sa.Column("reason", CODE, nullable=True),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_drawer_session"),
        sa.UniqueConstraint("handle", name="uq_drawer_session_handle"),
        sa.CheckConstraint("change_fund >= 0", name="ck_drawer_session_change_not_negative"),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (counted IS NULL) AND (closed_at IS NULL) = (expected IS NULL)",
            name="ck_drawer_session_closed_by_count",
        ),
        sa.CheckConstraint("signed_by_id <> cashier_id", name="ck_drawer_session_second_person"),
        sa.CheckConstraint(
            "signed_by_id IS NULL OR (closed_at IS NOT NULL AND reason IS NOT NULL)",
            name="ck_drawer_session_signed_with_reason",
        ),
        key("drawer_session", "cashier_id", "staff.id"),
        key("drawer_session", "till_id", "till.id"),
        key("drawer_session", "signed_by_id", "staff.id"),
    )
    op.create_index("ix_drawer_session_opened_on", "drawer_session", ["opened_on"])
    still = sa.text("closed_at IS NULL")
    op.create_index(
        "uq_drawer_session_open", "drawer_session", ["cashier_id"], unique=True,
        sqlite_where=still, postgresql_where=still,
    )  # fmt: skip
    op.create_index(
        "uq_drawer_session_till", "drawer_session", ["till_id"], unique=True, sqlite_where=still,
        postgresql_where=still,
    )  # fmt: skip
    op.create_table(
        "drawer_count",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "unit", name="pk_drawer_count"),
        sa.CheckConstraint("unit > 0 AND pieces > 0", name="ck_drawer_count_counts"),
        key("drawer_count", "session_id", "drawer_session.id"),
    )


def _settlements() -> None:
    op.create_table(
        "settlement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("read_at", Instant(), nullable=False),
        sa.Column("read_by_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_settlement"),
        sa.UniqueConstraint("handle", name="uq_settlement_handle"),
        sa.UniqueConstraint("sha256", name="uq_settlement_sha256"),
        key("settlement", "read_by_id", "staff.id"),
    )
    op.create_table(
        "settlement_line",
        sa.Column("settlement_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("gross", Cents(), nullable=False),
        sa.Column("fee", Cents(), nullable=False),
        sa.Column("net", Cents(), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=True),
        sa.Column("entry_number", sa.Integer(), nullable=True),
        sa.Column("problem", CODE, nullable=True),
        sa.PrimaryKeyConstraint("settlement_id", "line", name="pk_settlement_line"),
        sa.UniqueConstraint("entry_number", name="uq_settlement_line_entry_number"),
        sa.CheckConstraint("gross > 0 AND fee >= 0", name="ck_settlement_line_amounts"),
        sa.CheckConstraint(
            "(entry_number IS NULL) = (problem IS NOT NULL)",
            name="ck_settlement_line_settled_or_open",
        ),
        key("settlement_line", "settlement_id", "settlement.id"),
        key("settlement_line", "receipt_id", "receipt_number.id"),
        key("settlement_line", "entry_number", "entry.id"),
    )
