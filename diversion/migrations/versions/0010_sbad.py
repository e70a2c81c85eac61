"""Make the tables of `sbad`; marks and finished rolls are append-only."""

import sqlalchemy as sa
from alembic import op

from diversion.core import paths
from diversion.core.columns import Instant
from diversion.core.scripts import statements

revision = "0010"
down_revision = "0009"

FUNCTIONS = ("attendance_mark_kept", "attendance_mark_next", "roll_finish_kept")


def upgrade() -> None:
    _course()
    _course_module()
    _class_session()
    _class_instructor()
    _registration()
    _roll_finish()
    _attendance_mark()
    _walk_in()
    dialect = op.get_bind().dialect.name
    script = paths.PACKAGE / "sbad" / "triggers" / f"{dialect}.sql"
    for statement in statements(script, dialect):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_table("walk_in")
    op.drop_table("attendance_mark")
    op.drop_table("roll_finish")
    op.drop_table("registration")
    op.drop_table("class_instructor")
    op.drop_table("class_session")
    op.drop_table("course_module")
    op.drop_table("course")
    if op.get_bind().dialect.name == "postgresql":
        for name in FUNCTIONS:
            op.execute(f"DROP FUNCTION {name}()")


def _course() -> None:
    op.create_table(
        "course",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("grace_minutes", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.CheckConstraint("grace_minutes >= 0", name="ck_course_grace_not_negative"),
        sa.PrimaryKeyConstraint("id", name="pk_course"),
        sa.UniqueConstraint("handle", name="uq_course_handle"),
    )


def _course_module() -> None:
    op.create_table(
        "course_module",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes > 0", name="ck_course_module_minutes_positive"),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name="fk_course_module_course_id"),
        sa.PrimaryKeyConstraint("id", name="pk_course_module"),
        sa.UniqueConstraint("course_id", "place", name="uq_course_module_course_id_place"),
    )


def _class_session() -> None:
    op.create_table(
        "class_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(40), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.CheckConstraint("capacity > 0", name="ck_class_session_capacity_positive"),
        sa.CheckConstraint("ends > starts", name="ck_class_session_ends_after_start"),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["place_booking.id"], name="fk_class_session_booking_id"
        ),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name="fk_class_session_course_id"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="fk_class_session_place_id"),
        sa.PrimaryKeyConstraint("id", name="pk_class_session"),
        sa.UniqueConstraint("handle", name="uq_class_session_handle"),
    )
    op.create_index("ix_class_session_held_on", "class_session", ["held_on"])


def _class_instructor() -> None:
    op.create_table(
        "class_instructor",
        sa.Column("class_session_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_session_id"], ["class_session.id"], name="fk_class_instructor_class_session_id"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_class_instructor_staff_id"),
        sa.PrimaryKeyConstraint("class_session_id", "staff_id", name="pk_class_instructor"),
    )
    op.create_index("ix_class_instructor_staff_id", "class_instructor", ["staff_id"])


def _registration() -> None:
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("class_session_id", sa.Integer(), nullable=False),
        sa.Column("enrollment_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("accommodation", sa.String(40), nullable=False),
        sa.Column("registered_at", Instant(), nullable=False),
        sa.Column("registered_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("track = 'sbad'", name="ck_registration_track"),
        sa.ForeignKeyConstraint(
            ["class_session_id"], ["class_session.id"], name="fk_registration_class_session_id"
        ),
        sa.ForeignKeyConstraint(
            ["enrollment_id", "participant_id", "track"],
            ["enrollment.id", "enrollment.participant_id", "enrollment.track"],
            name="fk_registration_enrollment_id_participant_id_track",
        ),
        sa.ForeignKeyConstraint(
            ["registered_by"], ["staff.id"], name="fk_registration_registered_by"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_registration"),
        sa.UniqueConstraint(
            "class_session_id",
            "participant_id",
            name="uq_registration_class_session_id_participant_id",
        ),
        sa.UniqueConstraint("handle", name="uq_registration_handle"),
        sa.UniqueConstraint("id", "class_session_id", name="uq_registration_id_class_session_id"),
    )
    op.create_index("ix_registration_enrollment_id", "registration", ["enrollment_id"])
    op.create_index("ix_registration_participant_id", "registration", ["participant_id"])


def _roll_finish() -> None:
    op.create_table(
        "roll_finish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_session_id", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("finished_at", Instant(), nullable=False),
        sa.Column("finished_by", sa.Integer(), nullable=False),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_session_id"], ["class_session.id"], name="fk_roll_finish_class_session_id"
        ),
        sa.ForeignKeyConstraint(["finished_by"], ["staff.id"], name="fk_roll_finish_finished_by"),
        sa.PrimaryKeyConstraint("id", name="pk_roll_finish"),
        sa.UniqueConstraint("class_session_id", name="uq_roll_finish_class_session_id"),
    )


def _attendance_mark() -> None:
    op.create_table(
        "attendance_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("op", sa.String(64), nullable=False),
        sa.Column("class_session_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("is_ahead", sa.Boolean(), nullable=False),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.Column("is_conflict", sa.Boolean(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("batch", sa.String(64), nullable=False),
        sa.Column("device", sa.String(40), nullable=False),
        sa.Column("marked_at", Instant(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("marked_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "minutes IS NULL OR minutes > 0", name="ck_attendance_mark_minutes_positive"
        ),
        sa.CheckConstraint("version > 0", name="ck_attendance_mark_version_positive"),
        sa.ForeignKeyConstraint(["marked_by"], ["staff.id"], name="fk_attendance_mark_marked_by"),
        sa.ForeignKeyConstraint(
            ["registration_id", "class_session_id"],
            ["registration.id", "registration.class_session_id"],
            name="fk_attendance_mark_registration_id_class_session_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attendance_mark"),
        sa.UniqueConstraint("op", name="uq_attendance_mark_op"),
        sa.UniqueConstraint(
            "registration_id", "version", name="uq_attendance_mark_registration_id_version"
        ),
    )
    op.create_index("ix_attendance_mark_class_session_id", "attendance_mark", ["class_session_id"])


def _walk_in() -> None:
    op.create_table(
        "walk_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("class_session_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("noted_at", Instant(), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("line > 0", name="ck_walk_in_line_positive"),
        sa.ForeignKeyConstraint(
            ["class_session_id"], ["class_session.id"], name="fk_walk_in_class_session_id"
        ),
        sa.ForeignKeyConstraint(["noted_by"], ["staff.id"], name="fk_walk_in_noted_by"),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_walk_in_registration_id"
        ),
        sa.ForeignKeyConstraint(["settled_by"], ["staff.id"], name="fk_walk_in_settled_by"),
        sa.PrimaryKeyConstraint("id", name="pk_walk_in"),
        sa.UniqueConstraint("class_session_id", "line", name="uq_walk_in_class_session_id_line"),
        sa.UniqueConstraint("handle", name="uq_walk_in_handle"),
    )
