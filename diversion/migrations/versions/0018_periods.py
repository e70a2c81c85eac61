"""Make the tables of periods: checks, snapshots, corrections."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Cents, Instant
from diversion.migrations.append_only import append_only, release
from diversion.migrations.parts import key

revision = "0018"
down_revision = "0017"

CODE = sa.String(40)
WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = (
    "period_snapshot", "period_balance", "period_finding", "period_proof", "period_signature",
    "period_explanation", "week_signature", "reopening", "correction", "correction_line",
    "correction_posted",
)  # fmt: skip


def upgrade() -> None:
    _snapshots()
    _checks()
    _corrections()
    append_only(*APPEND_ONLY)


def _snapshots() -> None:
    op.create_table(
        "period_snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("last_entry", sa.Integer(), nullable=False),
        sa.Column("chain_hash", sa.String(64), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("debits", Cents(), nullable=False),
        sa.Column("credits", Cents(), nullable=False),
        sa.Column("receipts", sa.Integer(), nullable=False),
        sa.Column("received", Cents(), nullable=False),
        sa.Column("deposits", sa.Integer(), nullable=False),
        sa.Column("deposited", Cents(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_period_snapshot"),
        sa.UniqueConstraint("period_id", "turn", name="uq_period_snapshot_period_id_turn"),
        key("period_snapshot", "period_id", "period.id"),
        key("period_snapshot", "taken_by_id", "staff.id"),
    )
    op.create_table(
        "period_balance",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("account", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opening", Cents(), nullable=False),
        sa.Column("debits", Cents(), nullable=False),
        sa.Column("credits", Cents(), nullable=False),
        sa.PrimaryKeyConstraint("snapshot_id", "account", name="pk_period_balance"),
        key("period_balance", "snapshot_id", "period_snapshot.id"),
    )
    op.create_table(
        "period_finding",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("check", CODE, nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("snapshot_id", "check", name="pk_period_finding"),
        key("period_finding", "snapshot_id", "period_snapshot.id"),
    )


def _checks() -> None:
    op.create_table(
        "period_proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("last_entry", sa.Integer(), nullable=False),
        sa.Column("exit_code", sa.Integer(), nullable=False),
        sa.Column("proved_by_id", sa.Integer(), nullable=True),
        sa.Column("proved_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_period_proof"),
        key("period_proof", "proved_by_id", "staff.id"),
    )
    op.create_table(
        "period_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("last_entry", sa.Integer(), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=False),
        sa.Column("signed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_period_signature"),
        key("period_signature", "period_id", "period.id"),
        key("period_signature", "signed_by_id", "staff.id"),
    )
    op.create_index("ix_period_signature_period_id", "period_signature", ["period_id"])
    op.create_table(
        "period_explanation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("check", CODE, nullable=False),
        sa.Column("last_entry", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("explained_by_id", sa.Integer(), nullable=False),
        sa.Column("explained_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_period_explanation"),
        key("period_explanation", "period_id", "period.id"),
        key("period_explanation", "explained_by_id", "staff.id"),
    )
    op.create_index("ix_period_explanation_period_id", "period_explanation", ["period_id"])
    op.create_table(
        "week_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("last_entry", sa.Integer(), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=False),
        sa.Column("signed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_week_signature"),
        key("week_signature", "signed_by_id", "staff.id"),
        sa.CheckConstraint("last_entry > 0", name="ck_week_signature_something_posted"),
    )
    op.create_index("ix_week_signature_monday", "week_signature", ["monday"])
    op.create_table(
        "reopening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reopening"),
        sa.UniqueConstraint("handle", name="uq_reopening_handle"),
        key("reopening", "period_id", "period.id"),
        key("reopening", "snapshot_id", "period_snapshot.id"),
        key("reopening", "asked_by_id", "staff.id"),
        sa.CheckConstraint("length(reason) >= 20", name="ck_reopening_reason_says_why"),
    )
    op.create_index("ix_reopening_period_id", "reopening", ["period_id"])


def _corrections() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("document_hash", sa.String(64), nullable=False),
        sa.Column("reverses", sa.Integer(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_correction"),
        sa.UniqueConstraint("number", name="uq_correction_number"),
        key("correction", "reverses", "entry.id"),
        key("correction", "asked_by_id", "staff.id"),
        sa.CheckConstraint("length(reason) >= 20", name="ck_correction_reason_says_why"),
        sa.CheckConstraint(
            "(kind = 'reverse') = (reverses IS NOT NULL)", name="ck_correction_reverses_one"
        ),
        sa.CheckConstraint(
            "kind <> 'adjust' OR length(document_hash) = 64", name="ck_correction_has_its_document"
        ),
    )
    op.create_index("ix_correction_reverses", "correction", ["reverses"])
    op.create_table(
        "correction_line",
        sa.Column("correction_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("sub", sa.Integer(), nullable=False),
        sa.Column("earmark", sa.Integer(), nullable=False),
        sa.Column("cents", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("correction_id", "line", name="pk_correction_line"),
        key("correction_line", "correction_id", "correction.id"),
        key("correction_line", "account", "account.code"),
        key("correction_line", "earmark", "earmark.number"),
        sa.CheckConstraint("cents <> 0", name="ck_correction_line_cents_count"),
    )
    op.create_table(
        "correction_posted",
        sa.Column("correction_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("correction_id", name="pk_correction_posted"),
        sa.UniqueConstraint("entry", name="uq_correction_posted_entry"),
        key("correction_posted", "correction_id", "correction.id"),
        key("correction_posted", "entry", "entry.id"),
    )


def downgrade() -> None:
    release(*APPEND_ONLY)
    for table in reversed(APPEND_ONLY):
        op.drop_table(table)
