"""Make the tables of what a county may use or leave: the state's fee and the change fund."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Instant
from diversion.migrations.append_only import append_only, release

revision = "0022"
down_revision = "0021"

CODE = sa.String(40)
FOR_EVER = ("account_switch",)


def upgrade() -> None:
    _switches()
    append_only(*FOR_EVER)


def downgrade() -> None:
    release(*FOR_EVER)
    for table in reversed(FOR_EVER):
        op.drop_table(table)


def _switches() -> None:
    op.create_table(
        "account_switch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("use", CODE, nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("switched_by_id", sa.Integer(), nullable=False),
        sa.Column("switched_at", Instant(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_account_switch_says_why")),
        sa.ForeignKeyConstraint(
            ["switched_by_id"], ["staff.id"], name="fk_account_switch_switched_by_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_account_switch"),
    )
