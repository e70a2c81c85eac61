"""Make the tables of deposits and of the export log."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Instant

revision = "0009"
down_revision = "0008"

CODE = sa.String(40)


def upgrade() -> None:
    op.create_table(
        "deposit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("deposited_on", sa.Date(), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=False),
        sa.Column("prepared_at", Instant(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_deposit"),
        sa.UniqueConstraint("number", name="uq_deposit_number"),
        sa.UniqueConstraint("entry", name="uq_deposit_entry"),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["staff.id"], name="fk_deposit_prepared_by_id"),
        sa.ForeignKeyConstraint(["entry"], ["entry.id"], name="fk_deposit_entry"),
    )
    op.create_index("ix_deposit_deposited_on", "deposit", ["deposited_on"])
    op.create_table(
        "deposit_item",
        sa.Column("receipt_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("deposit_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("receipt_id", name="pk_deposit_item"),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["receipt_number.id"], name="fk_deposit_item_receipt_id"
        ),
        sa.ForeignKeyConstraint(["deposit_id"], ["deposit.id"], name="fk_deposit_item_deposit_id"),
    )
    op.create_index("ix_deposit_item_deposit_id", "deposit_item", ["deposit_id"])
    op.create_table(
        "deposit_count",
        sa.Column("deposit_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("deposit_id", "unit", name="pk_deposit_count"),
        sa.ForeignKeyConstraint(["deposit_id"], ["deposit.id"], name="fk_deposit_count_deposit_id"),
        sa.CheckConstraint("unit > 0", name="ck_deposit_count_unit_counts"),
        sa.CheckConstraint("pieces > 0", name="ck_deposit_count_pieces_count"),
    )
    _exports()


def _exports() -> None:
    op.create_table(
        "export_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("purpose", CODE, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("last_entry", sa.Integer(), nullable=False),
        sa.Column("chain_hash", sa.String(64), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_export_run"),
        sa.UniqueConstraint("handle", name="uq_export_run_handle"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_export_run_staff_id"),
    )
    op.create_index("ix_export_run_staff_id_made_at", "export_run", ["staff_id", "made_at"])


def downgrade() -> None:
    for table in ("export_run", "deposit_count", "deposit_item", "deposit"):
        op.drop_table(table)
