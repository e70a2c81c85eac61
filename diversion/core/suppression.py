"""Hide the small cells of a table, and enough beside them that no total gives them away."""

from collections.abc import Sequence

# Fewer people than this are not shown: of Community Court, and of the class program.
LEAST_OF_COURT = 11
LEAST_OF_CLASSES = 5


def hidden(people: Sequence[int], sizes: Sequence[int], least: int) -> frozenset[int]:
    """Return which cells of a column with a total are not shown, by their place.

    `people` counts who is behind a cell, `sizes` is what it shows. A cell of nobody tells of
    nobody. Where one cell alone would be hidden, the next smallest goes with it, so that the
    total does not say it; cells without a size protect nothing and stay.
    """
    small = {n for n, count in enumerate(people) if 0 < count < least}
    others = sorted(
        (n for n, size in enumerate(sizes) if size and n not in small), key=lambda n: sizes[n]
    )
    if len(small) == 1 and others:
        small.add(others[0])
    return frozenset(small)
