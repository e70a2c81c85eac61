"""Make the tables of files that a job makes; they are no money and go after a while."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Instant
from diversion.migrations.parts import key

revision = "0023"
down_revision = "0022"

CODE = sa.String(40)
TABLES = ("asked_file", "asked_file_asker", "asked_file_piece")


def upgrade() -> None:
    _files()
    op.create_table(
        "asked_file_asker",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("purpose", CODE, nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("file_id", "staff_id", name="pk_asked_file_asker"),
        key("asked_file_asker", "file_id", "asked_file.id"),
        key("asked_file_asker", "staff_id", "staff.id"),
    )
    op.create_index(
        "ix_asked_file_asker_staff_id_asked_at", "asked_file_asker", ["staff_id", "asked_at"]
    )
    op.create_table(
        "asked_file_piece",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("file_id", "place", name="pk_asked_file_piece"),
        key("asked_file_piece", "file_id", "asked_file.id"),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _files() -> None:
    table = "asked_file"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("last_entry", sa.Integer(), nullable=False),
        sa.Column("chain_hash", sa.String(64), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("state", CODE, nullable=False),
        *(sa.Column(each, sa.Integer(), nullable=False) for each in ("turn", "rows", "read")),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_asked_file"),
        sa.UniqueConstraint("handle", name="uq_asked_file_handle"),
        sa.UniqueConstraint(
            "kind", "first_on", "last_on", "last_entry",
            name="uq_asked_file_kind_first_on_last_on_last_entry",
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (state IN ('making', 'waiting'))",
            name=op.f("ck_asked_file_ended_where_over"),
        ),
        key(table, "last_entry", "entry.id"),
    )  # fmt: skip
    op.create_index("ix_asked_file_state", table, ["state"])
