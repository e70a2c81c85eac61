"""Make the tables of what a county may use or leave: the state's fee at the counter."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Cents
from diversion.migrations.append_only import append_only, filled_once, release
from diversion.migrations.parts import CODE, by, check, key, keys, named, numbered

revision = "0022"
down_revision = "0021"

FOR_EVER = (
    "account_switch", "remittee", "state_split", "state_split_part", "state_deposit_item",
    "state_deposit_count", "state_deposit_confirmation", "bank_statement_back",
)  # fmt: skip
FILLED = ("state_receipt", "state_return", "state_deposit", "remittance")
TABLES = (
    "account_switch", "remittee", "state_split", "state_split_part", "state_receipt",
    "state_return", "state_deposit", "state_deposit_item", "state_deposit_count",
    "state_deposit_confirmation", "remittance", "bank_statement_back",
)  # fmt: skip


def upgrade() -> None:
    _switches()
    _splits()
    _receipts()
    _returns()
    _deposits()
    _remittances()
    _statements_back()
    append_only(*FOR_EVER)
    filled_once(*FILLED)


def downgrade() -> None:
    release(*FOR_EVER, *FILLED)
    for table in reversed(TABLES):
        op.drop_table(table)


def _switches() -> None:
    table = "account_switch"
    op.create_table(
        table,
        *numbered(table),
        sa.Column("use", CODE, nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        *by(table, "switched"),
        check(table, "says_why", "reason <> ''"),
    )


def _splits() -> None:
    op.create_table(
        "remittee",
        *named("remittee"),
        sa.Column("name", sa.String(80), nullable=False),
        *by("remittee", "added"),
        sa.UniqueConstraint("name", name="uq_remittee_name"),
    )
    op.create_table(
        "state_split",
        *named("state_split"),
        sa.Column("in_force_on", sa.Date(), nullable=False),
        *by("state_split", "made"),
        sa.UniqueConstraint("in_force_on", name="uq_state_split_in_force_on"),
    )
    op.create_table(
        "state_split_part",
        sa.Column("split_id", sa.Integer(), nullable=False),
        sa.Column("remittee_id", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("split_id", "remittee_id", name="pk_state_split_part"),
        key("state_split_part", "split_id", "state_split.id"),
        key("state_split_part", "remittee_id", "remittee.id"),
        check("state_split_part", "of_a_hundred", "percent BETWEEN 1 AND 100"),
    )


def _receipts() -> None:
    table = "state_receipt"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("entry_number", sa.Integer(), nullable=False),
        sa.Column("entry_hash", sa.String(64), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", CODE, nullable=False),
        sa.Column("enrollment_id", sa.Integer(), nullable=False),
        sa.Column("amount", Cents(), nullable=False),
        sa.Column("open_after", Cents(), nullable=False),
        sa.Column("mode", CODE, nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("payor", CODE, nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        *by(table, "taken"),
        sa.Column("void_entry", sa.Integer(), nullable=True),
        sa.Column("void_reason", CODE, nullable=True),
        sa.Column("voided_by_id", sa.Integer(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_state_receipt"),
        *(
            sa.UniqueConstraint(name, name=f"uq_{table}_{name}")
            for name in ("number", "entry_number", "void_entry")
        ),
        key(table, "id", "receipt_number.id"),
        key(table, "entry_number", "entry.id"),
        key(table, "void_entry", "entry.id"),
        key(table, "voided_by_id", "staff.id"),
        keys(table, ("enrollment_id", "participant_id", "track"), "enrollment"),
        check(table, "never_a_survivor", "track = 'sbad'"),
        check(table, "amount_positive", "amount > 0"),
        check(table, "not_by_card", "mode IN ('cash', 'check', 'money_order')"),
        check(table, "void_by_another", "voided_by_id <> taken_by_id"),
        check(table, "void_whole", "(void_entry IS NULL) = (voided_by_id IS NULL)"),
    )
    for column in ("participant_id", "enrollment_id", "taken_on"):
        op.create_index(f"ix_{table}_{column}", table, [column])


def _returns() -> None:
    table = "state_return"
    op.create_table(
        table,
        *named(table),
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column("reason", CODE, nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        *by(table, "asked"),
        sa.Column("entry_number", sa.Integer(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.UniqueConstraint("entry_number", name="uq_state_return_entry_number"),
        key(table, "receipt_id", "state_receipt.id"),
        key(table, "entry_number", "entry.id"),
        key(table, "approved_by_id", "staff.id"),
        check(table, "second_person", "approved_by_id <> asked_by_id"),
        check(table, "posted_by_two", "(entry_number IS NULL) = (approved_by_id IS NULL)"),
    )
    posted = sa.text("entry_number IS NOT NULL")
    op.create_index(
        "uq_state_return_posted", table, ["receipt_id"], unique=True, sqlite_where=posted,
        postgresql_where=posted,
    )  # fmt: skip


def _deposits() -> None:
    table = "state_deposit"
    op.create_table(
        table,
        *numbered(table),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("deposited_on", sa.Date(), nullable=False),
        *by(table, "prepared"),
        sa.Column("entry", sa.Integer(), nullable=True),
        sa.UniqueConstraint("number", name="uq_state_deposit_number"),
        sa.UniqueConstraint("entry", name="uq_state_deposit_entry"),
        key(table, "entry", "entry.id"),
    )
    op.create_index("ix_state_deposit_deposited_on", table, ["deposited_on"])
    table = "state_deposit_item"
    op.create_table(
        table,
        sa.Column("receipt_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("deposit_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("receipt_id", name=f"pk_{table}"),
        key(table, "receipt_id", "state_receipt.id"),
        key(table, "deposit_id", "state_deposit.id"),
    )
    op.create_index("ix_state_deposit_item_deposit_id", table, ["deposit_id"])
    table = "state_deposit_count"
    op.create_table(
        table,
        sa.Column("deposit_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("deposit_id", "unit", name=f"pk_{table}"),
        key(table, "deposit_id", "state_deposit.id"),
        check(table, "counts", "unit > 0 AND pieces > 0"),
    )
    table = "state_deposit_confirmation"
    op.create_table(
        table,
        sa.Column("deposit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        *by(table, "confirmed"),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("deposit_id", name=f"pk_{table}"),
        sa.UniqueConstraint("entry", name=f"uq_{table}_entry"),
        key(table, "deposit_id", "state_deposit.id"),
        key(table, "entry", "entry.id"),
    )


def _remittances() -> None:
    table = "remittance"
    op.create_table(
        table,
        *named(table),
        sa.Column("remittee_id", sa.Integer(), nullable=False),
        sa.Column("amount", Cents(), nullable=False),
        sa.Column("method", CODE, nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        *by(table, "asked"),
        sa.Column("entry", sa.Integer(), nullable=True),
        sa.Column("remitted_on", sa.Date(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.UniqueConstraint("entry", name="uq_remittance_entry"),
        key(table, "remittee_id", "remittee.id"),
        key(table, "entry", "entry.id"),
        key(table, "approved_by_id", "staff.id"),
        check(table, "amount_positive", "amount > 0"),
        check(table, "reference_given", "reference <> ''"),
        check(table, "second_person", "approved_by_id <> asked_by_id"),
        check(
            table, "posted_by_two",
            "(entry IS NULL) = (approved_by_id IS NULL)"
            " AND (entry IS NULL) = (remitted_on IS NULL)",
        ),
    )  # fmt: skip
    posted = sa.text("entry IS NOT NULL")
    op.create_index(
        "uq_remittance_sent", table, ["method", "reference"], unique=True, sqlite_where=posted,
        postgresql_where=posted,
    )  # fmt: skip
    op.create_index("ix_remittance_remittee_id", table, ["remittee_id"])


def _statements_back() -> None:
    table = "bank_statement_back"
    op.create_table(
        table,
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("reason", CODE, nullable=False),
        sa.PrimaryKeyConstraint("statement_id", name=f"pk_{table}"),
        sa.UniqueConstraint("paper_id", name=f"uq_{table}_paper_id"),
        key(table, "statement_id", "bank_statement.id"),
        key(table, "paper_id", "bank_paper.id"),
    )
