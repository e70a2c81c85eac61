"""Make the tables of the bank: statements, matches, counts that differ, confirmations."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Cents, Instant
from diversion.migrations.append_only import append_only, release

revision = "0016"
down_revision = "0015"

CODE = sa.String(40)
TABLES = (
    "bank_statement",
    "bank_line",
    "bank_paper",
    "bank_match",
    "bank_match_item",
    "bank_match_entry",
    "bank_unmatch",
    "deposited_before",
    "deposit_draft",
    "deposit_draft_item",
    "deposit_draft_count",
    "deposit_over_short",
    "deposit_taking",
    "deposit_confirmation",
)


def upgrade() -> None:
    _statements()
    _matches()
    _drafts()
    _takings()
    append_only(*TABLES)


def downgrade() -> None:
    release(*TABLES)
    for table in reversed(TABLES):
        op.drop_table(table)


def _statements() -> None:
    op.create_table(
        "bank_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("opening", Cents(), nullable=True),
        sa.Column("closing", Cents(), nullable=True),
        sa.Column("brought_by_id", sa.Integer(), nullable=False),
        sa.Column("brought_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bank_statement"),
        sa.UniqueConstraint("handle", name="uq_bank_statement_handle"),
        sa.UniqueConstraint("sha256", "turn", name="uq_bank_statement_sha256_turn"),
        sa.ForeignKeyConstraint(
            ["brought_by_id"], ["staff.id"], name="fk_bank_statement_brought_by_id"
        ),
    )
    op.create_table(
        "bank_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(80), nullable=False),
        sa.Column("amount", Cents(), nullable=False),
        sa.Column("check_number", sa.String(20), nullable=False),
        sa.Column("reference", sa.String(60), nullable=False),
        sa.Column("balance", Cents(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_bank_line"),
        sa.UniqueConstraint("statement_id", "place", name="uq_bank_line_statement_id_place"),
        sa.CheckConstraint("amount <> 0", name="ck_bank_line_amount_counts"),
        sa.UniqueConstraint("handle", name="uq_bank_line_handle"),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["bank_statement.id"], name="fk_bank_line_statement_id"
        ),
    )
    op.create_index("ix_bank_line_happened_on", "bank_line", ["happened_on"])


def _matches() -> None:
    op.create_table(
        "bank_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bank_paper"),
        sa.UniqueConstraint("handle", name="uq_bank_paper_handle"),
        sa.ForeignKeyConstraint(["line_id"], ["bank_line.id"], name="fk_bank_paper_line_id"),
        sa.ForeignKeyConstraint(["asked_by_id"], ["staff.id"], name="fk_bank_paper_asked_by_id"),
    )
    op.create_table(
        "bank_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("meaning", CODE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bank_match"),
        sa.UniqueConstraint("line_id", "turn", name="uq_bank_match_line_id_turn"),
        sa.CheckConstraint("turn >= 1", name="ck_bank_match_turn_counts"),
        sa.UniqueConstraint("handle", name="uq_bank_match_handle"),
        sa.ForeignKeyConstraint(["paper_id"], ["bank_paper.id"], name="fk_bank_match_paper_id"),
        sa.ForeignKeyConstraint(["line_id"], ["bank_line.id"], name="fk_bank_match_line_id"),
    )
    op.create_index("ix_bank_match_paper_id", "bank_match", ["paper_id"])
    op.create_table(
        "bank_match_item",
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("kind", CODE, autoincrement=False, nullable=False),
        sa.Column("item", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("match_id", "kind", "item", name="pk_bank_match_item"),
        sa.ForeignKeyConstraint(
            ["match_id"], ["bank_match.id"], name="fk_bank_match_item_match_id"
        ),
    )
    op.create_table(
        "bank_match_entry",
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("posted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("match_id", "entry", name="pk_bank_match_entry"),
        sa.ForeignKeyConstraint(
            ["match_id"], ["bank_match.id"], name="fk_bank_match_entry_match_id"
        ),
        sa.ForeignKeyConstraint(["entry"], ["entry.id"], name="fk_bank_match_entry_entry"),
    )
    op.create_table(
        "bank_unmatch",
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("unmatched_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("match_id", name="pk_bank_unmatch"),
        sa.ForeignKeyConstraint(["match_id"], ["bank_match.id"], name="fk_bank_unmatch_match_id"),
        sa.ForeignKeyConstraint(["paper_id"], ["bank_paper.id"], name="fk_bank_unmatch_paper_id"),
    )
    op.create_index("ix_bank_unmatch_paper_id", "bank_unmatch", ["paper_id"])
    op.create_table(
        "deposited_before",
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("paper_id", name="pk_deposited_before"),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["bank_paper.id"], name="fk_deposited_before_paper_id"
        ),
        sa.UniqueConstraint("entry", name="uq_deposited_before_entry"),
        sa.ForeignKeyConstraint(["entry"], ["entry.id"], name="fk_deposited_before_entry"),
    )


def _drafts() -> None:
    op.create_table(
        "deposit_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("difference", Cents(), nullable=False),
        sa.Column("reason", CODE, nullable=False),
        sa.Column("drawn_by_id", sa.Integer(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("drawn_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deposit_draft"),
        sa.CheckConstraint("difference <> 0", name="ck_deposit_draft_differs"),
        sa.UniqueConstraint("handle", name="uq_deposit_draft_handle"),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["staff.id"], name="fk_deposit_draft_drawn_by_id"),
    )
    op.create_table(
        "deposit_draft_item",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("receipt_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("draft_id", "receipt_id", name="pk_deposit_draft_item"),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["deposit_draft.id"], name="fk_deposit_draft_item_draft_id"
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["receipt_number.id"], name="fk_deposit_draft_item_receipt_id"
        ),
    )
    op.create_table(
        "deposit_draft_count",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("draft_id", "unit", name="pk_deposit_draft_count"),
        sa.CheckConstraint("unit > 0", name="ck_deposit_draft_count_unit_counts"),
        sa.CheckConstraint("pieces > 0", name="ck_deposit_draft_count_pieces_count"),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["deposit_draft.id"], name="fk_deposit_draft_count_draft_id"
        ),
    )
    op.create_table(
        "deposit_over_short",
        sa.Column("deposit_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("deposit_id", name="pk_deposit_over_short"),
        sa.ForeignKeyConstraint(
            ["deposit_id"], ["deposit.id"], name="fk_deposit_over_short_deposit_id"
        ),
        sa.UniqueConstraint("draft_id", name="uq_deposit_over_short_draft_id"),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["deposit_draft.id"], name="fk_deposit_over_short_draft_id"
        ),
        sa.UniqueConstraint("entry", name="uq_deposit_over_short_entry"),
        sa.ForeignKeyConstraint(["entry"], ["entry.id"], name="fk_deposit_over_short_entry"),
    )


def _takings() -> None:
    op.create_table(
        "deposit_taking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("deposit_id", sa.Integer(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("amount", Cents(), nullable=False),
        sa.Column("difference", Cents(), nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("reason", CODE, nullable=True),
        sa.Column("said_by_id", sa.Integer(), nullable=False),
        sa.Column("said_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deposit_taking"),
        sa.CheckConstraint("amount > 0", name="ck_deposit_taking_amount_counts"),
        sa.UniqueConstraint("handle", name="uq_deposit_taking_handle"),
        sa.ForeignKeyConstraint(
            ["deposit_id"], ["deposit.id"], name="fk_deposit_taking_deposit_id"
        ),
        sa.ForeignKeyConstraint(["said_by_id"], ["staff.id"], name="fk_deposit_taking_said_by_id"),
    )
    op.create_index("ix_deposit_taking_deposit_id", "deposit_taking", ["deposit_id"])
    op.create_table(
        "deposit_confirmation",
        sa.Column("entry", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("taking_id", sa.Integer(), nullable=False),
        sa.Column("difference_entry", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("entry", name="pk_deposit_confirmation"),
        sa.ForeignKeyConstraint(["entry"], ["entry.id"], name="fk_deposit_confirmation_entry"),
        sa.UniqueConstraint("taking_id", name="uq_deposit_confirmation_taking_id"),
        sa.ForeignKeyConstraint(
            ["taking_id"], ["deposit_taking.id"], name="fk_deposit_confirmation_taking_id"
        ),
        sa.UniqueConstraint("difference_entry", name="uq_deposit_confirmation_difference_entry"),
        sa.ForeignKeyConstraint(
            ["difference_entry"], ["entry.id"], name="fk_deposit_confirmation_difference_entry"
        ),
    )
