"""Keep which files were read in, what each made, and whether it was taken back."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.tracks import Track


class ImportRun(Base):
    """A file that was read in; the same content counts once while the run stands."""

    __tablename__ = "import_run"
    __table_args__ = (
        Index(
            "uq_import_run_standing", "track", "file_kind", "sha256", unique=True,
            sqlite_where=text("undone_at IS NULL"), postgresql_where=text("undone_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    track: Mapped[Track]
    file_kind: Mapped[str] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64))
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    done_at: Mapped[datetime]
    done_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class ImportedObject(Base):
    """A row that a run made, named by its kind and number."""

    __tablename__ = "imported_object"
    __table_args__ = (UniqueConstraint("run_id", "kind", "object_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"))
    kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[int]
