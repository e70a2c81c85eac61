"""Keep what one person asks for and another approves: the approval posts it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.handles import new_handle
from diversion.fees.codes import ReturnReason


class PostedByTwo:
    """A paper; without an entry it is only asked for. `by_two()` is among its constraints."""

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    entry_number: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), unique=True)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class TakenBack(PostedByTwo):
    """That a bank took a payment back, as its letter says it."""

    reason: Mapped[ReturnReason]
    reference: Mapped[str] = mapped_column(String(40))
    asked_on: Mapped[date]


def by_two(name: str = "posted_by_two") -> tuple[CheckConstraint, CheckConstraint]:
    """Let nobody approve what they asked for, and post nothing that is not approved."""
    return (
        CheckConstraint("approved_by_id <> asked_by_id", name="second_person"),
        CheckConstraint("(entry_number IS NULL) = (approved_by_id IS NULL)", name=name),
    )


def posted_once(table: str, *columns: str) -> Index:
    """Let one paper at most be posted about the same thing, however often it is asked for."""
    posted = text("entry_number IS NOT NULL")
    return Index(
        f"uq_{table}_posted", *columns, unique=True, sqlite_where=posted, postgresql_where=posted
    )
