"""Pack files so that the same contents are always the same bytes."""

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

BEGINNING = datetime(1980, 1, 1, tzinfo=UTC)  # the first instant that a zip can say
PIECE = 1 << 20


@dataclass(frozen=True)
class StampedZip:
    """A zip whose members all carry one instant, not that of the machine's clock."""

    packed: ZipFile
    stamp: datetime

    def writestr(self, name: str, contents: bytes | str) -> None:
        """Write a member from memory."""
        self.packed.writestr(self._member(name), contents)

    def write(self, source: str | Path, name: str) -> None:
        """Write a member from a file, piece by piece."""
        member = self._member(name)
        member.file_size = Path(source).stat().st_size
        with Path(source).open("rb") as contents, self.packed.open(member, "w") as target:
            shutil.copyfileobj(contents, target, PIECE)

    def namelist(self) -> list[str]:
        return self.packed.namelist()

    def _member(self, name: str) -> ZipInfo:
        at = max(self.stamp, BEGINNING)
        member = ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
        member.compress_type = ZIP_DEFLATED
        member.external_attr = 0o600 << 16
        member.create_system = 3
        return member


@contextmanager
def stamped_zip(path: Path, stamp: datetime) -> Generator[StampedZip]:
    """Open a new zip at `path`."""
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        yield StampedZip(packed, stamp)


def save(book: Workbook, path: Path, stamp: datetime) -> None:
    """Write a workbook whose own dates and members' times are `stamp`; openpyxl says now."""
    book.properties.created = book.properties.modified = stamp.replace(tzinfo=None)
    with stamped_zip(path, stamp) as packed:
        archive: Any = packed
        ExcelWriter(book, archive).write_data()
