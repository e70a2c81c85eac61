"""Make the tables of the cashier: drawers, refunds, returned items."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Cents, Instant

revision = "0015"
down_revision = "0014"

CODE = sa.String(40)
TABLES = ("void_paper", "returned_item")


def upgrade() -> None:
    _returned()
    _voids()


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
        _key("returned_item", "receipt_id", "receipt.id"),
        _key("returned_item", "asked_by_id", "staff.id"),
        _key("returned_item", "entry_number", "entry.id"),
        _key("returned_item", "approved_by_id", "staff.id"),
        _key("returned_item", "fee_obligation_id", "obligation.id"),
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
        _key("void_paper", "receipt_id", "receipt_number.id"),
        _key("void_paper", "asked_by_id", "staff.id"),
    )
    op.create_index("ix_void_paper_receipt_id", "void_paper", ["receipt_id"])


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")
