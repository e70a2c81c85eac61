"""Let a county say that it is a small office, and bind a week's signature to the journal."""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Instant
from diversion.ledger import schema

revision = "0024"
down_revision = "0023"

TABLE = "office_switch"
SIGNED = {"chain_hash": sa.String(64), "signed_on": sa.Date()}


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("after_entry", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("actor", sa.Integer(), nullable=False),
        sa.Column("switched_on", sa.Date(), nullable=False),
        sa.Column("switched_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_office_switch"),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_office_switch_says_why")),
    )
    for name, type_ in SIGNED.items():
        op.add_column("week_signature", sa.Column(name, type_))
    # An older release put up guards that do not know the mode.
    dialect = op.get_bind().dialect.name
    _send(schema.before_office(schema.removals(dialect)))
    _send([*schema.statements(dialect), *schema.switches(dialect)])


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    _send(schema.removals(dialect))
    for name in SIGNED:
        op.drop_column("week_signature", name)
    op.drop_table(TABLE)
    _send(schema.before_office([*schema.statements(dialect), *schema.switches(dialect)]))


def _send(statements: Iterable[str]) -> None:
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)
