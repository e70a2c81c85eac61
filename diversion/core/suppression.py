"""Hide the small cells of a table, and enough beside them that no total gives them away."""

from collections.abc import Sequence

# Fewer people than this are not shown: of Community Court, and of the class program.
LEAST_OF_COURT = 11
LEAST_OF_CLASSES = 5


def hidden(people: Sequence[int], sizes: Sequence[int], least: int) -> frozenset[int]:
    """Return which cells of a column with a total are not shown, by their place.

    `people` counts who is behind a cell, `sizes` is what it shows. A cell of nobody tells of
    nobody. Where fewer people than `least` are behind all that is hidden, one cell more goes
    with it, so that the total does not say it: one with people in it if there is one, and
    the smallest of these. Cells without a size protect nothing and stay.
    """
    small = {n for n, count in enumerate(people) if 0 < count < least}
    others = sorted(
        (n for n, size in enumerate(sizes) if size and n not in small),
        key=lambda n: (not people[n], sizes[n]),
    )
    if others and 0 < sum(people[n] for n in small) < least:
        small.add(others[0])
    return frozenset(small)


def tells(people: Sequence[int], hidden_ones: frozenset[int], least: int) -> bool:
    """Say whether the total of a column would tell what few people are behind."""
    return len(hidden_ones) == len(people) and 0 < sum(people) < least
