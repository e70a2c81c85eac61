"""Make the journal, its facts and its guards."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Instant
from diversion.ledger import schema

revision = "0007"
down_revision = "0006"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String(40)
HASH = sa.String(64)
STRICT = {"sqlite_strict": True, "sqlite_with_rowid": False}


def upgrade() -> None:
    _facts()
    _periods()
    _journal()
    _receipts()
    for table, rows in schema.seeds().items():
        bind = op.get_bind()
        target = sa.Table(table, sa.MetaData(), autoload_with=bind)
        op.bulk_insert(target, rows)
    dialect = op.get_bind().dialect.name
    guards = [*schema.statements(dialect), *schema.switches(dialect)]
    for statement in schema.before_office(guards):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    guards = schema.removals(op.get_bind().dialect.name)
    for statement in schema.before_office(guards):
        op.get_bind().exec_driver_sql(statement)
    for table in (
        "checkpoint", "memo", "receipt_number", "series", "balance", "posting", "entry",
        "chain_head", "period_event", "period", "event_apart", "event_reverses",
        "event_account", "event_group", "event_type", "earmark", "account",
    ):  # fmt: skip
        op.drop_table(table)


def _facts() -> None:
    op.create_table(
        "account",
        sa.Column("code", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("grp", CODE, nullable=False),
        sa.Column("sgn", sa.Integer(), nullable=False),
        sa.Column("sub", sa.String(20), nullable=False),
        sa.Column("earmarked", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("county_string", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_account"),
    )
    op.create_table(
        "earmark",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_earmark"),
    )
    op.create_table(
        "event_type",
        sa.Column("code", CODE, nullable=False),
        sa.Column("number", sa.String(8), nullable=False),
        sa.Column("second", sa.Boolean(), nullable=False),
        sa.Column("receipt", sa.Boolean(), nullable=False),
        sa.Column("books", CODE, nullable=False),
        sa.Column("closing", sa.Boolean(), nullable=False),
        sa.Column("same_day", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_event_type"),
    )
    op.create_table(
        "event_group",
        sa.Column("event", CODE, nullable=False),
        sa.Column("grp", CODE, nullable=False),
        sa.PrimaryKeyConstraint("event", "grp", name="pk_event_group"),
        _reference("event_group", "event", "event_type.code"),
    )
    op.create_table(
        "event_account",
        sa.Column("event", CODE, nullable=False),
        sa.Column("side", sa.String(1), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("event", "side", "account", name="pk_event_account"),
        _reference("event_account", "event", "event_type.code"),
        _reference("event_account", "account", "account.code"),
    )
    for table in ("event_reverses", "event_apart"):
        op.create_table(
            table,
            sa.Column("event", CODE, nullable=False),
            sa.Column("of_event", CODE, nullable=False),
            sa.PrimaryKeyConstraint("event", "of_event", name=f"pk_{table}"),
            _reference(table, "event", "event_type.code"),
            _reference(table, "of_event", "event_type.code"),
        )


def _periods() -> None:
    op.create_table(
        "period",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("state", CODE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_period"),
    )
    op.create_table(
        "period_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("state", CODE, nullable=False),
        sa.Column("actor", sa.Integer(), nullable=False),
        sa.Column("approver", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("last_entry", sa.Integer(), nullable=False),
        sa.Column("happened_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_period_event"),
        _reference("period_event", "period_id", "period.id"),
    )
    op.create_table(
        "chain_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", HASH, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_chain_head"),
        sa.CheckConstraint("id = 1", name="one_row"),
    )


def _journal() -> None:
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("request_hash", HASH, nullable=False),
        sa.Column("event", CODE, nullable=False),
        sa.Column("doc", sa.String(40), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("posted_at", Instant(), nullable=False),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Integer(), nullable=False),
        sa.Column("approver", sa.Integer(), nullable=True),
        sa.Column("reverses", sa.Integer(), nullable=True),
        sa.Column("memo_hash", HASH, nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("total", WHOLE, nullable=False),
        sa.Column("prev", HASH, nullable=False),
        sa.Column("hash", HASH, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entry"),
        sa.UniqueConstraint("key", name="uq_entry_key"),
        sa.UniqueConstraint("reverses", name="uq_entry_reverses"),
        _reference("entry", "event", "event_type.code"),
        _reference("entry", "period", "period.id"),
        _reference("entry", "reverses", "entry.id"),
    )
    op.create_index("ix_entry_effective_on", "entry", ["effective_on"])
    op.create_table(
        "posting",
        sa.Column("entry_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("sub", sa.Integer(), nullable=False),
        sa.Column("earmark", sa.Integer(), nullable=False),
        sa.Column("cents", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "line", name="pk_posting"),
        sa.UniqueConstraint(
            "entry_id", "account", "sub", "earmark", name="uq_posting_entry_id_account_sub_earmark"
        ),
        sa.CheckConstraint("line >= 1", name="line_counts"),
        sa.CheckConstraint("cents <> 0 AND abs(cents) <= 100000000000", name="cents_in_range"),
        _seal("posting"),
        _reference("posting", "account", "account.code"),
        _reference("posting", "earmark", "earmark.number"),
        **STRICT,
    )
    op.create_index("ix_posting_account_sub_entry_id", "posting", ["account", "sub", "entry_id"])
    op.create_table(
        "balance",
        sa.Column("account", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sub", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("earmark", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sgn", sa.Integer(), nullable=False),
        sa.Column("debits", WHOLE, nullable=False),
        sa.Column("credits", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("account", "sub", "earmark", name="pk_balance"),
        sa.CheckConstraint("sgn * (debits - credits) >= 0", name="floor"),
        sa.CheckConstraint("debits >= 0 AND credits >= 0", name="totals_grow"),
        _reference("balance", "account", "account.code"),
        **STRICT,
    )


def _receipts() -> None:
    op.create_table(
        "series",
        sa.Column("prefix", sa.String(20), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", name="pk_series"),
    )
    op.create_table(
        "receipt_number",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("series", sa.String(20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("mode", CODE, nullable=False),
        sa.Column("cents", WHOLE, nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_receipt_number"),
        sa.UniqueConstraint("series", "number", name="uq_receipt_number_series_number"),
        sa.UniqueConstraint("entry_id", name="uq_receipt_number_entry_id"),
        sa.CheckConstraint("cents > 0 AND cents <= 100000000000", name="cents_in_range"),
        _reference("receipt_number", "series", "series.prefix"),
        _seal("receipt_number"),
    )
    card = sa.text("mode = 'card' AND NOT imported")
    op.create_index(
        "uq_receipt_number_card_reference", "receipt_number", ["reference"], unique=True,
        sqlite_where=card, postgresql_where=card,
    )  # fmt: skip
    op.create_table(
        "memo",
        sa.Column("entry_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("text", sa.String(400), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name="pk_memo"),
        _reference("memo", "entry_id", "entry.id"),
    )
    op.create_table(
        "checkpoint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("hash", HASH, nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_checkpoint"),
    )


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def _seal(table: str) -> sa.ForeignKeyConstraint:
    """The seal comes last: lines wait for it until the commit."""
    return sa.ForeignKeyConstraint(
        ["entry_id"], ["entry.id"], name=f"fk_{table}_entry_id",
        deferrable=True, initially="DEFERRED",
    )  # fmt: skip
