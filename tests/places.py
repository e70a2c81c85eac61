"""Choose where the files of a test run lie, and in which order its tests come."""

import os
import shutil

import pytest

from tests.databases import MEMORY

ROOM = 2 * 1024**3  # bytes: a run fills a tenth of it
THE_COUNTY = ("counties", "walks")


def in_memory() -> None:
    """Let files of tests lie in memory where there is room and programs may run from there.

    Each commit of the program waits for the disk, which tests have no use for.
    """
    if not MEMORY.is_dir() or os.statvfs(MEMORY).f_flag & os.ST_NOEXEC:
        return
    if shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def with_the_county(item: pytest.Item) -> bool:
    """Say whether a test looks at the fictional county.

    These come first, so that one process makes the county while the other, which begins in
    the middle of the list, has no need to wait for it.
    """
    module = getattr(item, "module", None)
    return "browser" in item.path.parts or any(hasattr(module, name) for name in THE_COUNTY)
