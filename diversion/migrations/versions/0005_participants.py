"""Make the tables of people, each with its envelope and its key, and of who reaches whom."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Instant

revision = "0005"
down_revision = "0004"

LIVE = sa.text("lifted_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "number_series",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name="pk_number_series"),
    )
    op.create_table(
        "participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(12), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_participant"),
        sa.UniqueConstraint("number", name="uq_participant_number"),
        sa.UniqueConstraint("id", "track", name="uq_participant_id_track"),
        sa.CheckConstraint("track IN ('community_court', 'sbad')", name="ck_participant_track"),
    )
    _sealed_tables()
    op.create_table(
        "waiting_upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_waiting_upload"),
        sa.UniqueConstraint("handle", name="uq_waiting_upload_handle"),
        _to_staff("waiting_upload", "staff_id"),
    )
    _assignment()
    _conflict_block()


def _sealed_tables() -> None:
    op.create_table(
        "data_key",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(40), nullable=False),
        sa.PrimaryKeyConstraint("participant_id", name="pk_data_key"),
        sa.ForeignKeyConstraint(["key_id"], ["wrapped_key.id"], name="fk_data_key_key_id"),
        _to_participant("data_key"),
    )
    op.create_table(
        "envelope",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("participant_id", name="pk_envelope"),
        _to_participant("envelope"),
    )


def _assignment() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
        sa.UniqueConstraint("handle", name="uq_assignment_handle"),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ck_assignment_days"),
        _to_participant("assignment"),
        *(_to_staff("assignment", name) for name in ("staff_id", "made_by", "ended_by")),
    )
    op.create_index("ix_assignment_staff_id_track", "assignment", ["staff_id", "track"])
    op.create_index("ix_assignment_participant_id_track", "assignment", ["participant_id", "track"])


def _conflict_block() -> None:
    op.create_table(
        "conflict_block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("placed_by", sa.Integer(), nullable=False),
        sa.Column("placed_at", Instant(), nullable=False),
        sa.Column("lifted_by", sa.Integer(), nullable=True),
        sa.Column("lifted_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_conflict_block"),
        sa.UniqueConstraint("handle", name="uq_conflict_block_handle"),
        _to_participant("conflict_block"),
        *(_to_staff("conflict_block", name) for name in ("staff_id", "placed_by", "lifted_by")),
    )
    op.create_index(
        "uq_conflict_block_live", "conflict_block", ["participant_id", "staff_id"],
        unique=True, sqlite_where=LIVE, postgresql_where=LIVE,
    )  # fmt: skip
    op.create_index("ix_conflict_block_staff_id_track", "conflict_block", ["staff_id", "track"])


def _to_participant(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["participant_id", "track"],
        ["participant.id", "participant.track"],
        name=f"fk_{table}_participant_id_track",
    )


def _to_staff(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["staff.id"], name=f"fk_{table}_{column}")


def downgrade() -> None:
    for table in (
        "conflict_block", "assignment", "waiting_upload", "envelope", "data_key", "participant",
        "number_series",
    ):  # fmt: skip
        op.drop_table(table)
