"""Let no paper of money be overwritten or removed: what once stands there, stays."""

from alembic import op

from diversion.migrations.append_only import append_only, filled_once, release

revision = "0021"
down_revision = "0020"

FOR_EVER = (
    "allocation", "deposit_count", "deposit_item", "drawer_count", "export_run",
    "obligation_undone", "receipt_void", "till", "void_paper",
)  # fmt: skip
# A request gains its entry, a drawer its count, a refund its check.
FILLED = (
    "deposit", "drawer_session", "fee_overdue", "identification", "obligation", "receipt",
    "refund", "refund_cancel", "settlement", "unplaced_receipt",
)  # fmt: skip
ALL = (*FOR_EVER, *FILLED, "returned_item", "settlement_line")


def upgrade() -> None:
    append_only(*FOR_EVER)
    filled_once(*FILLED)
    filled_once("returned_item", until="entry_number", free=("credit", "reopened"))
    filled_once("settlement_line", until="entry_number", free=("problem",))


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in ALL:
            op.execute(f"DROP TRIGGER {table}_stays_update")
            op.execute(f"DROP TRIGGER {table}_stays_delete")
    release(*ALL)
