"""Say how large a file may be, and why one is refused.

Source: measured on openpyxl 3.1: a workbook of 5 MB can cost 482 MiB and 40 s.
"""

from enum import StrEnum

MAX_BYTES = 5 * 1024 * 1024
MAX_MEMBERS = 50
MAX_INFLATED = 50 * 1024 * 1024
MAX_RATIO = 100
RATIO_FROM = 1024 * 1024  # below this size a high ratio harms nobody
MAX_ROWS = 20_000
MAX_COLUMNS = 60
MAX_CELL = 4_000
MAX_TEXT = 20 * 1024 * 1024
CHILD_MEMORY = 512 * 1024 * 1024
CHILD_SECONDS = 30


class Why(StrEnum):
    """The reasons for which a file is not opened."""

    BROKEN = "broken"
    CELL_TOO_LONG = "cell_too_long"
    DECLARATION = "declaration"
    EMPTY = "empty"
    LINKS = "links"
    MACRO = "macro"
    NOT_A_TABLE = "not_a_table"
    OLD_FORMAT = "old_format"
    PASSWORD = "password"  # noqa: S105 (a reason, not a secret)
    RATIO = "ratio"
    TOO_COSTLY = "too_costly"
    TOO_LARGE = "too_large"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_MEMBERS = "too_many_members"
    TOO_MANY_ROWS = "too_many_rows"


class Refusal(Exception):
    """The file is not read. Known only inside the reading process."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why
