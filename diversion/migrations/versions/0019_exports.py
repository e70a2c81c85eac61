"""Make the tables of exports that are kept and handed out again."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Cents, Instant
from diversion.migrations.append_only import append_only, release

revision = "0019"
down_revision = "0018"

CODE = sa.String(40)
TABLES = ("kept_export", "county_batch", "county_batch_entry", "county_acknowledgement")


def upgrade() -> None:
    _kept()
    _batches()
    append_only(*TABLES)


def downgrade() -> None:
    release(*TABLES)
    for table in reversed(TABLES):
        op.drop_table(table)


def _kept() -> None:
    op.create_table(
        "kept_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("last_entry", sa.Integer(), nullable=False),
        sa.Column("chain_hash", sa.String(64), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_kept_export"),
        sa.UniqueConstraint(
            "kind",
            "first_on",
            "last_on",
            "last_entry",
            name="uq_kept_export_kind_first_on_last_on_last_entry",
        ),
        sa.ForeignKeyConstraint(["last_entry"], ["entry.id"], name="fk_kept_export_last_entry"),
    )


def _batches() -> None:
    op.create_table(
        "county_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("books", CODE, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("format", CODE, nullable=False),
        sa.Column("detailed", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("debits", Cents(), nullable=False),
        sa.Column("credits", Cents(), nullable=False),
        sa.Column("first_entry", sa.Integer(), nullable=False),
        sa.Column("last_entry", sa.Integer(), nullable=False),
        sa.Column("chain_hash", sa.String(64), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_county_batch"),
        sa.UniqueConstraint("number", name="uq_county_batch_number"),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name="fk_county_batch_period_id"),
        sa.ForeignKeyConstraint(["first_entry"], ["entry.id"], name="fk_county_batch_first_entry"),
        sa.ForeignKeyConstraint(["last_entry"], ["entry.id"], name="fk_county_batch_last_entry"),
        sa.ForeignKeyConstraint(["made_by_id"], ["staff.id"], name="fk_county_batch_made_by_id"),
        sa.CheckConstraint("debits = credits", name="ck_county_batch_sums_to_zero"),
        sa.CheckConstraint("turn >= 1", name="ck_county_batch_turn_counts"),
    )
    op.create_table(
        "county_batch_entry",
        sa.Column("entry_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name="pk_county_batch_entry"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_county_batch_entry_entry_id"),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["county_batch.id"], name="fk_county_batch_entry_batch_id"
        ),
    )
    op.create_index("ix_county_batch_entry_batch_id", "county_batch_entry", ["batch_id"])
    op.create_table(
        "county_acknowledgement",
        sa.Column("batch_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("county_number", sa.String(40), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=False),
        sa.Column("noted_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("batch_id", name="pk_county_acknowledgement"),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["county_batch.id"], name="fk_county_acknowledgement_batch_id"
        ),
        sa.ForeignKeyConstraint(
            ["noted_by_id"], ["staff.id"], name="fk_county_acknowledgement_noted_by_id"
        ),
    )
