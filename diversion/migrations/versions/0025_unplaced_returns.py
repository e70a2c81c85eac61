"""Let a bank's return of a donation or of unidentified money be posted, with its paper (E16)."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Instant
from diversion.migrations.append_only import filled_once, release
from diversion.migrations.parts import CODE, check, key

revision = "0025"
down_revision = "0024"

TABLE = "unplaced_return"
# A ledger that is made anew has these from its first day.
NEWLY = """INSERT INTO event_account (event, side, account)
    SELECT 'RETURNED_ITEM', 'D', code FROM account WHERE code IN (2400, 4300)
    AND code NOT IN (SELECT account FROM event_account
    WHERE event = 'RETURNED_ITEM' AND side = 'D')"""


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column("reason", CODE, nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("entry_number", sa.Integer(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_unplaced_return"),
        sa.UniqueConstraint("handle", name="uq_unplaced_return_handle"),
        sa.UniqueConstraint("entry_number", name="uq_unplaced_return_entry_number"),
        key(TABLE, "receipt_id", "unplaced_receipt.id"),
        key(TABLE, "asked_by_id", "staff.id"),
        key(TABLE, "entry_number", "entry.id"),
        key(TABLE, "approved_by_id", "staff.id"),
        check(TABLE, "second_person", "approved_by_id <> asked_by_id"),
        check(TABLE, "posted_by_two", "(entry_number IS NULL) = (approved_by_id IS NULL)"),
    )
    posted = sa.text("entry_number IS NOT NULL")
    op.create_index(
        "uq_unplaced_return_posted", TABLE, ["receipt_id"], unique=True, sqlite_where=posted,
        postgresql_where=posted,
    )  # fmt: skip
    filled_once(TABLE)
    op.execute(NEWLY)


def downgrade() -> None:
    """Take the paper away; what the event may debit stays, for entries may have used it."""
    release(TABLE)
    op.drop_table(TABLE)
