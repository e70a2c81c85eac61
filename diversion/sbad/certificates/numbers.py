"""Give the next numbers of certificates: none twice and none skipped, as receipts have them."""

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base, db

ONLY = 1


class CertificateSeries(Base):
    """The last number that was given; one row."""

    __tablename__ = "certificate_series"
    __table_args__ = (CheckConstraint("id = 1", name="only"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


def next_numbers(count: int) -> range:
    """Take the next numbers; whoever wants some waits, and what fails gives them back."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement = (
        insert(CertificateSeries)
        .values(id=ONLY, last=count)
        .on_conflict_do_update(
            index_elements=[CertificateSeries.id], set_={"last": CertificateSeries.last + count}
        )
        .returning(CertificateSeries.last)
    )
    last = db.session.execute(statement).scalar_one()
    return range(last - count + 1, last + 1)
