"""Make the tables of record checks, the statute's clocks, set-asides, and legal wordings."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Instant
from diversion.migrations.append_only import append_only, filled_once, release
from diversion.migrations.parts import CODE, check, key, named, numbered, of_enrollment

revision = "0029"
down_revision = "0028"

TABLES = ("record_check", "statute_clock", "set_aside", "legal_text")


def upgrade() -> None:
    _record_check()
    _statute_clock()
    _set_aside()
    _legal_text()
    op.create_index("ix_record_check_enrollment_id", "record_check", ["enrollment_id"])
    op.create_index("ix_statute_clock_track_legal_basis", "statute_clock", ["track", "legal_basis"])
    op.create_index("ix_set_aside_track_confirmed_on", "set_aside", ["track", "confirmed_on"])
    append_only("record_check", "statute_clock")
    filled_once("set_aside", "legal_text")


def downgrade() -> None:
    release(*TABLES)
    for table in reversed(TABLES):
        op.drop_table(table)


def _record_check() -> None:
    table = "record_check"
    op.create_table(
        table,
        *numbered(table),
        *of_enrollment(table),
        sa.Column("result", CODE, nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        key(table, "recorded_by", "staff.id"),
    )


def _statute_clock() -> None:
    table = "statute_clock"
    op.create_table(
        table,
        *numbered(table),
        sa.Column("track", CODE, nullable=False),
        sa.Column("legal_basis", CODE, nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("citation", sa.String(80), nullable=False),
        sa.Column("in_force_on", sa.Date(), nullable=False),
        sa.Column("set_at", Instant(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        key(table, "set_by", "staff.id"),
        check(table, "days_not_negative", "days >= 0"),
    )


def _set_aside() -> None:
    table = "set_aside"
    op.create_table(
        table,
        *of_enrollment(table),
        sa.Column("eligible_on", sa.Date(), nullable=False),
        sa.Column("citation", sa.String(80), nullable=False),
        *(
            column
            for step in ("filed", "ordered", "confirmed")
            for column in (
                sa.Column(f"{step}_on", sa.Date(), nullable=True),
                sa.Column(f"{step}_by", sa.Integer(), nullable=True),
                key(table, f"{step}_by", "staff.id"),
            )
        ),
        sa.PrimaryKeyConstraint("enrollment_id", name=f"pk_{table}"),
        check(table, "filed_before_ordered", "ordered_on IS NULL OR filed_on IS NOT NULL"),
        check(table, "ordered_before_confirmed", "confirmed_on IS NULL OR ordered_on IS NOT NULL"),
    )


def _legal_text() -> None:
    table = "legal_text"
    op.create_table(
        table,
        *named(table),
        sa.Column("paper", CODE, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("approved_at", Instant(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.UniqueConstraint(
            "paper", "language", "version", name=f"uq_{table}_paper_language_version"
        ),
        key(table, "written_by", "staff.id"),
        key(table, "approved_by", "staff.id"),
        check(table, "approved_by_another", "approved_by <> written_by"),
        check(table, "approved_whole", "(approved_by IS NULL) = (approved_at IS NULL)"),
    )
