"""Say what a report is: columns, rows, and the sums that must be zero."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from diversion.core.errors import Refused
from diversion.core.money import ZERO, Money
from diversion.core.words import Sentence, _
from diversion.core.workbooks.sheets import Kind
from diversion.ledger.extracts import Range
from diversion.web.paging import SIZE, Page

NOTHING = _("Nothing in these days.")


class TooLong(Refused):
    """A page waits for no file that takes minutes."""

    sentence = _(
        "This account has too many entries for a file that is made at once. Choose fewer days, "
        "or take the general ledger under Exports: it is made while you go on."
    )


@dataclass(frozen=True)
class Column:
    """A column of a report, on screen and in a sheet."""

    title: Sentence
    kind: Kind = Kind.TEXT
    width: int = 16

    @property
    def is_number(self) -> bool:
        return self.kind in (Kind.MONEY, Kind.WHOLE)


@dataclass(frozen=True)
class Row:
    """One line; a `strong` one is a sum. `link` is the page that its first cell leads to."""

    cells: tuple[Any, ...]
    strong: bool = False
    link: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """What a report is asked for: days, last entry, and the account it is about, if any.

    `participant` is the key of the person whose account it is. A long report has pages of
    `size` rows.
    """

    wanted: Range
    account: int
    participant: int | None = None
    page: int = 1
    size: int = SIZE


@dataclass(frozen=True)
class Report:
    """An answer. `proofs` are differences that must be zero, with their words.

    `subject` is the one account that it is about, `empty` what is said where no row is.
    Of a long report the rows are those of one `page`; in a file, `stream` goes on after them.
    """

    columns: tuple[Column, ...]
    rows: list[Row] = field(default_factory=list)
    proofs: tuple[tuple[Sentence, Money], ...] = ()
    subject: str = ""
    empty: Sentence = NOTHING
    page: Page[Any] | None = None
    stream: Iterable[Row] = ()

    def every(self) -> Iterator[Row]:
        """Return all rows, each read when it is its turn."""
        return chain(self.rows, self.stream)

    @property
    def foot(self) -> Row | None:
        """Return the last row, if it is a sum: it stands at the foot of the table."""
        return self.rows[-1] if self.rows and self.rows[-1].strong else None

    @property
    def body(self) -> list[Row]:
        return self.rows[:-1] if self.foot else self.rows

    @property
    def ties(self) -> bool:
        return all(amount == ZERO for _words, amount in self.proofs)


OF_THE_ACCOUNT = _("Human Trafficking Account")


@dataclass(frozen=True)
class Kept:
    """A report that can be asked for; `whole` is that of a long one without pages."""

    name: str
    title: Sentence
    text: Sentence
    build: Callable[[Question], Report]
    needs_account: bool = False
    needs_participant: bool = False
    fund: Sentence = OF_THE_ACCOUNT
    whole: Callable[[Question], Report] | None = None

    def for_a_file(self, asked: Question) -> Report:
        """Return the answer with all its pages."""
        return (self.whole or self.build)(asked)

    def about(self, report: Report) -> list[str]:
        """Return whose account an answer tells of, as the log names it."""
        return (
            [f"participant:{report.subject}"] if self.needs_participant and report.subject else []
        )
