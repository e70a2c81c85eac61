"""Make the tables of what participants owe: worksheets, changes of fees, plans, credits."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Cents, Instant
from diversion.migrations.append_only import append_only, release
from diversion.migrations.parts import CODE, key, keys, named

revision = "0014"
down_revision = "0013"

HASH = sa.String(64)
TABLES = (
    "ability_worksheet", "fee_request", "fee_change", "payment_plan", "plan_slice",
    "plan_signature", "plan_end", "credit_use", "credit_part", "state_fee_note",
)  # fmt: skip
SCHEDULES = ("fee_schedule", "fee_line")


def upgrade() -> None:
    op.add_column(
        "fee_line", sa.Column("office", CODE, nullable=False, server_default="program_office")
    )
    op.execute("UPDATE fee_line SET office = 'court_clerk' WHERE kind = 'statutory'")
    _worksheets()
    _changes()
    _plans()
    _credits()
    _state_fee()
    append_only(*TABLES, *SCHEDULES)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in SCHEDULES:
            for verb in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_stays_{verb}")
    release(*TABLES, *SCHEDULES)
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_column("fee_line", "office")


def _worksheets() -> None:
    op.create_table(
        "ability_worksheet",
        *named("ability_worksheet"),
        *_person("ability_worksheet"),
        sa.Column("household", sa.Integer(), nullable=False),
        sa.Column("income", Cents(), nullable=False),
        sa.Column("expenses", Cents(), nullable=False),
        sa.Column("benefit", CODE, nullable=False),
        sa.Column("appointed_counsel", sa.Boolean(), nullable=False),
        sa.Column("proof", CODE, nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("stated_on", sa.Date(), nullable=False),
        *_by("ability_worksheet", "made"),
        sa.UniqueConstraint("id", "participant_id", name="uq_ability_worksheet_id_participant_id"),
        _check("ability_worksheet", "household_counts", "household BETWEEN 1 AND 20"),
        _check("ability_worksheet", "amounts_not_negative", "income >= 0 AND expenses >= 0"),
    )
    op.create_index("ix_ability_worksheet_participant_id", "ability_worksheet", ["participant_id"])


def _changes() -> None:
    op.create_table(
        "fee_request",
        *named("fee_request"),
        *_person("fee_request"),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("change", CODE, nullable=False),
        sa.Column("amount", Cents(), nullable=False),
        sa.Column("refund", Cents(), nullable=False),
        sa.Column("why", CODE, nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("document_hash", HASH, nullable=False),
        sa.Column("worksheet_id", sa.Integer(), nullable=True),
        sa.Column("reinstates_id", sa.Integer(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        *_by("fee_request", "asked"),
        key("fee_request", "obligation_id", "obligation.id"),
        key("fee_request", "reinstates_id", "fee_request.id"),
        keys("fee_request", ("worksheet_id", "participant_id"), "ability_worksheet"),
        _check("fee_request", "amounts", "amount >= 0 AND refund >= 0 AND amount + refund > 0"),
        _check("fee_request", "only_reduced_is_refunded", "refund = 0 OR change = 'reduce'"),
        _check(
            "fee_request", "reinstates_something",
            "(change = 'reinstate') = (reinstates_id IS NOT NULL)",
        ),
    )  # fmt: skip
    op.create_index("ix_fee_request_participant_id", "fee_request", ["participant_id"])
    op.create_index("ix_fee_request_obligation_id", "fee_request", ["obligation_id"])
    op.create_table(
        "fee_change",
        sa.Column("request_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_number", sa.Integer(), nullable=True),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", name="pk_fee_change"),
        sa.UniqueConstraint("entry_number", name="uq_fee_change_entry_number"),
        key("fee_change", "request_id", "fee_request.id"),
        key("fee_change", "entry_number", "entry.id"),
        key("fee_change", "approved_by_id", "staff.id"),
    )


def _plans() -> None:
    op.create_table(
        "payment_plan",
        *named("payment_plan"),
        *_person("payment_plan"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("total", Cents(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        *_by("payment_plan", "made"),
        sa.UniqueConstraint(
            "participant_id", "version", name="uq_payment_plan_participant_id_version"
        ),
        _check("payment_plan", "version_counts", "version >= 1"),
        _check("payment_plan", "total_positive", "total > 0"),
    )
    op.create_table(
        "plan_slice",
        *(
            sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)
            for name in ("plan_id", "number", "place")
        ),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount", Cents(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "number", "place", name="pk_plan_slice"),
        sa.UniqueConstraint(
            "plan_id", "number", "obligation_id", name="uq_plan_slice_plan_id_number_obligation_id"
        ),
        key("plan_slice", "plan_id", "payment_plan.id"),
        key("plan_slice", "obligation_id", "obligation.id"),
        _check("plan_slice", "amount_positive", "amount > 0"),
    )
    op.create_index("ix_plan_slice_obligation_id", "plan_slice", ["obligation_id"])
    op.create_table(
        "plan_signature",
        *_of("plan_signature", "plan_id", "payment_plan.id"),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("document_hash", HASH, nullable=False),
        *_by("plan_signature", "recorded"),
    )
    op.create_table(
        "plan_end",
        *_of("plan_end", "plan_id", "payment_plan.id"),
        sa.Column("reason", CODE, nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        *_by("plan_end", "ended"),
    )


def _credits() -> None:
    op.create_table(
        "credit_use",
        *named("credit_use"),
        *_person("credit_use"),
        sa.Column("amount", Cents(), nullable=False),
        sa.Column("entry_number", sa.Integer(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        *_by("credit_use", "used"),
        sa.UniqueConstraint("entry_number", name="uq_credit_use_entry_number"),
        key("credit_use", "entry_number", "entry.id"),
        _check("credit_use", "amount_positive", "amount > 0"),
    )
    op.create_index("ix_credit_use_participant_id", "credit_use", ["participant_id"])
    op.create_table(
        "credit_part",
        *(
            sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)
            for name in ("use_id", "place")
        ),
        sa.Column("receipt_id", sa.Integer(), nullable=True),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("amount", Cents(), nullable=False),
        sa.PrimaryKeyConstraint("use_id", "place", name="pk_credit_part"),
        key("credit_part", "use_id", "credit_use.id"),
        key("credit_part", "receipt_id", "receipt.id"),
        key("credit_part", "obligation_id", "obligation.id"),
        _check("credit_part", "amount_positive", "amount > 0"),
    )
    op.create_index("ix_credit_part_receipt_id", "credit_part", ["receipt_id"])
    op.create_index("ix_credit_part_obligation_id", "credit_part", ["obligation_id"])


def _state_fee() -> None:
    op.create_table(
        "state_fee_note",
        *named("state_fee_note"),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", CODE, nullable=False),
        sa.Column("enrollment_id", sa.Integer(), nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("amount", Cents(), nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("takes_back_id", sa.Integer(), nullable=True),
        *_by("state_fee_note", "noted"),
        keys("state_fee_note", ("enrollment_id", "participant_id", "track"), "enrollment"),
        sa.UniqueConstraint("takes_back_id", name="uq_state_fee_note_takes_back_id"),
        key("state_fee_note", "takes_back_id", "state_fee_note.id"),
        _check("state_fee_note", "never_a_survivor", "track = 'sbad'"),
        _check("state_fee_note", "amount_positive", "amount > 0"),
        _check(
            "state_fee_note", "takes_back_something",
            "(kind = 'taken_back') = (takes_back_id IS NOT NULL)",
        ),
    )  # fmt: skip
    op.create_index("ix_state_fee_note_participant_id", "state_fee_note", ["participant_id"])
    op.create_index("ix_state_fee_note_enrollment_id", "state_fee_note", ["enrollment_id"])


def _person(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """Nobody of Community Court is ever charged: the database says so."""
    return (
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("track", CODE, nullable=False),
        keys(table, ("participant_id", "track"), "participant"),
        _check(table, "never_a_survivor", "track = 'sbad'"),
    )


def _of(table: str, column: str, target: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column(column, sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint(column, name=f"pk_{table}"),
        key(table, column, target),
    )


def _by(table: str, verb: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column(f"{verb}_at", Instant(), nullable=False),
        sa.Column(f"{verb}_by_id", sa.Integer(), nullable=False),
        key(table, f"{verb}_by_id", "staff.id"),
    )


def _check(table: str, name: str, text: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(text, name=f"ck_{table}_{name}")
