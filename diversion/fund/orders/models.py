"""Keep what is asked of the fund's money, what it came to in the books, and what was paid."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.money import Money
from diversion.fund.orders.kinds import Method, OrderKind, PayeeKind

_AWARD = ("award.id", "award.line_id", "award.earmark", "award.payee_kind")


class Order(Base):
    """That somebody asks for an entry about a budget line, an award or a voucher; never changed.

    `document` is the SHA-256 of the paper it rests on; the paper itself stays in the county's
    files, for it may name a person.
    """

    __tablename__ = "fund_order"
    __table_args__ = (
        ForeignKeyConstraint(["line_id", "earmark"], ["budget_line.id", "budget_line.earmark"]),
        ForeignKeyConstraint(["award_id", "line_id", "earmark", "payee_kind"], _AWARD),
        ForeignKeyConstraint(["voucher_id", "award_id"], ["voucher.id", "voucher.award_id"]),
        CheckConstraint(
            "(kind LIKE 'budget%') = (award_id IS NULL)"
            " AND (award_id IS NULL) = (payee_kind IS NULL)",
            name="about_an_award",
        ),
        CheckConstraint(
            "(kind IN ('voucher', 'check_voided', 'check_stale')) = (voucher_id IS NOT NULL)",
            name="about_a_voucher",
        ),
        CheckConstraint("amount > 0 OR (kind = 'budget_amend' AND amount < 0)", name="amount_fits"),
        CheckConstraint("(kind = 'advance') = (method IS NOT NULL)", name="paid_at_once"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    kind: Mapped[OrderKind]
    line_id: Mapped[int]
    award_id: Mapped[int | None] = mapped_column(index=True)
    voucher_id: Mapped[int | None] = mapped_column(index=True)
    earmark: Mapped[int]
    payee_kind: Mapped[PayeeKind | None]
    amount: Mapped[Money]
    method: Mapped[Method | None]
    reference: Mapped[str] = mapped_column(String(40), default="")
    document: Mapped[str] = mapped_column(String(64), default="")
    note: Mapped[str] = mapped_column(String(200), default="")
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime]


class OrderPosting(Base):
    """The entry that an approved order came to; never changed."""

    __tablename__ = "fund_order_posting"

    order_id: Mapped[int] = mapped_column(
        ForeignKey("fund_order.id"), primary_key=True, autoincrement=False
    )
    entry: Mapped[int] = mapped_column(ForeignKey("entry.id"), unique=True)


# What the log is told of a payment, by its hash.
PAID = ("voucher_id", "order_id", "method", "reference", "amount", "paid_on")


class Payment(Base):
    """Money that left by a check or a transfer, whose number is used once; never changed."""

    __tablename__ = "payment"
    __table_args__ = (
        UniqueConstraint("method", "reference"),
        CheckConstraint("(voucher_id IS NULL) <> (order_id IS NULL)", name="for_one_paper"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("reference <> ''", name="reference_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    voucher_id: Mapped[int | None] = mapped_column(ForeignKey("voucher.id"), index=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("fund_order.id"), unique=True)
    method: Mapped[Method]
    reference: Mapped[str] = mapped_column(String(40))
    amount: Mapped[Money]
    paid_on: Mapped[date]
    paid_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    paid_at: Mapped[datetime]
    entry: Mapped[int] = mapped_column(ForeignKey("entry.id"), unique=True)
