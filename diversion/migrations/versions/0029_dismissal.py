"""Make the tables of record checks, the statute's clocks, set-asides, and legal wordings."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Instant
from diversion.migrations.append_only import append_only, filled_once, release

revision = "0029"
down_revision = "0028"

CODE = sa.String(40)
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
        *_numbered(table),
        *_of_enrollment(table),
        sa.Column("result", CODE, nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        _key(table, "recorded_by", "staff.id"),
    )


def _statute_clock() -> None:
    table = "statute_clock"
    op.create_table(
        table,
        *_numbered(table),
        sa.Column("track", CODE, nullable=False),
        sa.Column("legal_basis", CODE, nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("citation", sa.String(80), nullable=False),
        sa.Column("in_force_on", sa.Date(), nullable=False),
        sa.Column("set_at", Instant(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        _key(table, "set_by", "staff.id"),
        _check(table, "days_not_negative", "days >= 0"),
    )


def _set_aside() -> None:
    table = "set_aside"
    op.create_table(
        table,
        *_of_enrollment(table),
        sa.Column("eligible_on", sa.Date(), nullable=False),
        sa.Column("citation", sa.String(80), nullable=False),
        *(
            column
            for step in ("filed", "ordered", "confirmed")
            for column in (
                sa.Column(f"{step}_on", sa.Date(), nullable=True),
                sa.Column(f"{step}_by", sa.Integer(), nullable=True),
                _key(table, f"{step}_by", "staff.id"),
            )
        ),
        sa.PrimaryKeyConstraint("enrollment_id", name=f"pk_{table}"),
        _check(table, "filed_before_ordered", "ordered_on IS NULL OR filed_on IS NOT NULL"),
        _check(table, "ordered_before_confirmed", "confirmed_on IS NULL OR ordered_on IS NOT NULL"),
    )


def _legal_text() -> None:
    table = "legal_text"
    op.create_table(
        table,
        *_numbered(table),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("paper", CODE, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("approved_at", Instant(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.UniqueConstraint("handle", name=f"uq_{table}_handle"),
        sa.UniqueConstraint(
            "paper", "language", "version", name=f"uq_{table}_paper_language_version"
        ),
        _key(table, "written_by", "staff.id"),
        _key(table, "approved_by", "staff.id"),
        _check(table, "approved_by_another", "approved_by <> written_by"),
        _check(table, "approved_whole", "(approved_by IS NULL) = (approved_at IS NULL)"),
    )


def _numbered(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )


def _of_enrollment(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("enrollment_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", CODE, nullable=False),
        sa.ForeignKeyConstraint(
            ["enrollment_id", "participant_id", "track"],
            ["enrollment.id", "enrollment.participant_id", "enrollment.track"],
            name=f"fk_{table}_enrollment_id_participant_id_track",
        ),
    )


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}")


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))
