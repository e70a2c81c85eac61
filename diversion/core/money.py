"""Hold and compute money in integer cents."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import total_ordering

from diversion.core.errors import Invalid
from diversion.core.words import _

_TYPED = re.compile(
    r"(?P<minus>-)?\$?(?P<dollars>[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})?"
    r"(?:\.(?P<cents>[0-9]{1,2}))?"
)
LIMIT = 10**11
MINUS = "\N{MINUS SIGN}"


class NotAnAmount(Invalid):
    """Dollars with at most two decimals, below one billion."""

    sentence = _("This is not an amount. Write dollars and cents, such as 50 or 1,250.00.")


@total_ordering
@dataclass(frozen=True)
class Money:
    """An amount of US dollars as integer cents; never a float, never rounded."""

    cents: int

    def __post_init__(self) -> None:
        if type(self.cents) is not int:
            raise TypeError("cents are whole numbers")

    @classmethod
    def parse(cls, text: str) -> "Money":
        """Read what a person typed: `50`, `$1,250.00`, `-3.5`. Raises NotAnAmount."""
        typed = _TYPED.fullmatch(text.strip().replace(MINUS, "-"))
        if not typed or not (typed["dollars"] or typed["cents"]):
            raise NotAnAmount
        cents = int((typed["dollars"] or "0").replace(",", "")) * 100
        cents += int((typed["cents"] or "0").ljust(2, "0"))
        if cents > LIMIT:
            raise NotAnAmount
        return cls(-cents if typed["minus"] else cents)

    @classmethod
    def total(cls, amounts: Iterable["Money"]) -> "Money":
        return cls(sum(amount.cents for amount in amounts))

    def shares(self, count: int) -> tuple["Money", ...]:
        """Split without loss into `count` parts that differ by at most a cent, larger first."""
        if count < 1:
            raise ValueError("a split needs at least one part")
        whole, rest = divmod(self.cents, count)
        return tuple(Money(whole + (1 if part < rest else 0)) for part in range(count))

    def plain(self) -> str:
        """Return digits only, as files have it: `1250.00`, `-3.50`."""
        dollars, cents = divmod(abs(self.cents), 100)
        return f"{'-' if self.cents < 0 else ''}{dollars}.{cents:02d}"

    def __str__(self) -> str:
        dollars, cents = divmod(abs(self.cents), 100)
        return f"{MINUS if self.cents < 0 else ''}${dollars:,}.{cents:02d}"

    def __add__(self, other: "Money") -> "Money":
        return Money(self.cents + other.cents)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.cents - other.cents)

    def __neg__(self) -> "Money":
        return Money(-self.cents)

    def __lt__(self, other: "Money") -> bool:
        return self.cents < other.cents

    def __bool__(self) -> bool:
        return self.cents != 0


ZERO = Money(0)
