"""Make the parts that tables share; steps already taken are made of them, so they never change."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Instant

CODE = sa.String(40)
Parts = tuple[sa.schema.SchemaItem, ...]


def numbered(table: str) -> Parts:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )


def named(table: str) -> Parts:
    """Return a number, and the handle by which pages address a row."""
    return (
        *numbered(table),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.UniqueConstraint("handle", name=f"uq_{table}_handle"),
    )


def of_enrollment(table: str) -> Parts:
    """Return whose row it is; the key keeps it on the person's side of the wall."""
    return (
        sa.Column("enrollment_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", CODE, nullable=False),
        keys(table, ("enrollment_id", "participant_id", "track"), "enrollment"),
    )


def by(table: str, did: str) -> Parts:
    """Return who did it, and when."""
    return (
        sa.Column(f"{did}_by_id", sa.Integer(), nullable=False),
        sa.Column(f"{did}_at", Instant(), nullable=False),
        key(table, f"{did}_by_id", "staff.id"),
    )


def key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}")


def keys(table: str, columns: tuple[str, ...], to: str) -> sa.ForeignKeyConstraint:
    """Return a key over several columns: the first is the other table's id, the rest as there."""
    theirs = [f"{to}.{name}" for name in ("id", *columns[1:])]
    return sa.ForeignKeyConstraint(columns, theirs, name=f"fk_{table}_{'_'.join(columns)}")


def check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))
