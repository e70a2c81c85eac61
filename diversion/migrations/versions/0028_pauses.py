"""Make the tables of pauses, notices that end a program, excusals, and steps of a referral."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Instant
from diversion.migrations.append_only import append_only, filled_once, release
from diversion.migrations.parts import CODE, check, key, keys, numbered, of_enrollment

revision = "0028"
down_revision = "0027"

TABLES = ("pause", "termination_notice", "excusal")


def upgrade() -> None:
    _pause()
    _notice()
    _excusal()
    _referral_step()
    op.add_column(
        "program_version",
        sa.Column("bar_override", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    for table in TABLES:
        op.create_index(f"ix_{table}_enrollment_id", table, ["enrollment_id"])
    append_only("referral_step")
    filled_once("pause", "excusal")
    # A hearing may be set anew until something is found.
    filled_once("termination_notice", until="finding", free=("hearing_on",))


def downgrade() -> None:
    release(*TABLES, "referral_step")
    op.drop_column("program_version", "bar_override")
    op.drop_table("referral_step")
    for table in reversed(TABLES):
        op.drop_table(table)


def _pause() -> None:
    table = "pause"
    op.create_table(
        table,
        *numbered(table),
        *of_enrollment(table),
        sa.Column("reason", CODE, nullable=False),
        sa.Column("clock", CODE, nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("moved", sa.Integer(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        key(table, "recorded_by", "staff.id"),
        key(table, "ended_by", "staff.id"),
        check(table, "ended_whole", "(ended_on IS NULL) = (moved IS NULL)"),
        check(table, "never_earlier", "moved >= 0"),
    )


def _notice() -> None:
    table = "termination_notice"
    op.create_table(
        table,
        *numbered(table),
        *of_enrollment(table),
        sa.Column("grounds", CODE, nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("disputed_on", sa.Date(), nullable=True),
        sa.Column("hearing_on", sa.Date(), nullable=True),
        sa.Column("finding", CODE, nullable=True),
        sa.Column("found_on", sa.Date(), nullable=True),
        sa.Column("found_by", sa.Integer(), nullable=True),
        key(table, "given_by", "staff.id"),
        key(table, "found_by", "staff.id"),
        check(table, "never_for_money", "grounds NOT IN ('fee', 'restitution', 'state_fee')"),
        check(table, "found_whole", "(finding IS NULL) = (found_by IS NULL)"),
    )


def _excusal() -> None:
    table = "excusal"
    op.create_table(
        table,
        *numbered(table),
        *of_enrollment(table),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("condition_id", sa.Integer(), nullable=False),
        sa.Column("reason", CODE, nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.UniqueConstraint("handle", name=f"uq_{table}_handle"),
        key(table, "condition_id", "condition.id"),
        key(table, "asked_by", "staff.id"),
        key(table, "decided_by", "staff.id"),
        check(table, "decided_by_another", "decided_by <> asked_by"),
        check(table, "decided_whole", "(granted IS NULL) = (decided_by IS NULL)"),
    )


def _referral_step() -> None:
    table = "referral_step"
    op.create_table(
        table,
        *numbered(table),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", CODE, nullable=False),
        sa.Column("before", CODE, nullable=False),
        sa.Column("after", CODE, nullable=False),
        sa.Column("reason", CODE, nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        keys(table, ("referral_id", "participant_id", "track"), "referral"),
        key(table, "recorded_by", "staff.id"),
    )
    op.create_index(f"ix_{table}_referral_id", table, ["referral_id"])
