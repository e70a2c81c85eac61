"""Make the tables of money out: budget, grants, vouchers."""

import sqlalchemy as sa
from alembic import op

from diversion.core.columns import Cents, Instant
from diversion.migrations.append_only import append_only, release
from diversion.migrations.parts import key, keys

revision = "0017"
down_revision = "0016"

CODE = sa.String(40)
TABLES = ("budget_line", "award", "voucher", "fund_order", "fund_order_posting", "payment")


def upgrade() -> None:
    _promises()
    _vouchers()
    _orders()
    _payments()
    append_only(*TABLES)


def downgrade() -> None:
    release(*TABLES)
    for table in reversed(TABLES):
        op.drop_table(table)


def _promises() -> None:
    op.create_table(
        "budget_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("earmark", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_budget_line"),
        sa.UniqueConstraint("handle", name="uq_budget_line_handle"),
        sa.UniqueConstraint("name", "earmark", name="uq_budget_line_name_earmark"),
        sa.UniqueConstraint("id", "earmark", name="uq_budget_line_id_earmark"),
        key("budget_line", "earmark", "earmark.number"),
    )
    op.create_table(
        "award",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("earmark", sa.Integer(), nullable=False),
        sa.Column("payee_kind", CODE, nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("aim", CODE, nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_award"),
        sa.UniqueConstraint("number", name="uq_award_number"),
        sa.UniqueConstraint(
            "id", "line_id", "earmark", "payee_kind", name="uq_award_id_line_id_earmark_payee_kind"
        ),
        sa.UniqueConstraint("id", "payee_kind", name="uq_award_id_payee_kind"),
        keys("award", ("line_id", "earmark"), "budget_line"),
        key("award", "organization_id", "organization.id"),
        sa.CheckConstraint(
            "(payee_kind = 'victim') = (organization_id IS NULL)",
            name="ck_award_survivors_have_no_name",
        ),
    )


def _vouchers() -> None:
    op.create_table(
        "voucher",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("payee_kind", CODE, nullable=False),
        sa.Column("code", sa.String(20), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_voucher"),
        sa.UniqueConstraint("number", name="uq_voucher_number"),
        sa.UniqueConstraint("code", name="uq_voucher_code"),
        sa.UniqueConstraint("id", "award_id", name="uq_voucher_id_award_id"),
        keys("voucher", ("award_id", "payee_kind"), "award"),
        sa.CheckConstraint(
            "(payee_kind = 'victim') = (code IS NOT NULL)", name="ck_voucher_survivors_by_code"
        ),
    )


def _orders() -> None:
    op.create_table(
        "fund_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(20), nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=True),
        sa.Column("voucher_id", sa.Integer(), nullable=True),
        sa.Column("earmark", sa.Integer(), nullable=False),
        sa.Column("payee_kind", CODE, nullable=True),
        sa.Column("amount", Cents(), nullable=False),
        sa.Column("method", CODE, nullable=True),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("document", sa.String(64), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_fund_order"),
        sa.UniqueConstraint("handle", name="uq_fund_order_handle"),
        keys("fund_order", ("line_id", "earmark"), "budget_line"),
        keys("fund_order", ("award_id", "line_id", "earmark", "payee_kind"), "award"),
        keys("fund_order", ("voucher_id", "award_id"), "voucher"),
        key("fund_order", "asked_by_id", "staff.id"),
        sa.CheckConstraint(
            "(kind LIKE 'budget%') = (award_id IS NULL)"
            " AND (award_id IS NULL) = (payee_kind IS NULL)",
            name="ck_fund_order_about_an_award",
        ),
        sa.CheckConstraint(
            "(kind IN ('voucher', 'check_voided', 'check_stale')) = (voucher_id IS NOT NULL)",
            name="ck_fund_order_about_a_voucher",
        ),
        sa.CheckConstraint(
            "amount > 0 OR (kind = 'budget_amend' AND amount < 0)",
            name="ck_fund_order_amount_fits",
        ),
        sa.CheckConstraint(
            "(kind = 'advance') = (method IS NOT NULL)", name="ck_fund_order_paid_at_once"
        ),
    )
    op.create_index("ix_fund_order_award_id", "fund_order", ["award_id"])
    op.create_index("ix_fund_order_voucher_id", "fund_order", ["voucher_id"])
    op.create_table(
        "fund_order_posting",
        sa.Column("order_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("order_id", name="pk_fund_order_posting"),
        sa.UniqueConstraint("entry", name="uq_fund_order_posting_entry"),
        key("fund_order_posting", "order_id", "fund_order.id"),
        key("fund_order_posting", "entry", "entry.id"),
    )


def _payments() -> None:
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("voucher_id", sa.Integer(), nullable=True),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("method", CODE, nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("amount", Cents(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("paid_by_id", sa.Integer(), nullable=False),
        sa.Column("paid_at", Instant(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_payment"),
        sa.UniqueConstraint("method", "reference", name="uq_payment_method_reference"),
        sa.UniqueConstraint("order_id", name="uq_payment_order_id"),
        sa.UniqueConstraint("entry", name="uq_payment_entry"),
        key("payment", "voucher_id", "voucher.id"),
        key("payment", "order_id", "fund_order.id"),
        key("payment", "paid_by_id", "staff.id"),
        key("payment", "entry", "entry.id"),
        sa.CheckConstraint(
            "(voucher_id IS NULL) <> (order_id IS NULL)", name="ck_payment_for_one_paper"
        ),
        sa.CheckConstraint("amount > 0", name="ck_payment_amount_positive"),
        sa.CheckConstraint("reference <> ''", name="ck_payment_reference_given"),
    )
    op.create_index("ix_payment_voucher_id", "payment", ["voucher_id"])
