"""Keep what the database lets each event do: the rule table's rows, read by the triggers."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.ledger.accounts import Group
from diversion.ledger.events import Books, Event


class EventType(Base):
    """What the database lets an event do."""

    __tablename__ = "event_type"

    code: Mapped[Event] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(8))
    second: Mapped[bool]
    receipt: Mapped[bool]
    books: Mapped[Books]
    closing: Mapped[bool]
    same_day: Mapped[bool]


class EventGroup(Base):
    """A group of accounts that an event may touch."""

    __tablename__ = "event_group"

    event: Mapped[Event] = mapped_column(ForeignKey("event_type.code"), primary_key=True)
    grp: Mapped[Group] = mapped_column(primary_key=True)


class EventAccount(Base):
    """An account that an event may debit (`D`) or credit (`C`)."""

    __tablename__ = "event_account"

    event: Mapped[Event] = mapped_column(ForeignKey("event_type.code"), primary_key=True)
    side: Mapped[str] = mapped_column(String(1), primary_key=True)
    account: Mapped[int] = mapped_column(ForeignKey("account.code"), primary_key=True)


class EventReverses(Base):
    """An event that another may turn back, exactly and once."""

    __tablename__ = "event_reverses"

    event: Mapped[Event] = mapped_column(ForeignKey("event_type.code"), primary_key=True)
    of_event: Mapped[Event] = mapped_column(ForeignKey("event_type.code"), primary_key=True)


class EventApart(Base):
    """Whoever posts `event` had no hand in `of_event` about the same item."""

    __tablename__ = "event_apart"

    event: Mapped[Event] = mapped_column(ForeignKey("event_type.code"), primary_key=True)
    of_event: Mapped[Event] = mapped_column(ForeignKey("event_type.code"), primary_key=True)
